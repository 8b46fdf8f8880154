// Generators of shapes, and of the sizes a program's dimensions are named by: small ones, with
// size 1, size 0 and equal sizes on purpose.
#pragma once

#include <gradproof/generate/dice.hpp>
#include <gradproof/scalar/shape.hpp>

#include <rapidcheck/Gen.h>
#include <rapidcheck/Shrinkable.h>

#include <cstddef>
#include <vector>

namespace gradproof::generate {

using scalar::Shape;

/// Which shapes may be drawn, and where shrinking may go.
struct ShapeBounds {
    std::size_t lowest_rank = 0;
    std::size_t highest_rank = 2;
    std::size_t largest_size = 6;  ///< at least 1
    bool zero_allowed = true;      ///< whether a dimension may have size 0
};

/// One size, drawn with `dice`: 1 and, where allowed, 0 on purpose; below the nominal `size`, more
/// small ones.
[[nodiscard]] std::size_t draw_dimension(Dice& dice, const ShapeBounds& bounds = {},
                                         int size = rc::kNominalSize);

/// A shape, drawn with `dice`; dimensions are equal to an earlier one on purpose. Throws
/// std::invalid_argument for bounds that no shape meets.
[[nodiscard]] Shape draw_shape(Dice& dice, const ShapeBounds& bounds = {},
                               int size = rc::kNominalSize);

/// Dimensions and shapes with their shrinks. Throw std::invalid_argument at once for bounds that no
/// shape meets.
[[nodiscard]] rc::Gen<std::size_t> dimension(const ShapeBounds& bounds = {});
[[nodiscard]] rc::Gen<Shape> shape(const ShapeBounds& bounds = {});

/// How simple a size is: 1 first, then 0 (a special case, but a small one), 2, 3, ...
[[nodiscard]] std::size_t simplicity_of_size(std::size_t size);

/// Simpler sizes to try instead of one, the boldest first.
[[nodiscard]] std::vector<std::size_t> simpler_sizes(std::size_t size, bool zero_allowed = true);

/// Lists of sizes of the same length to try instead of `sizes`, the boldest first: all 1, each
/// group of equal sizes together (so that square stays square), two equal ones (so that 3 x 3 and
/// 3 x 3 become 1 x 3 and 1 x 3), one at a time. In each try, no
/// size is less simple and one is simpler. For the sizes a whole program's dimensions are named
/// by, as for one shape of fixed rank.
[[nodiscard]] std::vector<std::vector<std::size_t>> simpler_size_lists(
    const std::vector<std::size_t>& sizes, bool zero_allowed = true);

/// Shapes within the bounds to try instead of one, the boldest first: a dimension dropped, or
/// simpler_size_lists.
[[nodiscard]] std::vector<Shape> simpler_shapes(const Shape& shape, const ShapeBounds& bounds = {});

/// A shape with its shrinks, from any start.
[[nodiscard]] rc::Shrinkable<Shape> shrinkable(const Shape& shape, const ShapeBounds& bounds);

}  // namespace gradproof::generate
