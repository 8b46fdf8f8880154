// The family of the error function and the gamma function.
#pragma once

#include <gradproof/backprop/primitive.hpp>

#include <vector>

namespace gradproof::primitives {

/// erf, erfc, lgamma.
[[nodiscard]] std::vector<backprop::Primitive> special_functions();

}  // namespace gradproof::primitives
