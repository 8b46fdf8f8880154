// The family of rearrangements of vectors.
#pragma once

#include <gradproof/backprop/primitive.hpp>

#include <vector>

namespace gradproof::primitives {

/// concatenate, slice.
[[nodiscard]] std::vector<backprop::Primitive> rearrangements();

}  // namespace gradproof::primitives
