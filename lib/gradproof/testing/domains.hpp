// The domains that functions are often defined on, by name.
#pragma once

#include <gradproof/scalar/domain.hpp>

#include <limits>

namespace gradproof::testing {

using scalar::Domain;

/// (0, inf)
[[nodiscard]] inline Domain positive() {
    return {.lower = 0, .upper = std::numeric_limits<double>::infinity(), .lower_open = true};
}
/// [0, inf)
[[nodiscard]] inline Domain nonnegative() { return {.lower = 0}; }
/// All numbers but 0.
[[nodiscard]] inline Domain nonzero() { return {.nonzero = true}; }
/// [lower, upper]
[[nodiscard]] inline Domain between(double lower, double upper) {
    return {.lower = lower, .upper = upper};
}
/// (lower, upper)
[[nodiscard]] inline Domain strictly_between(double lower, double upper) {
    return {.lower = lower, .upper = upper, .lower_open = true, .upper_open = true};
}

}  // namespace gradproof::testing
