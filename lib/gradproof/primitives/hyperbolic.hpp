// The family of hyperbolic functions and their inverses; tanh is an activation.
#pragma once

#include <gradproof/backprop/primitive.hpp>

#include <vector>

namespace gradproof::primitives {

/// sinh, cosh, asinh, acosh, atanh.
[[nodiscard]] std::vector<backprop::Primitive> hyperbolic();

}  // namespace gradproof::primitives
