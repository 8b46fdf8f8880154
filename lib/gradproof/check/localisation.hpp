// Localisation: which entries of a large gradient are wrong, found by group tests.
#pragma once

#include <gradproof/check/report.hpp>
#include <gradproof/scalar/budget.hpp>
#include <gradproof/subject/trial.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>

namespace gradproof::check {

/// Judges one entry by a derivative of its own and files it in the report.
using JudgeEntry = std::function<Verdict(std::size_t entry)>;

/// Holds `answer`, which has a number for each input, against the oracle along one direction with
/// random signs. Where that does not agree the wrong entries are searched: k of n in about
/// k log2(n/k) directional derivatives, each confirmed by `judge_entry`, so that no right entry is
/// named. A dense error (a transposed matrix, a factor on everything) is recognised after some 16
/// derivatives and shown by a sample. Up to a few hundred entries nothing is left unjudged; beyond,
/// what stays unjudged in groups that do not agree is counted as undecided, and the remark says so.
void localise(Report& report, const subject::Trial& trial, const subject::Answer& answer,
              const scalar::Budget& budget, std::uint64_t seed, const JudgeEntry& judge_entry);

}  // namespace gradproof::check
