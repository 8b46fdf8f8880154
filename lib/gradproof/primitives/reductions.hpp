// The family of reductions to a scalar.
#pragma once

#include <gradproof/backprop/primitive.hpp>

#include <vector>

namespace gradproof::primitives {

/// sum, mean, mean_squared_error.
[[nodiscard]] std::vector<backprop::Primitive> reductions();

}  // namespace gradproof::primitives
