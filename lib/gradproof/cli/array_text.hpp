// Arrays as text: nested lists, abbreviated where they are long.
#pragma once

#include <gradproof/scalar/precision.hpp>
#include <gradproof/scalar/shape.hpp>

#include <cstddef>
#include <span>
#include <string>

namespace gradproof::cli {

/// What is printed in full.
inline constexpr std::size_t kLongestArray = 24;

/// The shortest decimal that reads back as the number; a NaN has no sign that matters.
[[nodiscard]] std::string number_text(double value, scalar::Precision precision);

/// "[[1, 0.5], [3, 4]]" for shape [2, 2], "1" for a scalar. An array of more than `kLongestArray`
/// numbers stands flat, with its first few and its last: "[1, 2, 3, 4, ..., 60]".
[[nodiscard]] std::string array_text(std::span<const double> values, const scalar::Shape& shape,
                                     scalar::Precision precision);

}  // namespace gradproof::cli
