// Shapes of operands that fit a primitive, by the patterns it gives: {"m k", "k n"}.
#pragma once

#include <gradproof/backprop/primitive.hpp>
#include <gradproof/generate/shape.hpp>

#include <map>
#include <optional>
#include <string_view>

namespace gradproof::generate {

/// The pattern of an operand's shape; "..." where the primitive gives none.
[[nodiscard]] std::string_view shape_pattern(const backprop::Primitive& primitive,
                                             std::size_t operand);

/// What the letters of a primitive's patterns stand for, found operand by operand: from a shape that is
/// there, or drawn.
class FittingShapes {
public:
    /// Whether a shape fits a pattern beside all that fitted before; if so, its letters are taken.
    [[nodiscard]] bool fits(std::string_view pattern, const Shape& shape);
    /// A shape of the pattern; letters without a size get one. Sizes are up to `bounds.largest_size`,
    /// further axes ("...") up to a rank of `bounds.highest_rank` in all.
    [[nodiscard]] Shape drawn(std::string_view pattern, Dice& dice, const ShapeBounds& bounds);

private:
    std::map<char, std::size_t> sizes_;
    std::optional<Shape> further_;
};

}  // namespace gradproof::generate
