// The family of elementwise functions of one operand.
#pragma once

#include <gradproof/backprop/primitive.hpp>

#include <vector>

namespace gradproof::primitives {

/// relu, sigmoid, tanh, softplus, logsigmoid, softsign, exp, expm1, log, square, sqrt, and the gated and
/// exponential units.
[[nodiscard]] std::vector<backprop::Primitive> activations();

}  // namespace gradproof::primitives
