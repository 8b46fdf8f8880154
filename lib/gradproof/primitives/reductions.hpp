// The family of reductions along an axis, or of all entries.
#pragma once

#include <gradproof/backprop/primitive.hpp>

#include <vector>

namespace gradproof::primitives {

/// sum, mean, prod, variance, mean_squared_error.
[[nodiscard]] std::vector<backprop::Primitive> reductions();

}  // namespace gradproof::primitives
