// erf and erfc agree with MPFR's on every rung, from the smallest numbers to the largest: in the tail that
// is about to vanish beside 1, where each of the formulas ends, and on both sides of the axis.
#include "../drawn_cases.hpp"
#include "drawn_numbers.hpp"

#include <gradproof/scalar/error_function.hpp>
#include <gradproof/scalar/wide.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace {

using namespace gradproof::scalar;

using Function = int (*)(mpfr_ptr, mpfr_srcptr, mpfr_rnd_t);

/// MPFR rounds correctly, so ours is less than three half units away from it.
template <unsigned Digits>
void expect_agreement(Function ours, Function peer, const Wide<Digits>& x) {
    Wide<Digits> value, wanted;
    const int inexact = ours(value.backend().data(), x.backend().data(), MPFR_RNDN);
    const int inexact_peer = peer(wanted.backend().data(), x.backend().data(), MPFR_RNDN);
    const Wide<Digits> unit = ldexp(abs(wanted), static_cast<int>(1 - kWideBits<Digits>));
    EXPECT_LE(abs(value - wanted), 3 * unit / 2) << Digits << " digits, x = " << x;
    EXPECT_EQ(inexact == 0, inexact_peer == 0) << Digits << " digits, x = " << x;
}

/// Where erfc(x) falls below what the digits hold beside 1; MPFR takes a tenth of a second there.
template <unsigned Digits>
[[nodiscard]] double where_formulas_end() {
    return std::sqrt(static_cast<double>(kWideBits<Digits>) * std::log(2.0));
}

template <unsigned Digits>
void agrees_with_mpfr(std::size_t draws) {
    open_exponent_range();
    DrawnNumbers drawn(gradproof::testing::wanted_seed());
    for (std::size_t i = 0; i < draws; ++i) {
        double x = drawn.number<double>();
        if (i % 4 == 0) x = where_formulas_end<Digits>() * drawn.uniform(0.9, 1.1);
        if (i % 4 == 1) x = drawn.uniform(-4, 4);
        Wide<Digits> wide(x);
        if (i % 2 == 0) wide /= 3;
        if (i % 4 == 0) wide *= 3;
        expect_agreement<Digits>(error_function, mpfr_erf, wide);
        expect_agreement<Digits>(complementary_error_function, mpfr_erfc, wide);
    }
}

TEST(TheErrorFunction, agrees_with_mpfr_on_every_rung) {
    const std::size_t cases = gradproof::testing::wanted_cases();
    agrees_with_mpfr<50>(10 * cases);
    agrees_with_mpfr<100>(3 * cases);
    agrees_with_mpfr<400>(std::max<std::size_t>(4, cases / 10));
    agrees_with_mpfr<1000>(std::max<std::size_t>(4, cases / 20));
}

TEST(TheErrorFunction, has_the_values_and_the_limits_of_mpfr_at_special_numbers) {
    open_exponent_range();
    for (const double x : {0.0, -0.0, 0.5, -0.5, 0x1p-1074, -0x1p-1074, 0x1p-540, 1e300, -1e300,
                           1e-300, HUGE_VAL, -HUGE_VAL}) {
        expect_agreement<50>(error_function, mpfr_erf, Wide<50>(x));
        expect_agreement<50>(complementary_error_function, mpfr_erfc, Wide<50>(x));
    }
    Wide<50> value, nan(std::nan(""));
    error_function(value.backend().data(), nan.backend().data(), MPFR_RNDN);
    EXPECT_TRUE(isnan(value));
}

}  // namespace
