// Arrays in a JSON document: their shapes and their numbers.
#pragma once

#include <gradproof/case/strict_json.hpp>
#include <gradproof/scalar/precision.hpp>
#include <gradproof/scalar/shape.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace gradproof::cases {

/// Entries of an array, and of a whole program: to check a million takes minutes, and in 1000 digits a
/// number is a kilobyte.
inline constexpr std::size_t largest_array = 1'000'000;
inline constexpr std::size_t highest_rank = 16;

// Each throws `FormatError` with the place of `at` for what it does not want.

/// A list of sizes, of at most `highest_rank` axes and `largest_array` entries.
[[nodiscard]] scalar::Shape read_shape(const JsonDocument& json, const JsonValue& at);
void require_size(const JsonDocument& json, const JsonValue& at, const scalar::Shape& shape);

/// A decimal, read in this precision, or one of the words "nan", "inf", "-inf", "-0".
[[nodiscard]] double read_number(const JsonDocument& json, const JsonValue& at,
                                 scalar::Precision precision);
[[nodiscard]] std::vector<double> read_numbers(const JsonDocument& json, const JsonValue& at,
                                               scalar::Precision precision);

/// Wants as many items as the shape has entries; `whose` is "its shape" or the like.
void require_count(const JsonDocument& json, const JsonValue& at, const scalar::Shape& shape,
                   const std::string& whose);

}  // namespace gradproof::cases
