// The family of circular functions and their inverses.
#pragma once

#include <gradproof/backprop/primitive.hpp>

#include <vector>

namespace gradproof::primitives {

/// sin, cos, tan, asin, acos, atan, atan2, sinc.
[[nodiscard]] std::vector<backprop::Primitive> trigonometric();

}  // namespace gradproof::primitives
