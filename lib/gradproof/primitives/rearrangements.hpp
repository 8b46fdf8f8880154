// The family of rearrangements along an axis.
#pragma once

#include <gradproof/backprop/primitive.hpp>

#include <vector>

namespace gradproof::primitives {

/// concatenate, slice, pad, gather.
[[nodiscard]] std::vector<backprop::Primitive> rearrangements();

}  // namespace gradproof::primitives
