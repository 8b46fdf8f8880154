// Identities: numbers of 64 bits by which two computations of one and the same number are known, where
// their rounding bounds cannot tell a tie from a difference.
#pragma once

#include <gradproof/scalar/wide.hpp>

#include <cstddef>
#include <cstdint>
#include <utility>

namespace gradproof::scalar::identity {

/// Which operation, by any number that no other operation has.
using Operation = std::uint64_t;
inline constexpr Operation kNegated = 1, kSum = 2, kDifference = 3, kProduct = 4, kQuotient = 5;

/// Every bit of the result depends on every bit of x.
/// Source: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014 (the
/// finalizer of SplitMix64).
[[nodiscard]] constexpr std::uint64_t mixed(std::uint64_t x) {
    x += 0x9e3779b97f4a7c15U;
    x = (x ^ (x >> 30U)) * 0xbf58476d1ce4e5b9U;
    x = (x ^ (x >> 27U)) * 0x94d049bb133111ebU;
    return x ^ (x >> 31U);
}

/// Of the result of an operation on operands of these identities; never 0.
[[nodiscard]] constexpr std::uint64_t of(Operation operation, std::uint64_t a,
                                         std::uint64_t b = 0) {
    // a + b and b + a are the same number.
    if ((operation == kSum || operation == kProduct) && b < a) std::swap(a, b);
    return mixed(mixed(mixed(operation) ^ a) ^ b) | 1U;
}

/// Of an exact number, by all its digits; never 0.
template <unsigned Digits>
[[nodiscard]] std::uint64_t of(const Wide<Digits>& exact) {
    mpfr_srcptr raw = exact.backend().data();
    if (mpfr_regular_p(raw) == 0) return mixed(mpfr_zero_p(raw) != 0 ? 11 : 13) | 1U;
    std::uint64_t seen = mixed(static_cast<std::uint64_t>(mpfr_get_exp(raw)));
    if (mpfr_signbit(raw) != 0) seen = mixed(seen);
    const std::size_t limbs =
        (static_cast<std::size_t>(mpfr_get_prec(raw)) + GMP_NUMB_BITS - 1) / GMP_NUMB_BITS;
    for (std::size_t i = 0; i < limbs; ++i) seen = mixed(seen ^ raw->_mpfr_d[i]);
    return seen | 1U;
}

}  // namespace gradproof::scalar::identity
