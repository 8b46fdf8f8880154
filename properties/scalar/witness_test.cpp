// What a witness must hold: its bound is proven (50 digits against 1000), exact ties are decided and
// open ones refused, and it knows whether it depends on the input.
#include "../drawn_cases.hpp"
#include "drawn_numbers.hpp"
#include "expression.hpp"

#include <gradproof/scalar/witness.hpp>

#include <array>
#include <cmath>
#include <vector>

#include <gtest/gtest.h>

namespace {

using namespace gradproof::scalar;
using gradproof::testing::wanted_cases;
using gradproof::testing::wanted_seed;
using Low = Witness<50>;
using High = Witness<1000>;

[[nodiscard]] Wide<1000> exact(const Magnitude& a) {
    Wide<1000> result(a.mantissa());
    mpfr_mul_2si(result.backend().data(), result.backend().data(), a.exponent(), MPFR_RNDU);
    return result;
}
/// The error of 50 digits as a share of its bound, as far as 1000 digits can tell.
[[nodiscard]] double share_of_bound(const Low& low, const High& high) {
    const Wide<1000> error = abs(Wide<1000>(low.value()) - high.value()) - exact(high.bound());
    if (error <= 0) return 0;
    return Wide<1000>(error / exact(low.bound())).convert_to<double>();
}

enum class Outcome { value, left_domain, undecided, left_range };

template <class W>
[[nodiscard]] Outcome apply_to(std::vector<W>& values, const Step& step,
                               const std::array<double, 2>& inputs) {
    try {
        if (step.op == Op::input) {
            values.emplace_back(inputs.at(step.left));
        } else if (step.op == Op::constant) {
            values.emplace_back(step.constant);
        } else {
            values.push_back(applied(step.op, values[step.left], values[step.right]));
        }
        return Outcome::value;
    } catch (const LeftDomain&) {
        return Outcome::left_domain;
    } catch (const UndecidedComparison&) {
        return Outcome::undecided;
    } catch (const LeftRange&) {
        return Outcome::left_range;
    }
}

class TheWitness : public testing::Test {
protected:
    TheWitness() { open_exponent_range(); }

    /// Follows both evaluations as long as both have a value; returns the largest share of a bound.
    double largest_share(const Steps& steps, const std::array<double, 2>& inputs) {
        std::vector<Low> low;
        std::vector<High> high;
        double largest = 0;
        for (const Step& step : steps) {
            const Outcome in_low = apply_to(low, step, inputs),
                          in_high = apply_to(high, step, inputs);
            // What 50 digits say of the domain is proven; what they leave open says nothing.
            if (in_low == Outcome::left_domain || in_low == Outcome::value) {
                EXPECT_TRUE(in_high == in_low || in_high == Outcome::left_range)
                    << "operation " << static_cast<int>(step.op) << " at " << inputs[0] << ", "
                    << inputs[1];
            }
            if (in_low != Outcome::value || in_high != Outcome::value) break;
            const double share = share_of_bound(low.back(), high.back());
            EXPECT_LE(share, 1) << "operation " << static_cast<int>(step.op) << " at " << inputs[0]
                                << ", " << inputs[1] << ": " << low.back().value();
            largest = std::max(largest, share);
            ++judged_;
        }
        return largest;
    }

