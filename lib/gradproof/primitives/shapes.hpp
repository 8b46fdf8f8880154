// The family of primitives that give entries another shape.
#pragma once

#include <gradproof/backprop/primitive.hpp>

#include <vector>

namespace gradproof::primitives {

/// reshape, broadcast, permute, where.
[[nodiscard]] std::vector<backprop::Primitive> shapes();

}  // namespace gradproof::primitives
