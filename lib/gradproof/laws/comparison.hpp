// What the laws that need no oracle share: two answers of a subject held against each other, within
// what rounding may cost both.
#pragma once

#include <gradproof/check/judgement.hpp>
#include <gradproof/check/report.hpp>
#include <gradproof/subject/trial.hpp>

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gradproof::laws {

/// One number held against another, the one that a law wants; `allowed` is infinite where nothing can
/// be said.
struct Comparison {
    std::string name;
    double subject = 0;
    oracle::Real wanted{};
    double allowed = 0;
    bool judgeable = true;  ///< false where comparisons are open and their branches not known
};

/// A weighted sum of an answer's numbers, and what rounding may cost it.
struct Projection {
    scalar::Wide<1000> value{};  ///< weights and numbers span 2^4000: it loses nothing that counts
    oracle::Real allowed{};      ///< where doubles would underflow, this does not
    bool bounded = true;         ///< false where rounding has no bound for an entry that counts
    bool finite = true;          ///< false where the answer has an infinity or a NaN that counts
};
/// Over the entries whose weight is not 0, of numbers that the budget's `gradient` is of; `allowed` is that
/// of the worst branch.
[[nodiscard]] Projection projection(std::span<const double> weights, std::span<const double> answer,
                                    const scalar::Budget& budget);

/// Whether a weighted sum is the oracle's slope along its weights; then it is counted as one direction.
[[nodiscard]] bool agrees_along(check::Report& report, const Projection& sum,
                                const oracle::Estimate& slope);

/// What the two sides of an identity are called, and both of them.
struct Sides {
    std::string name;
    Projection left, right;
    double between_branches = 0;  ///< by how much both may differ for the branches they take
    bool judgeable = true;
};
/// Files left = right in `report`.
void compare_sides(check::Report& report, const Sides& sides, scalar::Precision precision);

/// Files the comparison in `report`.
void compare(check::Report& report, const Comparison& comparison, scalar::Precision precision);

/// What rounding may cost two ways to the same gradient together, number by number.
struct Allowed {
    std::vector<double> bounds;
    bool judgeable = true;  ///< false where a comparison is open: each way may take its own branch
};

/// The sum of both budgets, whose gradients are of the same inputs; the last `count` numbers of each.
[[nodiscard]] Allowed allowed_by(const cases::Budget& one, const cases::Budget& other,
                                 std::size_t count);

/// Files in `report` how the gradient of a trial that was found another way agrees with the one found
/// straight on. Numbers that are equal (zeros of either sign, or both of them no finite number, which
/// then are out of range) need no budget: `allowed` is asked where some differ.
void compare_ways(check::Report& report, const subject::Trial& trial,
                  std::span<const double> straight, std::span<const double> other,
                  const std::function<Allowed()>& allowed);

/// Files in `report` whether the answers are the same to the bit; `when` says of the second when it was
/// given.
void compare_bits(check::Report& report, const subject::Trial& trial, const subject::Answer& first,
                  const subject::Answer& second, const std::string& when);

[[nodiscard]] check::Report begin(std::string_view law, const subject::Trial& trial);

/// True where an answer has as many numbers as it should; else says so: "gradient", "jvp".
bool has_size(check::Report& report, std::size_t given, std::size_t wanted, std::string_view what);

/// Counts a question that the subject does not take, and says so: "forward mode".
[[nodiscard]] check::Report not_offered(check::Report report, std::string_view what);

/// True where the subject's gradient has as many numbers as there are inputs; else says so.
[[nodiscard]] bool complete(check::Report& report, const subject::Trial& trial,
                            const subject::Answer& answer);

}  // namespace gradproof::laws