    DrawnNumbers drawn_{wanted_seed()};
    std::size_t judged_ = 0;
};

TEST_F(TheWitness, bounds_every_operation_with_and_without_inherited_error) {
    for (auto op = static_cast<std::size_t>(kFirstBinary); op < static_cast<std::size_t>(Op::step);
         ++op) {
        double largest = 0;
        for (std::size_t i = 0; i < wanted_cases(); ++i) {
            const std::array inputs{drawn_.number<double>(), drawn_.number<double>()};
            // (x + c) - c leaves an error of 2^-168 c in x, up to one of x's own size; scaled by 1/3 it
            // is no longer a round number.
            const double share = std::exp2(drawn_.uniform(40, 169));
            const double c =
                drawn_.below(4) == 0 ? 0 : std::min(std::abs(inputs[0]) * share, 1e300) / 3;
            const double d =
                drawn_.below(2) == 0 ? 0 : std::min(std::abs(inputs[1]) * share, 1e300) / 7;
            const Steps steps{
                {Op::input, 0, 0, 0},    {Op::input, 1, 0, 0},    {Op::constant, 0, 0, c},
                {Op::constant, 0, 0, d}, {Op::add, 0, 2, 0},      {Op::subtract, 4, 2, 0},
                {Op::add, 1, 3, 0},      {Op::subtract, 6, 3, 0}, {static_cast<Op>(op), 5, 7, 0}};
            largest = std::max(largest, largest_share(steps, inputs));
        }
        EXPECT_GT(largest, 0.5) << "operation " << op << " never needs its bound";
    }
    EXPECT_GT(judged_, 200 * wanted_cases());
}

TEST_F(TheWitness, bounds_random_expressions) {
    const std::size_t draws = 3 * wanted_cases(), length = 14;
    for (std::size_t i = 0; i < draws; ++i) {
        Steps steps{{Op::input, 0, 0, 0},
                    {Op::input, 1, 0, 0},
                    {Op::constant, 0, 0, drawn_.uniform(-3, 3)}};
        while (steps.size() < length) {
            const std::size_t kinds =
                drawn_.below(2) == 0 ? 4 : static_cast<std::size_t>(Op::step) + 1 - 2;
            steps.push_back({static_cast<Op>(2 + drawn_.below(kinds)), drawn_.below(steps.size()),
                             drawn_.below(steps.size()), 0});
        }
        static_cast<void>(largest_share(steps, {drawn_.number<double>(), drawn_.number<double>()}));
    }
    EXPECT_GT(judged_, 5 * draws);
}

TEST_F(TheWitness, has_the_sigmoid_and_softplus_of_the_textbook_in_both_tails) {
    for (const double x : {0.0, 1.5, -1.5, 36.0, -36.0, 745.0, -745.0, 1e5, -1e5}) {
        const Low s = sigmoid(Low(x)), p = softplus(Low(x));
        EXPECT_LE(abs(Wide<1000>(s.value()) - 1 / (1 + exp(-Wide<1000>(x)))), exact(s.bound()))
            << x;
        if (std::abs(x) < 1000) {
            EXPECT_LE(abs(Wide<1000>(p.value()) - log(1 + exp(Wide<1000>(x)))), exact(p.bound()))
                << x;
        }
        EXPECT_LE(exact(s.bound()), exact(Low::size(s.value())) * Wide<1000>(0x1p-160));
        EXPECT_LE(exact(p.bound()), exact(Low::size(p.value())) * Wide<1000>(0x1p-160));
    }
}

TEST_F(TheWitness, has_the_error_function_next_to_the_root_of_3_where_that_of_mpfr_aborts) {
    const High root = sqrt(High(3.0));
    const Wide<1000> slope =
        2 / sqrt(boost::math::constants::pi<Wide<1000>>()) * exp(-root.value() * root.value());
    for (const double sign : {1.0, -1.0}) {
        const High x = root * High(sign);
        // The mean value theorem against a neighbour further than 2^-900 away: erf'' = -2 x erf'.
        const Wide<1000> step = ldexp(Wide<1000>(1), -500);
        const High neighbour(Wide<1000>(x.value() + step), nullptr, false);
        const Wide<1000> first_two = slope * step * (1 - x.value() * step);
        EXPECT_LT(abs(erf(neighbour).value() - erf(x).value() - first_two),
                  ldexp(Wide<1000>(1), -1490));
        EXPECT_LT(abs(erfc(neighbour).value() - erfc(x).value() + first_two),
                  ldexp(Wide<1000>(1), -1490));
        EXPECT_LE(abs(erf(x).value() + erfc(x).value() - 1),
                  exact(erf(x).bound() + erfc(x).bound()));
        EXPECT_LE(exact(erf(x).bound()), ldexp(Wide<1000>(1), -3300));
    }
}

TEST_F(TheWitness, keeps_exact_operations_free_of_error) {
    const Low x(0.1), y(3.0);
    EXPECT_TRUE(((x + y) * x - y).bound().is_zero());
    EXPECT_TRUE(sqrt(Low(2.25)).bound().is_zero());
    EXPECT_TRUE((Low(1.0) / Low(1024.0)).bound().is_zero());
    EXPECT_FALSE((Low(1.0) / y).bound().is_zero());
    EXPECT_FALSE(exp(x).bound().is_zero());
}

TEST_F(TheWitness, decides_exact_ties_and_refuses_those_within_rounding) {
    Trace<50> trace;
    const Low x(Wide<50>(0.25), &trace, true), one(1.0), third = one / Low(3.0);
    EXPECT_TRUE(x == Low(0.25));
    EXPECT_TRUE(trace.tied);
    trace.clear();
    EXPECT_TRUE(x < third);
    EXPECT_FALSE(trace.tied);
    EXPECT_EQ(trace.events.size(), 1U);
    EXPECT_THROW(static_cast<void>(third * Low(3.0) < one), UndecidedComparison);
    EXPECT_THROW(static_cast<void>(one / (third * Low(3.0) - one)), UndecidedComparison);
    EXPECT_THROW(static_cast<void>(log(third * Low(3.0) - one)), UndecidedComparison);
    EXPECT_TRUE(Low(0.5) == Low(0.5));
    trace.clear();
    EXPECT_TRUE(one == Low(1.0));
    EXPECT_FALSE(trace.tied) << "a tie between constants is none of the input's";
}

TEST_F(TheWitness, knows_a_number_computed_twice_alike_and_none_that_only_looks_the_same) {
    const Low x(1.5), other(1.5), y(0.3);
    EXPECT_TRUE(tanh(x) == tanh(other));
    EXPECT_TRUE(tanh(x) / exp(y) + log(x) == log(other) + tanh(other) / exp(y));
    EXPECT_TRUE((exp(x) - exp(other)).bound().is_zero());
    EXPECT_TRUE(exp(x) / (Low(0.0) + exp(other)) == Low(1.0));
    EXPECT_TRUE(sigmoid(Low(0.0)) == Low(0.5));
    EXPECT_TRUE(pow(x, y) <= pow(other, y));
    // To 50 digits these are the same.
    EXPECT_THROW(static_cast<void>(sinh(Low(1000.0)) < cosh(Low(1000.0))), UndecidedComparison);
    EXPECT_THROW(static_cast<void>(exp(x) < -(-exp(x))), UndecidedComparison);
    Wide<50> next(1.5);
    mpfr_nextabove(next.backend().data());
    EXPECT_THROW(static_cast<void>(exp(Low(next, nullptr, false)) == exp(x)), UndecidedComparison)
        << "all digits count";
}

TEST_F(TheWitness, ties_where_equal_inputs_go_through_the_same_function) {
    Trace<50> trace;
    const Low moved(Wide<50>(1.5), &trace, true), still(1.5);
    EXPECT_FALSE(tanh(moved) < tanh(still));
    EXPECT_TRUE(trace.tied);
}

TEST_F(TheWitness, leaves_the_domain_where_the_function_is_not_defined) {
    for (const Op op : {Op::log, Op::sqrt, Op::acosh, Op::asin, Op::acos, Op::atanh, Op::log1p}) {
        EXPECT_THROW(static_cast<void>(applied(op, Low(-2.0), Low(0.0))), LeftDomain);
    }
    EXPECT_THROW(static_cast<void>(Low(1.0) / Low(0.0)), LeftDomain);
    EXPECT_THROW(static_cast<void>(pow(Low(0.0), Low(-1.0))), LeftDomain);
    EXPECT_THROW(static_cast<void>(pow(Low(-1.0), Low(0.5))), LeftDomain);
    EXPECT_THROW(static_cast<void>(atanh(Low(1.0))), LeftDomain);
    EXPECT_EQ(pow(Low(-2.0), Low(3.0)).value(), -8);
    EXPECT_EQ(asin(Low(0.0)).value(), 0);
    EXPECT_THROW(static_cast<void>(exp(exp(Low(1000.0)))), LeftRange);
}

TEST_F(TheWitness, refuses_angles_that_no_memory_could_reduce) {
    const Low huge = exp(exp(Low(30.0)));
    for (const Op op : {Op::sin, Op::cos, Op::tan}) {
        EXPECT_THROW(static_cast<void>(applied(op, huge, huge)), LeftRange);
    }
    EXPECT_EQ(atan(huge).value(), atan(Wide<50>(huge.value())));
    EXPECT_LE(abs(sin(Low(0x1p1023)).value()), 1);
}

TEST_F(TheWitness, stays_a_bound_where_even_its_own_range_underflows) {
    const Low lost = exp(Low(-1e300));
    EXPECT_EQ(lost.value(), 0);
    EXPECT_FALSE(lost.bound().is_zero());
    EXPECT_LT(lost.bound(), Magnitude(1.0, -(std::int64_t{1} << 59)));
    EXPECT_FALSE(exactly_zero(lost));
    EXPECT_THROW(static_cast<void>(log(lost)), UndecidedComparison);
}

TEST_F(TheWitness, knows_whether_it_depends_on_the_input) {
    Trace<50> trace;
    const Low x(Wide<50>(1.0), &trace, true), other(Wide<50>(1.0), &trace, false);
    EXPECT_FALSE((other + Low(2.0)).dependent());
    EXPECT_TRUE((x + other).dependent());
    EXPECT_TRUE((x * (x - Low(1.0))).dependent()) << "a zero that itself depends on the input";
    EXPECT_FALSE((x * (other - Low(1.0))).dependent());
    EXPECT_FALSE(((other - Low(1.0)) / x).dependent());
    EXPECT_FALSE(detached(x).dependent());
    EXPECT_TRUE(max(x, Low(0.0)).dependent());
    EXPECT_FALSE(max(x, Low(2.0)).dependent());
}

TEST_F(TheWitness, that_selects_by_an_exact_zero_of_the_input_is_tied_there) {
    Trace<50> trace;
    const Low x(Wide<50>(0.0), &trace, true);
    EXPECT_TRUE(exactly_zero(x));
    EXPECT_TRUE(trace.tied) << "else x = 0 ? 0 : 3 x would count as constant at 0";
    trace.clear();
    EXPECT_FALSE(exactly_zero(x + Low(1.0)));
    EXPECT_FALSE(trace.tied);
}

}  // namespace
