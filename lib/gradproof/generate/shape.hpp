// Generators of shapes, and of the sizes a program's dimensions are named by: small ones, with
// size 1, size 0 and equal sizes on purpose.
#pragma once

#include <gradproof/generate/dice.hpp>

#include <rapidcheck/Gen.h>
#include <rapidcheck/Shrinkable.h>

#include <cstddef>
#include <vector>

namespace gradproof::generate {

/// Sizes of the dimensions, outermost first: {} is a scalar, {3} a vector, {2, 3} a matrix.
using Shape = std::vector<std::size_t>;

/// Which shapes may be drawn, and where shrinking may go.
struct ShapeBounds {
    std::size_t lowestRank = 0;
    std::size_t highestRank = 2;
    std::size_t largestSize = 6;  ///< at least 1
    bool zeroAllowed = true;      ///< whether a dimension may have size 0
};

/// One size, drawn with `dice`: 1 and, where allowed, 0 on purpose; below the nominal `size`, more
/// small ones.
[[nodiscard]] std::size_t drawSize(Dice& dice, const ShapeBounds& bounds = {},
                                   int size = rc::kNominalSize);

/// A shape, drawn with `dice`; dimensions are equal to an earlier one on purpose. Throws
/// std::invalid_argument for bounds that no shape meets.
[[nodiscard]] Shape drawShape(Dice& dice, const ShapeBounds& bounds = {},
                              int size = rc::kNominalSize);

/// Sizes and shapes with their shrinks. Throw std::invalid_argument at once for bounds that no
/// shape meets.
[[nodiscard]] rc::Gen<std::size_t> size(const ShapeBounds& bounds = {});
[[nodiscard]] rc::Gen<Shape> shape(const ShapeBounds& bounds = {});

/// How simple a size is: 1 first, then 0 (a special case, but a small one), 2, 3, ...
[[nodiscard]] std::size_t simplicityOfSize(std::size_t size);

/// Simpler sizes to try instead of one, the boldest first.
[[nodiscard]] std::vector<std::size_t> simplerSizes(std::size_t size, bool zeroAllowed = true);

/// Lists of sizes of the same length to try instead of `sizes`, the boldest first: all 1, each
/// group of equal sizes together (so that square stays square), one at a time. In each try, no
/// size is less simple and one is simpler. For the sizes a whole program's dimensions are named
/// by, as for one shape of fixed rank.
[[nodiscard]] std::vector<std::vector<std::size_t>> simplerSizeLists(
    const std::vector<std::size_t>& sizes, bool zeroAllowed = true);

/// Shapes within the bounds to try instead of one, the boldest first: a dimension dropped, or
/// simplerSizeLists.
[[nodiscard]] std::vector<Shape> simplerShapes(const Shape& shape, const ShapeBounds& bounds = {});

/// A shape with its shrinks, from any start.
[[nodiscard]] rc::Shrinkable<Shape> shrinkable(const Shape& shape, const ShapeBounds& bounds);

/// How many entries a shape has: 1 for a scalar.
[[nodiscard]] std::size_t entries(const Shape& shape);

}  // namespace gradproof::generate
