// Pooling: the largest or the mean entry of each window.
#pragma once

#include <gradproof/backprop/primitive.hpp>

#include <vector>

namespace gradproof::primitives {

/// max_pool1d, average_pool1d: [..., w] -> [..., t]; max_pool2d, average_pool2d: [..., h, w] ->
/// [..., s, t]. Each plane of the leading axes on its own.
[[nodiscard]] std::vector<backprop::Primitive> pooling();

}  // namespace gradproof::primitives
