// A printed number is held against the oracle's within bounds, and slips of the pen are named.
#include <gtest/gtest.h>
#include <gradproof/claims/comparison.hpp>

namespace gradproof::claims {
namespace {

using oracle::Estimate;
using oracle::Real;

TEST(Comparison, a_number_within_the_bound_agrees_and_one_just_outside_is_refuted) {
    const Estimate truth{Real("0.42") + Real("1e-20"), Real("1.1e-20")};
    EXPECT_EQ(compare(exact("0.42"), truth), Outcome::agrees);
    EXPECT_EQ(compare(exact("0.4200000000000000000000000001"), truth), Outcome::agrees);
    EXPECT_EQ(compare(exact("0.42000000000000000003"), truth), Outcome::refuted);
    EXPECT_EQ(compare(exact("-0.42"), truth), Outcome::refuted);
}

TEST(Comparison, a_bound_that_would_let_anything_pass_decides_nothing) {
    EXPECT_EQ(compare(exact("0.42"), Estimate{Real("0.42"), Real("0.1")}), Outcome::undecided);
    EXPECT_EQ(compare(exact("0.42"), Estimate{Real("0.42"), Real("1e-11")}), Outcome::undecided);
    EXPECT_EQ(compare(exact("42000"), Estimate{Real("42000"), Real("1e-11")}), Outcome::agrees);
    EXPECT_EQ(compare(exact("-0.42"), Estimate{Real("0.42"), Real("0.1")}), Outcome::refuted);
}

TEST(Comparison, only_a_smooth_answer_has_an_estimate_and_the_others_say_why) {
    EXPECT_TRUE(estimate_in(oracle::Smooth{}).has_value());
    for (const oracle::Derivative& none :
         {oracle::Derivative(oracle::Nonsmooth{}), oracle::Derivative(oracle::InfiniteSlope{}),
          oracle::Derivative(oracle::OutsideDomain{}), oracle::Derivative(oracle::Unresolved{})}) {
        EXPECT_FALSE(estimate_in(none).has_value());
        EXPECT_NE(why_none(none), "");
    }
}

TEST(Comparison, slips_of_the_pen_have_names) {
    EXPECT_EQ(error_class(exact("-0.42"), exact("0.42")), "sign");
    EXPECT_EQ(error_class(exact("4.2"), exact("0.42")), "decimal point");
    EXPECT_EQ(error_class(exact("0.0042"), exact("0.42")), "decimal point");
    EXPECT_EQ(error_class(exact("0.57"), exact("0.75")), "digits swapped");
    EXPECT_EQ(error_class(exact("0.43"), exact("0.42")), "value");
    EXPECT_EQ(error_class(exact("0"), exact("0.42")), "value");
    EXPECT_EQ(error_class(exact("-4.2"), exact("0.42")), "value");
}

}  // namespace
}  // namespace gradproof::claims
