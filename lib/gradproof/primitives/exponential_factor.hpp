// Products with exp(x) that keep their digits where exp(x) alone is subnormal.
#pragma once

#include <gradproof/primitives/elementwise.hpp>

namespace gradproof::primitives {

/// Left of it exp(x) is taken in two halves. exp(-80) is a normal number in binary32 too.
inline constexpr double kFarLeft = -80;

/// g a exp(x). At x = -745 exp(x) is the smallest number there is, known to half of itself, while
/// 745 exp(x) has three digits.
template <class S>
[[nodiscard]] S with_exponential(const S& g, const S& a, const S& x) {
    using namespace gradproof::scalar;  // exp of built-in types; others by argument
    if (!precedes(x, S(kFarLeft)))
        return g * (a * exp(x));  // by the value: both are the same function
    const S root = exp(x / S(2));
    return (g * root) * (a * root);
}

}  // namespace gradproof::primitives
