// What shortest decimals must hold: they read back, and have no digit too many.
#include <gradproof/generate/decimal.hpp>
#include <gradproof/generate/number.hpp>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

namespace gradproof::generate {
namespace {

RC_GTEST_PROP(Decimal, reads_back_as_the_same_number, ()) {
    for (const Precision precision : {Precision::binary64, Precision::binary32}) {
        const double x = *number({}, precision);
        const double back = nearest(shortest_decimal(x, precision), precision);
        RC_ASSERT(back == x);
        RC_ASSERT(std::signbit(back) == std::signbit(x));
    }
}

RC_GTEST_PROP(Decimal, with_a_digit_less_is_another_number, ()) {
    for (const Precision precision : {Precision::binary64, Precision::binary32}) {
        const double x = *number({}, precision);
        const Decimal decimal = shortest_decimal(x, precision);
        for (const bool away : {false, true}) {
            if (decimal.count() < 2) continue;
            const double fewer = nearest(cut(decimal, decimal.count() - 1, away), precision);
            // Beyond the largest number there is nothing to read but the largest number.
            RC_ASSERT(fewer != x || std::abs(x) == largest(precision));
        }
    }
}

TEST(Decimal, knows_its_digits_and_exponent) {
    const Decimal decimal = shortest_decimal(-0.0125, Precision::binary64);
    EXPECT_EQ(decimal, (Decimal{true, 125, -4}));
    EXPECT_EQ(decimal.count(), 3);
    EXPECT_EQ(decimal.exponent(), -2);
    EXPECT_EQ(shortest_decimal(400, Precision::binary64), (Decimal{false, 4, 2}));
    EXPECT_EQ(shortest_decimal(-0.0, Precision::binary64), (Decimal{true, 0, 0}));
    EXPECT_EQ(shortest_decimal(double{0.1F}, Precision::binary32), (Decimal{false, 1, -1}));
}

TEST(Decimal, is_dyadic_where_binary_fractions_end) {
    const auto of = [](double x) { return dyadic(shortest_decimal(x, Precision::binary64)); };
    for (const double x : {0.0, 0.5, -0.25, 0.375, 40.0, 12345.0, 1e15, 0x1p-20}) {
        EXPECT_TRUE(of(x)) << x;
    }
    for (const double x : {0.1, -0.3, 36.7, 1e-5, 1e300, 0x1p60}) EXPECT_FALSE(of(x)) << x;
}

TEST(Decimal, is_cut_toward_zero_or_away_from_it) {
    const Decimal decimal{true, 1995, -2};
    EXPECT_EQ(cut(decimal, 3, false), (Decimal{true, 199, -1}));
    EXPECT_EQ(cut(decimal, 3, true), (Decimal{true, 2, 1}));
    EXPECT_EQ(cut(decimal, 4, true), decimal);
}

TEST(Decimal, is_written_as_a_person_would) {
    EXPECT_EQ(text(-0.0), "-0");
    EXPECT_EQ(text(1e-5), "1e-05");
    EXPECT_EQ(text(36.7), "36.7");
    EXPECT_EQ(text(double{0.1F}, Precision::binary32), "0.1");
    EXPECT_EQ(text(double{0.1F}), "0.10000000149011612");
}

TEST(Decimal, out_of_range_reads_as_the_end_of_the_range) {
    EXPECT_EQ(nearest({true, 1, 400}, Precision::binary64), -largest(Precision::binary64));
    EXPECT_EQ(nearest({false, 1, 40}, Precision::binary32), largest(Precision::binary32));
    EXPECT_EQ(nearest({false, 1, -400}, Precision::binary64), 0);
}

}  // namespace
}  // namespace gradproof::generate
