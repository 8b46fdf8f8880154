// Activations that are x times a gate, which join the others.
#pragma once

#include <gradproof/backprop/primitive.hpp>

#include <vector>

namespace gradproof::primitives {

/// silu, gelu, gelu_tanh, mish.
[[nodiscard]] std::vector<backprop::Primitive> gated_units();

}  // namespace gradproof::primitives
