// What a magnitude must hold: every operation is an upper bound, over all exponents.
#include <gradproof/scalar/magnitude.hpp>
#include <gradproof/scalar/wide.hpp>

#include <cstdint>
#include <limits>
#include <random>

#include <gtest/gtest.h>

namespace {

using namespace gradproof::scalar;

constexpr double kLargest = std::numeric_limits<double>::max();
constexpr double kSmallest = std::numeric_limits<double>::denorm_min();

[[nodiscard]] Wide<100> exact(const Magnitude& a) {
    if (a.is_infinite()) return std::numeric_limits<Wide<100>>::infinity();
    Wide<100> result(a.mantissa());
    mpfr_mul_2si(result.backend().data(), result.backend().data(), a.exponent(), MPFR_RNDN);
    return result;
}

class AMagnitude : public testing::Test {
protected:
    AMagnitude() { open_exponent_range(); }

    /// Mantissas close to a power of two as often as not; exponents of one size, near or far apart.
    [[nodiscard]] Magnitude drawn(std::int64_t near_exponent) {
        const std::uint64_t kind = random_() % 6;
        const std::int64_t spread = kind < 3 ? 3 : kind < 5 ? 70 : std::int64_t{1} << 59;
        std::uniform_int_distribution<std::int64_t> offset(-spread, spread);
        double mantissa = std::uniform_real_distribution<double>(0.5, 1.0)(random_);
        if (random_() % 3 == 0)
            mantissa = 0.5 + std::ldexp(static_cast<double>(random_() % 8), -53);
        if (random_() % 3 == 0)
            mantissa = 1 - std::ldexp(static_cast<double>(random_() % 8 + 1), -53);
        return Magnitude(mantissa, near_exponent + offset(random_));
    }
    /// `upper` is at least `truth`, and not by more than a few units of its 50 bits.
    static void expect_tight_upper(const Magnitude& upper, const Wide<100>& truth) {
        EXPECT_GE(exact(upper), truth);
        EXPECT_LE(exact(upper), truth * (1 + 0x1p-46));
    }

    std::mt19937_64 random_{20240607};
};

TEST_F(AMagnitude, is_never_below_the_exact_sum_product_quotient_and_root) {
    for (int i = 0; i < 20000; ++i) {
        const Magnitude a = drawn(0), b = drawn(a.exponent());
        const Wide<100> x = exact(a), y = exact(b);
        expect_tight_upper(a + b, x + y);
        expect_tight_upper(a * b, x * y);
        expect_tight_upper(a / b, x / y);
        expect_tight_upper(sqrt(a), sqrt(x));
        expect_tight_upper(cbrt(a), cbrt(x));
    }
}

TEST_F(AMagnitude, shortened_by_another_is_never_above_the_exact_difference) {
    for (int i = 0; i < 20000; ++i) {
        const Magnitude a = drawn(0), b = drawn(a.exponent());
        const Wide<100> difference = exact(a) - exact(b);
        EXPECT_LE(exact(shortened(a, b)), difference > 0 ? difference : Wide<100>(0));
        if (difference > exact(a) / 2) {
            EXPECT_GE(exact(shortened(a, b)), difference * (1 - 0x1p-46));
        }
    }
}

TEST_F(AMagnitude, orders_as_the_numbers_do) {
    for (int i = 0; i < 20000; ++i) {
        const Magnitude a = drawn(0), b = drawn(a.exponent());
        EXPECT_EQ(a < b, exact(a) < exact(b));
        EXPECT_EQ(a == b, exact(a) == exact(b));
    }
    EXPECT_LT(Magnitude(), Magnitude(kSmallest));
    EXPECT_LT(Magnitude(kLargest), Magnitude::infinity());
    EXPECT_EQ(Magnitude::infinity(), Magnitude::infinity());
}

TEST_F(AMagnitude, becomes_a_double_that_is_not_below) {
    for (int i = 0; i < 20000; ++i) {
        const Magnitude a =
            Magnitude(drawn(0).mantissa(), static_cast<int>(random_() % 2300) - 1200);
        EXPECT_GE(Wide<100>(a.to_double()), exact(a));
    }
    EXPECT_EQ(Magnitude(kLargest).to_double(), kLargest);
    EXPECT_EQ(Magnitude(1.0, 1024).to_double(), std::numeric_limits<double>::infinity());
    EXPECT_EQ(Magnitude(1.0, -5000).to_double(), kSmallest);
    EXPECT_EQ(Magnitude().to_double(), 0.0);
}

TEST_F(AMagnitude, stays_an_upper_bound_at_the_ends_of_its_exponent_range) {
    const std::int64_t huge = std::int64_t{1} << 61;
    EXPECT_TRUE((Magnitude(1.0, huge) * Magnitude(1.0, huge)).is_infinite());
    EXPECT_TRUE((Magnitude(1.0, huge - 1) * Magnitude(1.0, huge - 1)).is_infinite());
    const Magnitude tiny = Magnitude(1.0, -huge) * Magnitude(1.0, -huge);
    EXPECT_FALSE(tiny.is_zero());
    EXPECT_GE(tiny, Magnitude(0.5, -huge));
    EXPECT_TRUE((Magnitude(1.0, huge) / Magnitude(1.0, -huge)).is_infinite());
    EXPECT_TRUE((Magnitude(1.0) / Magnitude()).is_infinite());
    EXPECT_TRUE(Magnitude(std::numeric_limits<double>::quiet_NaN()).is_infinite());
    EXPECT_TRUE((Magnitude::infinity() + Magnitude(1.0)).is_infinite());
    EXPECT_TRUE(shortened(Magnitude(1.0), Magnitude::infinity()).is_zero());
}

TEST_F(AMagnitude, bounds_the_exponential_from_above_for_every_double) {
    for (int i = 0; i < 5000; ++i) {
        const double size = std::ldexp(drawn(0).mantissa(), static_cast<int>(random_() % 100) - 60);
        for (const double x : {size, -size}) {
            const Magnitude upper = exponential(x, Magnitude());
            EXPECT_GE(exact(upper), exp(Wide<100>(x))) << x;
            // From 2^-10 of x on, the double's own rounding of x log2 e is what is left.
            if (size < 0x1p30) {
                EXPECT_LE(exact(upper), exp(Wide<100>(x)) * (1 + 0x1p-15)) << x;
            }
            EXPECT_GE(Wide<100>(exponential(x, 0.0)), exp(Wide<100>(x))) << x;
        }
    }
    EXPECT_TRUE(exponential(0x1p60, Magnitude()).is_infinite());
    EXPECT_FALSE(exponential(-kLargest, Magnitude()).is_zero());
}

TEST_F(AMagnitude, bounds_the_size_of_a_logarithm_from_above) {
    for (int i = 0; i < 20000; ++i) {
        const Magnitude a = drawn(0);
        EXPECT_GE(Wide<100>(logarithm_size(a)), abs(log(exact(a))));
    }
}

}  // namespace
