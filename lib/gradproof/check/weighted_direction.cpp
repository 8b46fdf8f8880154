// How entries are weighted, and how far a direction may step.
#include <gradproof/check/weighted_direction.hpp>

#include <gradproof/check/judgement.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

namespace gradproof::check {

namespace {

using scalar::Allowance;

/// Weights lie between 2^-1000 and 2^1001.
constexpr long kMostExponent = 1000;

[[nodiscard]] double power_of_two(long exponent) {
    return std::ldexp(1.0, static_cast<int>(std::clamp(exponent, -kMostExponent, kMostExponent)));
}

[[nodiscard]] long input_exponent(double x) { return x == 0 ? 0 : std::ilogb(x); }

}  // namespace

double drawn_mantissa(std::uint64_t bits) {
    const double sign = (bits >> 63) != 0 ? -1 : 1;
    return sign * (1 + static_cast<double>((bits >> 53) & 0x3ff) * 0x1p-10);
}

std::vector<long> exponents_by_cost(std::span<const Allowance> allowances,
                                    std::span<const std::size_t> entries, double unit_roundoff) {
    double largest = 0;
    for (const Allowance& entry : allowances) {
        if (can_be_weighted(entry)) largest = std::max(largest, std::abs(entry.reference));
    }
    std::vector<long> exponents;
    exponents.reserve(entries.size());
    for (const std::size_t i : entries) {
        const Allowance& g = allowances[i];
        // An entry that is 0 at no cost is weighted like the largest: any other value shows.
        const double own = std::max(g.bound, unit_roundoff * std::abs(g.reference) / 2);
        const double cost = own > 0 ? own : (largest > 0 ? unit_roundoff * largest / 2 : 1.0);
        exponents.push_back(-static_cast<long>(std::ilogb(cost)));
    }
    // A weight is a double, and what the smallest numbers cost calls for larger ones: all give way.
    const long largest_exponent =
        exponents.empty() ? 0 : *std::max_element(exponents.begin(), exponents.end());
    const long too_large = std::max(0L, largest_exponent - kMostExponent);
    for (long& exponent : exponents) exponent = std::max(exponent - too_large, -kMostExponent);
    return exponents;
}

bool can_be_weighted(const Allowance& entry) {
    return std::isfinite(entry.bound) && std::isfinite(entry.reference);
}

Weights::Weights(const subject::Trial& trial, const scalar::Budget& budget,
                 std::span<const std::size_t> entries, std::uint64_t seed)
    : inputs_(trial.inputs()), allowances_(budget.gradient), weights_(budget.gradient.size(), 0.0) {
    std::vector<long> exponents =
        exponents_by_cost(allowances_, entries, unit_roundoff(trial.precision()));
    constexpr long none = std::numeric_limits<long>::max();
    long step = none, step_of_all = none;
    for (std::size_t k = 0; k < entries.size(); ++k) {
        const Allowance& g = allowances_[entries[k]];
        const long share = input_exponent(inputs_[entries[k]]) - exponents[k];
        step_of_all = std::min(step_of_all, share);
        if (g.reference != 0 && g.bound <= std::abs(g.reference) / 8) step = std::min(step, share);
    }
    if (step == none) step = step_of_all;
    std::mt19937_64 drawn(seed);
    for (std::size_t k = 0; k < entries.size(); ++k) {
        const std::size_t i = entries[k];
        // Entries that set no step move by no larger share of their input than those that do.
        const long exponent = std::min(exponents[k], input_exponent(inputs_[i]) - step);
        weights_[i] = drawn_mantissa(drawn()) * power_of_two(exponent);
    }
}

WeightedDirection Weights::along(std::span<const std::size_t> entries) const {
    WeightedDirection result;
    result.budget = budget_along(entries);
    result.direction.weights.assign(weights_.size(), 0.0);
    long step = std::numeric_limits<long>::max();
    for (const std::size_t i : entries) {
        result.direction.weights[i] = weights_[i];
        step = std::min(step, input_exponent(inputs_[i]) - std::ilogb(weights_[i]));
    }
    if (!entries.empty()) result.direction.step_exponent = step;
    return result;
}

double Weights::budget_along(std::span<const std::size_t> entries) const {
    double sum = 0;
    for (const std::size_t i : entries) sum += std::abs(weights_[i]) * allowances_[i].bound;
    // Each product and each addition may round down by 2^-53 of the sum.
    return sum * (1 + static_cast<double>(entries.size() + 2) * 0x1p-52);
}

}  // namespace gradproof::check
