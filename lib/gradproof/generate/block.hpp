// The block of a tensor that stays where its axes become shorter.
#pragma once

#include <gradproof/scalar/shape.hpp>

#include <span>
#include <vector>

namespace gradproof::generate {

/// The first entries along each axis, or the last.
enum class Block { leading, trailing };

/// That block of `values` when their shape turns from `from` to `to`, which are of the same rank; `fill`
/// where an axis grows and there is none.
[[nodiscard]] std::vector<double> block_of(std::span<const double> values,
                                           const scalar::Shape& from, const scalar::Shape& to,
                                           Block which, double fill);

}  // namespace gradproof::generate
