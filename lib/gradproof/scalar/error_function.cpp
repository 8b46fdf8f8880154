// The error functions by the series with positive terms, and by the asymptotic one far out.
#include <gradproof/scalar/error_function.hpp>

#include <algorithm>
#include <cmath>
#include <deque>

namespace gradproof::scalar {

namespace {

/// Bits beyond those of the result. A sum of n terms loses less than 8 n units, and no sum here has 2^20
/// terms (x^2 is below the number of bits); what is left is below 2^-40 of a unit of the result.
constexpr mpfr_prec_t kGuardBits = 64;
constexpr double kLog2OfE = 1.4426950408889634;

class Number {
public:
    explicit Number(mpfr_prec_t precision) { mpfr_init2(raw_, precision); }
    ~Number() { mpfr_clear(raw_); }
    Number(const Number&) = delete;
    Number& operator=(const Number&) = delete;
    operator mpfr_ptr() { return raw_; }

private:
    mpfr_t raw_;
};

/// x^2, exactly.
class Square : public Number {
public:
    explicit Square(mpfr_srcptr x) : Number(2 * mpfr_get_prec(x)) { mpfr_sqr(*this, x, MPFR_RNDN); }
};

/// result = exp(-square) / sqrt(pi), in the result's precision.
void gauss(mpfr_ptr result, mpfr_ptr square) {
    Number pi(mpfr_get_prec(result));
    mpfr_const_pi(pi, MPFR_RNDN);
    mpfr_rec_sqrt(pi, pi, MPFR_RNDN);
    mpfr_neg(square, square, MPFR_RNDN);
    mpfr_exp(result, square, MPFR_RNDN);
    mpfr_neg(square, square, MPFR_RNDN);
    mpfr_mul(result, result, pi, MPFR_RNDN);
}

/// The number of terms of the sum below after which what is left is under 2^-bits of it: the last is that
/// much smaller than the largest, and from there on each is less than half of the one before. `a` may be
/// rounded up, and is where it underflows.
[[nodiscard]] unsigned long terms_wanted(double a, double bits) {
    double size = 0, largest = 0;  // log2 of a term
    unsigned long n = 0;
    const double log2_of_a = std::log2(a);
    while (size > largest - bits || static_cast<double>(2 * n + 3) < 2 * a) {
        ++n;
        size += log2_of_a - std::log2(static_cast<double>(2 * n + 1));
        largest = std::max(largest, size);
    }
    return n + 1;
}

/// sum = 1 + a/3 + a^2/(3 5) + a^3/(3 5 7) + ..., for a >= 0. Terms whose index leaves the same remainder
/// are summed without their common power of a, so that most terms cost a division by a small number only
/// (D. M. Smith, Efficient Multiple-Precision Evaluation of Elementary Functions, Math. Comp. 52, 1989).
void sum_of_positive_terms(mpfr_ptr sum, mpfr_ptr a) {
    const mpfr_prec_t precision = mpfr_get_prec(sum);
    const unsigned long terms =
        terms_wanted(mpfr_get_d(a, MPFR_RNDU), static_cast<double>(precision));
    const auto columns =
        static_cast<unsigned long>(std::ceil(std::sqrt(static_cast<double>(terms))));
    std::deque<Number> parts;
    for (unsigned long j = 0; j < columns; ++j) mpfr_set_zero(parts.emplace_back(precision), 1);
    Number term(precision), power(precision);
    mpfr_set_ui(term, 1, MPFR_RNDN);
    mpfr_pow_ui(power, a, columns, MPFR_RNDN);
    for (unsigned long n = 0; n < terms; ++n) {
        if (n > 0 && n % columns == 0) mpfr_mul(term, term, power, MPFR_RNDN);
        Number& part = parts[n % columns];
        mpfr_add(part, part, term, MPFR_RNDN);
        mpfr_div_ui(term, term, 2 * n + 3, MPFR_RNDN);
    }
    mpfr_set(sum, parts.back(), MPFR_RNDN);
    for (unsigned long j = columns - 1; j-- > 0;) {
        mpfr_mul(sum, sum, a, MPFR_RNDN);
        mpfr_add(sum, sum, parts[j], MPFR_RNDN);
    }
}

/// result = erf(x) = 2 x exp(-x^2) / sqrt(pi) times the sum above at a = 2 x^2 (NIST DLMF, 7.6.2), with a
/// relative error below 2^-40 units of a number of kGuardBits bits less.
void by_positive_terms(mpfr_ptr result, mpfr_srcptr x) {
    const mpfr_prec_t precision = mpfr_get_prec(result);
    Square square(x);
    Number factor(precision);
    gauss(factor, square);
    mpfr_mul(factor, factor, x, MPFR_RNDN);
    mpfr_mul_2ui(factor, factor, 1, MPFR_RNDN);
    mpfr_mul_2ui(square, square, 1, MPFR_RNDN);
    sum_of_positive_terms(result, square);
    mpfr_mul(result, result, factor, MPFR_RNDN);
}

/// result = erfc(x) = exp(-x^2) / (x sqrt(pi)) (1 - 1/(2 x^2) + 1 3/(2 x^2)^2 - ...) (NIST DLMF, 7.12.1),
/// where x^2 is so large that the terms fall below what the precision holds: for x > 0 the error is at
/// most the first term left out.
void by_asymptotic_series(mpfr_ptr result, mpfr_srcptr x) {
    const mpfr_prec_t precision = mpfr_get_prec(result);
    Square square(x);
    Number term(precision), sum(precision), ratio(precision);
    mpfr_ui_div(ratio, 1, square, MPFR_RNDN);
    mpfr_div_2ui(ratio, ratio, 1, MPFR_RNDN);
    mpfr_set_ui(term, 1, MPFR_RNDN);
    mpfr_set_ui(sum, 1, MPFR_RNDN);
    for (unsigned long n = 1; mpfr_get_exp(term) > -precision; ++n) {
        mpfr_mul(term, term, ratio, MPFR_RNDN);
        mpfr_mul_ui(term, term, 2 * n - 1, MPFR_RNDN);
        mpfr_neg(term, term, MPFR_RNDN);
        mpfr_add(sum, sum, term, MPFR_RNDN);
    }
    gauss(result, square);
    mpfr_div(result, result, x, MPFR_RNDN);
    mpfr_mul(result, result, sum, MPFR_RNDN);
}

/// The bits by which erfc(x) < exp(-x^2) is smaller than 1, at least; infinite where a double overflows.
[[nodiscard]] double bits_of_tail(mpfr_srcptr x) {
    const double size = mpfr_get_d(x, MPFR_RNDZ);
    return kLog2OfE * size * size;
}

}  // namespace

int error_function(mpfr_ptr result, mpfr_srcptr x, mpfr_rnd_t mode) {
    if (mpfr_regular_p(x) == 0) return mpfr_erf(result, x, mode);
    const mpfr_prec_t precision = mpfr_get_prec(result);
    if (bits_of_tail(x) > static_cast<double>(precision + 2)) {
        mpfr_set_si(result, mpfr_sgn(x), mode);
        return -mpfr_sgn(x);
    }
    Number wider(precision + kGuardBits);
    by_positive_terms(wider, x);
    mpfr_set(result, wider, mode);
    return 1;
}

int complementary_error_function(mpfr_ptr result, mpfr_srcptr x, mpfr_rnd_t mode) {
    if (mpfr_regular_p(x) == 0) return mpfr_erfc(result, x, mode);
    mpfr_prec_t precision = mpfr_get_prec(result) + kGuardBits;
    const double tail = bits_of_tail(x);
    const bool small = mpfr_cmp_d(x, 0.5) > 0;
    if (small && tail > static_cast<double>(precision + 8)) {
        Number wider(precision);
        by_asymptotic_series(wider, x);
        mpfr_set(result, wider, mode);
        return 1;
    }
    if (!small && tail > static_cast<double>(precision)) {
        mpfr_set_ui(result, 2, mode);
        return 1;
    }
    // 1 - erf(x) = erfc(x) > exp(-x^2) / (4 x) for x > 1/2 loses the tail's bits, and log2(4 x) more.
    if (small) precision += static_cast<mpfr_prec_t>(tail) + 8 + mpfr_get_exp(x);
    Number wider(precision);
    by_positive_terms(wider, x);
    mpfr_ui_sub(result, 1, wider, mode);
    return 1;
}

}  // namespace gradproof::scalar
