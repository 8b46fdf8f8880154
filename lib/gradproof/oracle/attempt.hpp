// What one rung of the ladder answers: a derivative, or the wish to climb and why.
#pragma once

#include <gradproof/oracle/derivative.hpp>
#include <gradproof/scalar/magnitude.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <variant>

namespace gradproof::oracle {

/// A rung that could not answer, why, and how many more bits the round-off alone would need.
struct Climb {
    Unresolved::Reason reason = Unresolved::Reason::bound;
    std::int64_t missing_bits = 0;
    std::optional<Estimate> best;
};

using Attempt = std::variant<Derivative, Climb>;

/// The estimate's bound that is good enough: max(budget/8, 2^-57 |slope|, 2^-1078). An eighth of the
/// budget costs a check little of its sharpness; where the budget is 0 a sixteenth of double's unit
/// round-off, or of its smallest subnormal, tells any double from the truth.
[[nodiscard]] inline scalar::Magnitude acceptable(double budget, const scalar::Magnitude& slope) {
    const scalar::Magnitude floor = scalar::Magnitude::power_of_two(-1078);
    return std::max(
        std::max(scalar::Magnitude(budget / 8), slope * scalar::Magnitude::power_of_two(-57)),
        floor);
}

}  // namespace gradproof::oracle
