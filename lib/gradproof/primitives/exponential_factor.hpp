// Products with exp(x) and exp(-x^2) that keep their digits where these alone are subnormal.
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

/// From here outward exp(-x^2) is taken in four parts. exp(-81) is a normal number in binary32 too.
inline constexpr double kFarOut = 9;

/// g a exp(-x^2), rounded among the subnormal numbers once, at the end. The parts are exp(-(x/2)^2), as
/// x/2 is exact and x/sqrt(2) is not; each step makes the product smaller by more than 2^29.
template <class S>
[[nodiscard]] S with_gaussian(const S& g, const S& a, const S& x) {
    using namespace gradproof::scalar;  // gaussian of built-in types; others by argument
    if (!precedes(S(kFarOut), size_of(x))) return g * (a * gaussian(x));
    const S part = gaussian(x / S(2));
    return g * part * a * part * part * part;
}

}  // namespace gradproof::primitives
