// The family of norms, and of the largest entry.
#pragma once

#include <gradproof/backprop/primitive.hpp>

#include <vector>

namespace gradproof::primitives {

/// max, min, l1_norm, norm.
[[nodiscard]] std::vector<backprop::Primitive> norms();

}  // namespace gradproof::primitives
