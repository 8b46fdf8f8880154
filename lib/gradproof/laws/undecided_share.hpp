// How many cases a run may leave undecided before that says more of the oracle than of the subject.
#pragma once

#include <cmath>
#include <cstddef>

namespace gradproof::laws {

/// The share of all cases that may stay undecided: one in a hundred.
inline constexpr double kAllowedUndecided = 0.01;

/// Whether `undecided` of `cases` show that more than the allowed share stays undecided, and not only that
/// these draws were unlucky: three standard deviations above it, and more than a single case.
[[nodiscard]] inline bool too_much_undecided(std::size_t undecided, std::size_t cases) {
    const double allowed = kAllowedUndecided * static_cast<double>(cases);
    return static_cast<double>(undecided) > allowed + 3 * std::sqrt(allowed) + 1;
}

}  // namespace gradproof::laws
