// What the budget for other groupings must hold: sums in any order and products in two operations
// stay within it, which `Running` alone does not give; and nothing is widened that has one order.
#include "drawn_numbers.hpp"

#include <gradproof/scalar/regrouped.hpp>
#include <gradproof/scalar/wide.hpp>

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

#include <gtest/gtest.h>

namespace {

using namespace gradproof::scalar;
using Exact = Wide<300>;
using Terms = std::vector<double>;

template <class Number>
[[nodiscard]] Number summed(const Terms& terms) {
    Number sum = 0;
    for (const double t : terms) sum = sum + Number(t);
    return sum;
}
[[nodiscard]] double error_of(double sum, const Terms& terms) {
    return Exact(abs(Exact(sum) - summed<Exact>(terms))).convert_to<double>();
}
/// Neighbours are added first, then their sums, and so on.
[[nodiscard]] double summed_pairwise(Terms terms) {
    while (terms.size() > 1) {
        Terms halved;
        for (std::size_t i = 0; i < terms.size(); i += 2) {
            halved.push_back(i + 1 < terms.size() ? terms[i] + terms[i + 1] : terms[i]);
        }
        terms = std::move(halved);
    }
    return terms.front();
}

TEST(ASumInAnotherOrder, exceeds_the_bound_of_the_reference_order_alone) {
    const Terms terms{1, -1, 3e-17};
    Terms reversed = terms;
    std::reverse(reversed.begin(), reversed.end());
    const double error = error_of(summed<double>(reversed), terms);
    EXPECT_GT(error, 1e10 * summed<Running<double>>(terms).bound());
    EXPECT_LE(error, summed<Regrouped<double>>(terms).bound());
}

TEST(ASumInAnotherOrder, stays_within_the_regrouped_bound) {
    DrawnNumbers drawn(1);
    std::mt19937_64 random(2);
    double largest_share = 0;
    int beyond_reference = 0;
    for (int round = 0; round < 20000; ++round) {
        Terms terms(2 + drawn.below(9));
        for (double& t : terms) {
            t = drawn.uniform(-1, 1) * std::exp2(std::floor(drawn.uniform(-30, 30)));
        }
        // Half of the sums cancel: the last term is near to minus the others.
        if (round % 2 == 0) {
            terms.back() = 0;
            terms.back() = -summed<double>(terms) * (1 + 1e-14);
        }
        const double bound = summed<Regrouped<double>>(terms).bound();
        const double of_reference = summed<Running<double>>(terms).bound();
        Terms other = terms;
        for (int order = 0; order < 4; ++order) {
            std::shuffle(other.begin(), other.end(), random);
            for (const double sum : {summed<double>(other), summed_pairwise(other)}) {
                const double error = error_of(sum, terms);
                ASSERT_LE(error, bound) << "in round " << round;
                if (bound > 0) largest_share = std::max(largest_share, error / bound);
                if (error > of_reference) ++beyond_reference;
            }
        }
    }
    EXPECT_GT(largest_share, 0.3) << "the bound is larger than it needs to be";
    EXPECT_GT(beyond_reference, 100) << "these orders do not show that the wider bound is needed";
}

TEST(ADifference, has_one_order_and_costs_one_rounding) {
    const Regrouped<double> difference = Regrouped<double>(1.1) - Regrouped<double>(1.0);
    EXPECT_LE(difference.bound(), 1.01 * 0x1p-53 * difference.value());
}

TEST(AProductOrQuotient, may_take_two_operations) {
    DrawnNumbers drawn(3);
    int beyond_reference = 0;
    for (int round = 0; round < 20000; ++round) {
        const double a = drawn.uniform(1, 2), b = drawn.uniform(1, 2);
        const double by_reciprocal = a * (1 / b);
        const Exact exact = Exact(a) / Exact(b);
        const auto error = Exact(abs(Exact(by_reciprocal) - exact)).convert_to<double>();
        ASSERT_LE(error, (Regrouped<double>(a) / Regrouped<double>(b)).bound());
        if (error > (Running<double>(a) / Running<double>(b)).bound()) ++beyond_reference;
    }
    EXPECT_GT(beyond_reference, 100);
}

TEST(AProduct, may_underflow_on_its_way_in_another_order) {
    // (0.1 * 1e-308) * 5e155 loses the digits that 0.1 * (1e-308 * 5e155) keeps.
    const Regrouped<double> a = 0.1, b = 1e-308, c = 5e155;
    const Exact exact = Exact(0.1) * Exact(1e-308) * Exact(5e155);
    const volatile double partial = 0.1 * 1e-308;
    const auto error = Exact(abs(Exact(partial * 5e155) - exact)).convert_to<double>();
    EXPECT_GT(
        error,
        5 * (Running<double>(0.1) * (Running<double>(1e-308) * Running<double>(5e155))).bound());
    EXPECT_LE(error, (a * (b * c)).bound());
    EXPECT_LE((a * (b * Regrouped<double>(2e300))).bound(), 1e-13);
    // A quotient may go by the reciprocal, which may underflow too.
    const volatile double reciprocal = 1 / 1.7e308;
    const auto off =
        Exact(abs(Exact(1e300 * reciprocal) - Exact(1e300) / Exact(1.7e308))).convert_to<double>();
    EXPECT_LE(off, (Regrouped<double>(1e300) / Regrouped<double>(1.7e308)).bound());
    EXPECT_TRUE(std::isinf(
        (Regrouped<double>(1e300) * (Regrouped<double>(1e-300) * Regrouped<double>(1e30)))
            .bound()));
}

TEST(AZero, times_what_overflows_in_another_order_is_not_known_to_be_zero) {
    const Regrouped<double> large = 1e300, zero = 0;
    EXPECT_EQ((large * (zero * Regrouped<double>(3))).bound(), 0);
    EXPECT_TRUE(std::isinf((large * (zero * large)).bound()));
    EXPECT_TRUE(
        std::isinf(((large + Regrouped<double>(1.7e308)) - Regrouped<double>(1.7e308)).bound()));
}

TEST(WhatIsNotExact, may_be_off_by_what_the_catalogue_promises) {
    const Regrouped<double> one = 1;
    EXPECT_EQ(as_accurate_as_promised(one).bound(), 0);
    const Regrouped<double> close = one - Regrouped<double>(0x1p-60);
    EXPECT_LE(close.bound(), 1.01 * 0x1p-53);
    EXPECT_GE(as_accurate_as_promised(close).bound(), 8 * 0x1p-53);
    EXPECT_LE(as_accurate_as_promised(close).bound(), 8.01 * 0x1p-53);
    const Regrouped<double> loose = Running<double>(1, 1e-3);
    EXPECT_EQ(as_accurate_as_promised(loose).bound(), 1e-3);
}

TEST(ExactOperations, stay_free) {
    const Regrouped<double> x = 0.1, one = 1, zero = 0;
    for (const auto& exact :
         {x * one, x / one, x + zero, zero + x, -x, x * zero, x * Regrouped<double>(-1)}) {
        EXPECT_EQ(exact.bound(), 0);
    }
}

TEST(ASum, that_is_negated_or_multiplied_by_one_stays_a_sum) {
    const Terms terms{1, -1, 3e-17};
    const auto sum = summed<Regrouped<double>>(terms);
    const Regrouped<double> more = Regrouped<double>(-1) * (-sum) + Regrouped<double>(1e-17);
    EXPECT_GE(more.bound(),
              2 * 0x1p-53 * 2);  // two additions before the last, terms of size 2 in all
}

TEST(ASumOfTooManyTerms, has_no_finite_bound_and_no_overflow) {
    Regrouped<double> sum = 1;
    for (int i = 0; i < 2000; ++i) sum = sum + sum;
    EXPECT_TRUE(std::isinf(sum.bound()));
}

TEST(ASlope, may_be_off_by_eight_units_of_itself_and_of_its_operand) {
    // 1/sqrt(1 - x x) near 1 loses what 1 - x x cancels, (1 - x)(1 + x) does not: both are slopes of asin.
    const double x = 1 - 0x1p-30;
    const auto slope = slope_by_any_formula(
        Running<double>(x), [](const auto& v) { return 1 / sqrt((1 - v) * (1 + v)); });
    const Exact exact = 1 / sqrt(1 - Exact(x) * Exact(x));
    for (const double given : {1 / std::sqrt(1 - x * x), 1 / std::sqrt((1 - x) * (1 + x))}) {
        EXPECT_LE(Exact(abs(Exact(given) - exact)).convert_to<double>(), slope.bound());
    }
    EXPECT_LT(slope.bound(), 1e-5 * slope.value());
}

}  // namespace
