// The family of cumulative sums and products.
#pragma once

#include <gradproof/backprop/primitive.hpp>

#include <vector>

namespace gradproof::primitives {

/// cumsum, cumprod.
[[nodiscard]] std::vector<backprop::Primitive> scans();

}  // namespace gradproof::primitives
