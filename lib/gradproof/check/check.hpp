// Checks: a subject's answer held against the oracle, within the error budget.
#pragma once

#include <gradproof/check/judgement.hpp>
#include <gradproof/check/report.hpp>
#include <gradproof/subject/trial.hpp>

#include <cstdint>
#include <span>

namespace gradproof::check {

/// How much of a report's table is kept.
enum class Keep { failures, everything };

/// Counts the entry, raises the report's verdict to its own, and keeps it where it failed or `keep` says so.
void file(Report& report, Entry entry, double unit_roundoff, Keep keep = Keep::failures);

/// Counts the numbers without a finite allowance: no direction sees them, and nothing is asked of them.
void count_unseen(Report& report, std::span<const scalar::Allowance> allowances,
                  double unit_roundoff);

/// Each number of an answer may be in its range and all of them together in none: then it is wrong.
void judge_together(Report& report, std::span<const double> answer, const scalar::Budget& budget);

/// What a budget says of every number of the answer: the question without number, name and truth.
[[nodiscard]] Question question(const subject::Trial& trial, const scalar::Budget& budget);

/// The subject's primal against its wide value.
[[nodiscard]] Report primal(const subject::Trial& trial, Keep keep = Keep::failures);

/// Every entry of the subject's gradient against finite differences.
[[nodiscard]] Report gradient(const subject::Trial& trial, Keep keep = Keep::failures);

/// The subject's gradient along one direction with random signs, weighted so that an error of one
/// entry shows as soon as it is about as many budgets as there are entries. What does not agree is
/// searched for the entries that are wrong (localisation.hpp), and these are confirmed one by one.
[[nodiscard]] Report direction(const subject::Trial& trial, std::uint64_t seed);

}  // namespace gradproof::check
