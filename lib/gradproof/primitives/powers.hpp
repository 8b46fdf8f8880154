// The family of powers and roots, and of logarithms of one and of two operands.
#pragma once

#include <gradproof/backprop/primitive.hpp>

#include <vector>

namespace gradproof::primitives {

/// reciprocal, cbrt, pow, integer_power, hypot, xlogy, logaddexp, log1p.
[[nodiscard]] std::vector<backprop::Primitive> powers();

}  // namespace gradproof::primitives
