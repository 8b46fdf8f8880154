// The family of softmax and what is made of it.
#pragma once

#include <gradproof/backprop/primitive.hpp>

#include <vector>

namespace gradproof::primitives {

/// softmax, log_softmax, logsumexp, softmax_cross_entropy.
[[nodiscard]] std::vector<backprop::Primitive> softmax_family();

}  // namespace gradproof::primitives
