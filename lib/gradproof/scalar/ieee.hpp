// Refusal to work where the floating-point arithmetic is not IEEE 754: fast-math, flush-to-zero.
#pragma once

#if defined(__FAST_MATH__) || (defined(__FINITE_MATH_ONLY__) && __FINITE_MATH_ONLY__)
#error \
    "gradproof bounds rounding errors of IEEE 754 arithmetic; compile without -ffast-math, -Ofast and -ffinite-math-only"
#endif

#include <stdexcept>

namespace gradproof::scalar {

/// Thrown where the arithmetic of the running program is not the one that error bounds assume.
struct ArithmeticRefused : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// Throws `ArithmeticRefused` unless double arithmetic keeps subnormals, rounds to nearest and is
/// not reassociated. Costs a few nanoseconds; the oracle asks at every call, since a library may
/// switch flush-to-zero on at any time.
inline void require_ieee_arithmetic() {
    const volatile double smallest_normal = 0x1p-1022;
    const volatile double half = 0.5;
    const volatile double subnormal = smallest_normal * half;
    if (subnormal == 0.0 || subnormal * 2.0 != smallest_normal) {
        throw ArithmeticRefused(
            "gradproof: subnormal numbers are flushed to zero (FTZ/DAZ is on), wanted IEEE 754 "
            "arithmetic; switch it off (_MM_SET_FLUSH_ZERO_MODE, -ffast-math of a linked library) "
            "before checking gradients");
    }
    const volatile double one = 1.0;
    const volatile double tiny = 0x1p-60;
    if (one + tiny != 1.0 || one - tiny != 1.0 || -one - tiny != -1.0) {
        throw ArithmeticRefused(
            "gradproof: the rounding direction is not to-nearest; call "
            "std::fesetround(FE_TONEAREST) "
            "before checking gradients");
    }
    const volatile double large_source = 0x1p60;
    const double large = large_source;
    if ((large + 1.0) - large != 0.0) {
        throw ArithmeticRefused(
            "gradproof: sums are reassociated (-fassociative-math); compile without it before "
            "checking gradients");
    }
}

}  // namespace gradproof::scalar
