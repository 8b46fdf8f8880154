// Why an answer is not the derivative: by its formula, by rounding, or nobody can tell from outside.
//
// A subject whose formula can be evaluated in wide numbers is judged by that. A black box shows its
// answers only: a fixed ratio to the truth at several points, or more than half of all digits missing
// at a point of moderate size, is no rounding; an answer that is 0, or a small multiple of a power of
// two, far from where it agrees has been lost on the way. Else it stays open.
#pragma once

#include <gradproof/check/report.hpp>
#include <gradproof/subject/trial.hpp>

#include <optional>
#include <string>

namespace gradproof::check {

/// The report of the gradient at `trial` with its verdict made final: what a single point called wrong
/// of a black box may be inaccurate, or lost for a reason that cannot be told. Says which digits are
/// lost, and from which magnitude of input on. Reports that hold, and those of kinks, stay as they are.
[[nodiscard]] Report with_cause(const subject::Trial& trial, Report report);

/// Where along input `entry` the loss begins, "from |x[0]| = 2.5 on, all of them from 40 on";
/// nothing where the answer agrees at no magnitude.
[[nodiscard]] std::optional<std::string> onset(const subject::Trial& trial, std::size_t entry);

}  // namespace gradproof::check
