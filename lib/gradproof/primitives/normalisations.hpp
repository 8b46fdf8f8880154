// Normalisations: what is standardised by statistics of its own, then scaled and shifted.
#pragma once

#include <gradproof/backprop/primitive.hpp>

#include <vector>

namespace gradproof::primitives {

/// layer_norm: x [..., n], scale [n], shift [n] -> [..., n]; rms_norm: x [..., n], scale [n] -> [..., n];
/// batch_norm (in training): x [b, ...], scale and shift [...] -> [b, ...].
[[nodiscard]] std::vector<backprop::Primitive> normalisations();

}  // namespace gradproof::primitives
