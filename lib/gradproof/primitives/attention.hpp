// The family of attention: queries that look values up by keys.
#pragma once

#include <gradproof/backprop/primitive.hpp>

#include <vector>

namespace gradproof::primitives {

/// attention: queries Q [n, d], keys K [m, d], values V [m, e] -> [n, e].
[[nodiscard]] std::vector<backprop::Primitive> attention_family();

}  // namespace gradproof::primitives
