// Convolutions: conv1d, conv2d.
#pragma once

#include <gradproof/backprop/primitive.hpp>

#include <vector>

namespace gradproof::primitives {

/// conv1d: [..., c, w] and kernels [o, c, l] -> [..., o, t]; conv2d: [..., c, h, w] and [o, c, k, l] ->
/// [..., o, s, t]. Any leading axes are a batch's.
[[nodiscard]] std::vector<backprop::Primitive> convolutions();

}  // namespace gradproof::primitives
