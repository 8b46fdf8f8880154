// The family of elementwise functions with kinks.
#pragma once

#include <gradproof/backprop/primitive.hpp>

#include <vector>

namespace gradproof::primitives {

/// abs, hinge, hardtanh, leaky_relu, clamp, hardsigmoid, maximum, minimum.
[[nodiscard]] std::vector<backprop::Primitive> kinked();

}  // namespace gradproof::primitives
