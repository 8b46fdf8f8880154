// erf and erfc in any precision.
//
// MPFR (4.2.0) has both. Its erf aborts next to +-sqrt(3) (erf.c:247: the first partial sum of its series,
// 1 - x^2/3, is so small there that an exponent overflows a double), and at 400 digits its erfc(25) takes
// 14 ms, thirty times what the series here take.
#pragma once

#include <mpfr.h>

namespace gradproof::scalar {

/// result = erf(x), or erfc(x), in the result's precision; the error is below two half units in the last
/// place. Returns 0 where the result is exact.
int error_function(mpfr_ptr result, mpfr_srcptr x, mpfr_rnd_t mode);
int complementary_error_function(mpfr_ptr result, mpfr_srcptr x, mpfr_rnd_t mode);

}  // namespace gradproof::scalar
