// The allowed set where comparisons are open: the hull of what the reference gives along all branches.
//
// Entry by entry is not enough: at a tie of max(x, y) both 1 and 0 are slopes in x and in y, and (1, 1)
// is the gradient of neither side. Outside the hull there is a direction in which the answer exceeds
// every branch by more than rounding may cost; the search for one is heuristic, what it finds is proven.
#pragma once

#include <gradproof/check/judgement.hpp>
#include <gradproof/scalar/budget.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <span>
#include <vector>

namespace gradproof::check {

/// The range of one allowance over all branches; `which` picks it of a branch. A sound answer is within
/// a bound of its branch's exact value, and so is the reference: hence twice the bound.
template <class Which>
[[nodiscard]] Hull hull_over(const std::vector<scalar::Branch>& branches, Which which) {
    Hull hull{std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity()};
    for (const scalar::Branch& branch : branches) {
        const scalar::Allowance& number = which(branch);
        // A branch that ends in NaN is none that a sound subject takes.
        if (std::isnan(number.reference)) continue;
        hull.low = std::min(hull.low, number.reference - 2 * number.bound);
        hull.high = std::max(hull.high, number.reference + 2 * number.bound);
    }
    return hull;
}

/// A direction that separates an answer from every branch, in units that make its entries comparable.
struct Separation {
    std::vector<double> direction;
    double answer = 0;   ///< along the direction
    double largest = 0;  ///< what is allowed along it
};

/// Nothing where no direction was found: the answer counts as inside. Computed in double: a departure of
/// less than some 1e-8 of what the branches differ by may be missed.
[[nodiscard]] std::optional<Separation> separation(std::span<const double> answer,
                                                   const std::vector<scalar::Branch>& branches);

}  // namespace gradproof::check
