// Regions: where on the line the failing entries of a gradient lie, and no others.
#pragma once

#include <gradproof/check/facts.hpp>

#include <optional>
#include <span>
#include <string>

namespace gradproof::check {

/// What a subject answers wherever it is wrong, if that is something simple.
enum class Answered { zero, cotangent, other };
[[nodiscard]] Answered answered_where_wrong(std::span<const Facts> facts);

/// "b = 0", "x < 0", "0 < x < 1", "a = b", "|x| >= 19": the first region, of those that a person would name,
/// that holds the inputs of all failing entries and of no other entry that could have shown the
/// mistake: one that is to be what the subject answers where it is wrong shows nothing. An entry's
/// input is its own number or, where those are mixed, the number at the same place in another operand.
/// Empty where there is none, or too few entries on either side to tell.
[[nodiscard]] std::optional<std::string> failing_region(std::span<const Facts> facts);
/// The same but for thresholds that are read off the inputs, which a few entries on either side fit easily.
[[nodiscard]] std::optional<std::string> named_region(std::span<const Facts> facts);

}  // namespace gradproof::check
