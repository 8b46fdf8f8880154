// The family of products of matrices and vectors.
#pragma once

#include <gradproof/backprop/primitive.hpp>

#include <vector>

namespace gradproof::primitives {

/// matvec, matmul, dot, outer, batched_matmul, transpose.
[[nodiscard]] std::vector<backprop::Primitive> linear();

}  // namespace gradproof::primitives
