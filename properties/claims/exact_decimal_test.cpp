// Printed decimals are exact: reading, arithmetic and writing lose nothing.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <gradproof/claims/exact_decimal.hpp>

#include <stdexcept>
#include <string>

namespace gradproof::claims {
namespace {

TEST(ExactDecimal, products_of_printed_decimals_are_exact_where_doubles_are_not) {
    EXPECT_EQ(exact("0.2") * exact("0.8"), exact("0.16"));
    EXPECT_EQ(2 * exact("0.3") * exact("0.7"), exact("0.42"));
    EXPECT_NE(0.2 * 0.8, 0.16);
}

TEST(ExactDecimal, leading_zeros_are_no_octal_numbers) {
    EXPECT_EQ(exact("010.010"), Exact(1001, 100));
    EXPECT_EQ(exact("0.0100"), Exact(1, 100));
    EXPECT_EQ(exact("-0"), Exact(0));
}

TEST(ExactDecimal, what_is_no_decimal_is_refused_with_what_was_given) {
    for (const std::string text :
         {"", "-", ".", ".5", "5.", "0,42", "1e3", " 1", "+1", "--1", "0x10"}) {
        try {
            (void)exact(text);
            ADD_FAILURE() << "\"" << text << "\" was read";
        } catch (const std::invalid_argument& error) {
            EXPECT_NE(std::string(error.what()).find("given \"" + text + "\", wanted a decimal"),
                      std::string::npos);
        }
    }
}

TEST(ExactDecimal, finite_decimals_are_written_as_such_and_others_as_fractions) {
    EXPECT_EQ(to_text(Exact(-21, 50)), "-0.42");
    EXPECT_EQ(to_text(Exact(-2)), "-2");
    EXPECT_EQ(to_text(Exact(1, 400)), "0.0025");
    EXPECT_EQ(to_text(Exact(3, 7)), "3/7");
    EXPECT_EQ(to_text(Exact(0)), "0");
}

RC_GTEST_PROP(ExactDecimal, a_written_decimal_reads_back_as_the_same_number,
              (std::int64_t n, bool far)) {
    const Exact number(n, far ? 1'000'000'000'000'000 : 1000);
    RC_ASSERT(exact(to_text(number)) == number);
}

RC_GTEST_PROP(ExactDecimal, an_estimate_of_a_decimal_is_within_its_bound, (std::int64_t n)) {
    const Exact number(n, 1'000'000'007);
    const oracle::Estimate near = estimate(number);
    using Wide = scalar::Wide<1000>;
    const Wide truth = Wide(n) / Wide(1'000'000'007);
    RC_ASSERT(abs(Wide(near.value) - truth) <= Wide(near.bound));
}

TEST(ExactDecimal, an_estimate_shows_no_digits_that_its_bound_does_not_support) {
    EXPECT_EQ(to_text(oracle::Estimate{oracle::Real("0.42"), oracle::Real("3e-5")}, 20),
              "0.4200 (error below 1e-4)");
    EXPECT_EQ(to_text(oracle::Estimate{oracle::Real("-2"), oracle::Real("1e-40")}, 3),
              "-2.000 (error below 1e-40)");
    EXPECT_EQ(to_text(oracle::Estimate{}, 20), "0 (exactly)");
    EXPECT_EQ(to_text(oracle::Real("-0.00001"), 2), "0.00");
    EXPECT_EQ(to_text(oracle::Real("0.99999999999999999999"), 0), "1");
    EXPECT_EQ(to_text(oracle::Real("-0.4"), 0), "0");
    EXPECT_EQ(to_text(oracle::Estimate{oracle::Real("-1234.5"), oracle::Real("3")}, 5),
              "-1235 (error below 1e1)");
}

}  // namespace
}  // namespace gradproof::claims
