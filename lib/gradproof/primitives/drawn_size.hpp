// How large operands may be that are drawn for a primitive of which every entry meets many others: a case
// is evaluated a hundred times in wide numbers, and more entries show nothing that fewer do not.
#pragma once

#include <gradproof/backprop/primitive.hpp>

#include <cstddef>
#include <span>

namespace gradproof::primitives {

/// As many as a drawn program has in all its inputs.
inline constexpr std::size_t kMostDrawnEntries = 48;

/// Whether operands of these shapes are small enough to be drawn for a `Primitive::fitting`.
[[nodiscard]] inline bool small_enough(std::span<const scalar::Shape> operands) {
    std::size_t entries = 0;
    for (const scalar::Shape& shape : operands) entries += scalar::element_count(shape);
    return entries <= kMostDrawnEntries;
}

}  // namespace gradproof::primitives
