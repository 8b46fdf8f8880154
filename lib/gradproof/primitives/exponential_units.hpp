// Exponential linear units, which join the activations.
#pragma once

#include <gradproof/backprop/primitive.hpp>

#include <vector>

namespace gradproof::primitives {

/// elu, selu, celu.
[[nodiscard]] std::vector<backprop::Primitive> exponential_units();

}  // namespace gradproof::primitives
