// Wide numbers: the ladder of multiple-precision types that the oracle climbs.
#pragma once

#include <boost/multiprecision/mpfr.hpp>

#include <limits>

namespace gradproof::scalar {

/// A binary floating-point number of at least `Digits` decimal digits, kept on the stack.
///
/// Every operation is rounded correctly (Fousse et al., MPFR, ACM TOMS 33, 2007), elementary
/// functions included. Its exponent covers 2^(+-2^60) once `open_exponent_range` was called in the
/// thread; 1000 digits cover the whole span of `double`, 1074 + 1024 bits.
template <unsigned Digits>
using Wide = boost::multiprecision::number<
    boost::multiprecision::mpfr_float_backend<Digits, boost::multiprecision::allocate_stack>,
    boost::multiprecision::et_off>;

/// Bits of the significand of `Wide<Digits>`.
template <unsigned Digits>
inline constexpr long kWideBits = std::numeric_limits<Wide<Digits>>::digits;

/// Gives the calling thread the exponent range 2^(+-2^60): as much as bounds (`Magnitude`, +-2^61)
/// can be computed for.
///
/// MPFR keeps the range per thread and starts with a smaller one, in which the exponential of a
/// scaled argument such as exp(-1e10) would underflow.
inline void open_exponent_range() {
    constexpr long kLargestExponent = 1L << 60;
    mpfr_set_emin(-kLargestExponent);
    mpfr_set_emax(kLargestExponent);
}

}  // namespace gradproof::scalar
