// The family of losses, entry by entry.
#pragma once

#include <gradproof/backprop/primitive.hpp>

#include <vector>

namespace gradproof::primitives {

/// huber, sigmoid_cross_entropy.
[[nodiscard]] std::vector<backprop::Primitive> losses();

}  // namespace gradproof::primitives
