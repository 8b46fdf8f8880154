// erf and erfc of MPFR, and a way around the one place where it breaks off.
#pragma once

#include <mpfr.h>

namespace gradproof::scalar {

/// A function of MPFR: result, operand, rounding mode -> the inexact flag.
using MpfrFunction = int (*)(mpfr_ptr, mpfr_srcptr, mpfr_rnd_t);

/// True where MPFR (4.2.0, erf.c:247) aborts: next to +-sqrt(3) the first partial sum 1 - x^2/3 of
/// its series is so small, below 2^-1020, that an exponent overflows a double.
[[nodiscard]] inline bool next_to_root_of_3(mpfr_srcptr x) {
    constexpr double kRootOf3 = 1.7320508075688772;
    const double rounded = mpfr_get_d(x, MPFR_RNDN);
    if (rounded != kRootOf3 && rounded != -kRootOf3) return false;
    mpfr_t distance;
    mpfr_init2(distance, 2 * mpfr_get_prec(x));
    mpfr_sqr(distance, x, MPFR_RNDN);
    mpfr_sub_ui(distance, distance, 3, MPFR_RNDN);
    const bool near = mpfr_zero_p(distance) != 0 || mpfr_get_exp(distance) < -900;
    mpfr_clear(distance);
    return near;
}

/// f is erf (sign 1) or erfc (sign -1). Next to +-sqrt(3) it is f(c) plus the Taylor series about
/// c = x - 2^-400, whose terms are sign 2/sqrt(pi) exp(-c^2) (-1)^n H_n(c) t^(n+1) / (n+1)! with
/// t = 2^-400 and the Hermite polynomials H_n (NIST DLMF, 7.10.1); twelve leave out 2^-5000. All of
/// it has 64 bits more than the result, so that the sum's rounding is what counts: less than two half
/// units in the last place.
[[nodiscard]] inline int error_function(mpfr_ptr result, mpfr_srcptr x, mpfr_rnd_t mode,
                                        MpfrFunction f, int sign) {
    if (!next_to_root_of_3(x)) return f(result, x, mode);
    constexpr long kStepBits = 400;
    constexpr unsigned long kTerms = 12;
    const mpfr_prec_t precision = mpfr_get_prec(x) + 64;
    mpfr_t centre, factor, hermite, previous, next, sum;
    mpfr_inits2(precision, centre, factor, hermite, previous, next, sum, mpfr_ptr(nullptr));

    mpfr_set_ui_2exp(factor, 1, -kStepBits, mode);
    mpfr_sub(centre, x, factor, mode);
    mpfr_set_zero(sum, 1);
    mpfr_set_ui(hermite, 1, mode);
    mpfr_set_zero(previous, 1);
    for (unsigned long n = 0; n < kTerms; ++n) {
        // factor = (-1)^n t^(n+1) / (n+1)!
        mpfr_fma(sum, factor, hermite, sum, mode);
        mpfr_div_ui(factor, factor, n + 2, mode);
        mpfr_mul_2si(factor, factor, -kStepBits, mode);
        mpfr_neg(factor, factor, mode);
        // H_(n+1) = 2 c H_n - 2 n H_(n-1)
        mpfr_mul(next, centre, hermite, mode);
        mpfr_mul_ui(previous, previous, n, mode);
        mpfr_sub(next, next, previous, mode);
        mpfr_mul_2ui(next, next, 1, mode);
        mpfr_swap(previous, hermite);
        mpfr_swap(hermite, next);
    }
    mpfr_sqr(next, centre, mode);
    mpfr_neg(next, next, mode);
    mpfr_exp(next, next, mode);
    mpfr_mul(sum, sum, next, mode);
    mpfr_const_pi(next, mode);
    mpfr_rec_sqrt(next, next, mode);
    mpfr_mul(sum, sum, next, mode);
    mpfr_mul_si(sum, sum, 2 * sign, mode);

    f(next, centre, mode);
    mpfr_add(result, next, sum, mode);
    mpfr_clears(centre, factor, hermite, previous, next, sum, mpfr_ptr(nullptr));
    return 1;
}

}  // namespace gradproof::scalar
