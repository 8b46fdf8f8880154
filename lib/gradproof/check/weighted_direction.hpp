// Directions over entries of a gradient, each weighted by what rounding may cost it.
#pragma once

#include <gradproof/oracle/oracle.hpp>
#include <gradproof/scalar/budget.hpp>
#include <gradproof/subject/trial.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace gradproof::check {

/// Whether a direction can see the entry: its allowance is finite.
[[nodiscard]] bool can_be_weighted(const scalar::Allowance& entry);

/// +-m with 1 <= m < 2 in 10 bits, by random bits: with powers of two alone, two errors of one size would
/// cancel every second time.
[[nodiscard]] double drawn_mantissa(std::uint64_t bits);

/// The exponents, between -1000 and 1000, with which each of the entries brings about one unit to a
/// weighted sum's budget.
[[nodiscard]] std::vector<long> exponents_by_cost(std::span<const scalar::Allowance> allowances,
                                                  std::span<const std::size_t> entries,
                                                  double unit_roundoff);

/// A direction for the oracle, and what rounding may cost a sound gradient along it.
struct WeightedDirection {
    oracle::Direction direction;
    double budget = 0;
};

/// Weights +-m 2^e, 1 <= m < 2, of random signs and m, such that every entry brings about one unit to the budget of a
/// direction: a direction sees about as many budgets of one entry as it has entries. (Unit weights on
/// badly scaled nets saw 3e8.)
class Weights {
public:
    /// For these entries, all of which can be weighted; signs and mantissas are drawn from `seed`.
    Weights(const subject::Trial& trial, const scalar::Budget& budget,
            std::span<const std::size_t> entries, std::uint64_t seed);

    /// The direction over some of the entries, with the longest step that all of them bear.
    [[nodiscard]] WeightedDirection along(std::span<const std::size_t> entries) const;

    /// The budget of that direction alone.
    [[nodiscard]] double budget_along(std::span<const std::size_t> entries) const;

    [[nodiscard]] double operator[](std::size_t entry) const { return weights_[entry]; }

private:
    std::span<const double> inputs_;
    std::span<const scalar::Allowance> allowances_;
    std::vector<double> weights_;
};

}  // namespace gradproof::check
