// log Gamma of MPFR for positive numbers, and a way around the places where it takes a tenth of a second.
#pragma once

#include <mpfr.h>

#include <algorithm>
#include <cstdint>

namespace gradproof::scalar {

/// What `log_gamma` has found: the inexact flag, and an absolute error of 2^exponent beside the rounding
/// of the result.
struct LogGamma {
    int inexact = 0;
    bool exact_but_rounded = true;
    std::int64_t error_exponent = 0;
};

/// log Gamma(x) for x > 0. Below 3 MPFR (4.2.0) reflects, or widens until it can tell the value from the
/// zeros at 1 and 2: at 1000 digits 100 ms for 1e-300, 20 ms next to 1. Therefore
///     log Gamma(x) = log Gamma(x + 3) - log(x (x + 1) (x + 2))     (NIST DLMF, 5.5.1)
/// with 64 bits more than the result has. Of log Gamma(x + 3) < 5, of its operand (times psi < 2) and of
/// the product (five roundings) an error of 2^-60 and less is left, of the logarithm and of the difference
/// 2^-62 of itself, in units of the result's precision.
[[nodiscard]] inline LogGamma log_gamma(mpfr_ptr result, mpfr_srcptr x, mpfr_rnd_t mode) {
    if (mpfr_cmp_ui(x, 1) == 0 || mpfr_cmp_ui(x, 2) == 0) {
        mpfr_set_zero(result, 1);
        return {};
    }
    if (mpfr_cmp_ui(x, 3) >= 0) return {mpfr_lngamma(result, x, mode)};
    const mpfr_prec_t precision = mpfr_get_prec(x);
    mpfr_t shifted, factor, logarithm;
    mpfr_inits2(precision + 64, shifted, factor, logarithm, mpfr_ptr(nullptr));
    mpfr_add_ui(factor, x, 1, mode);
    mpfr_mul(logarithm, x, factor, mode);
    mpfr_add_ui(factor, x, 2, mode);
    mpfr_mul(logarithm, logarithm, factor, mode);
    mpfr_log(logarithm, logarithm, mode);
    mpfr_add_ui(shifted, x, 3, mode);
    mpfr_lngamma(shifted, shifted, mode);
    mpfr_sub(result, shifted, logarithm, mode);
    const std::int64_t size = mpfr_regular_p(logarithm) != 0 ? mpfr_get_exp(logarithm) : 0;
    mpfr_clears(shifted, factor, logarithm, mpfr_ptr(nullptr));
    return {1, false, std::max<std::int64_t>(size, 0) - precision - 60};
}

}  // namespace gradproof::scalar
