// The family of elementwise arithmetic.
#pragma once

#include <gradproof/backprop/primitive.hpp>

#include <vector>

namespace gradproof::primitives {

/// add, subtract, hadamard, divide, negate, scale.
[[nodiscard]] std::vector<backprop::Primitive> arithmetic();

}  // namespace gradproof::primitives
