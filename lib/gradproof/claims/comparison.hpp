// A printed number held against the oracle's, and what kind of slip explains a difference.
#pragma once

#include <gradproof/claims/exact_decimal.hpp>

#include <optional>
#include <string>

namespace gradproof::claims {

enum class Outcome { agrees, refuted, undecided };

/// Whether `printed`, which claims to be exact, can be the number that is estimated: a difference
/// within the two bounds agrees. Undecided where the bounds are so wide that they prove nothing
/// (above 1e-12 of the number's size, or of 1 where that is larger).
[[nodiscard]] Outcome compare(const oracle::Estimate& printed, const oracle::Estimate& truth);
[[nodiscard]] Outcome compare(const Exact& printed, const oracle::Estimate& truth);

/// The estimate of a smooth answer; none for any other.
[[nodiscard]] std::optional<oracle::Estimate> estimate_in(const oracle::Derivative& answer);

/// Why there is no estimate, in words.
[[nodiscard]] std::string why_none(const oracle::Derivative& answer);

/// The slip that turns the true decimal into the printed one: "sign", "decimal point" (a power of
/// ten), "digits swapped", else "value".
[[nodiscard]] std::string error_class(const Exact& printed, const Exact& truth);

}  // namespace gradproof::claims
