// What dual numbers must hold: tangents and their bounds agree with the oracle's differences for every
// function that a number has, comparisons are the values' own, zeros that move are no zeros.
#include "held_slopes.hpp"

#include <gradproof/scalar/dual.hpp>
#include <gradproof/scalar/running.hpp>

#include <cmath>
#include <limits>
#include <vector>

#include <gtest/gtest.h>

namespace {

using namespace gradproof;
using scalar::Dual;
using scalar::HeldSlopes;
using scalar::Running;

/// One evaluation an input, which moves alone, in `Dual<Running<T>>`.
struct ByForwardMode {
    template <class T>
    [[nodiscard]] static scalar::Budget budget_of(const scalar::Expression& expression,
                                                  const std::vector<double>& inputs) {
        using Number = Dual<Running<T>>;
        return scalar::budget_of(scalar::Ties::open, [&](scalar::Ledger& ledger) {
            scalar::Branch branch;
            for (std::size_t moving = 0; moving < inputs.size(); ++moving) {
                std::vector<Number> x;
                for (std::size_t i = 0; i < inputs.size(); ++i) {
                    x.emplace_back(Running<T>(static_cast<T>(inputs[i]), 0, &ledger),
                                   Running<T>(i == moving ? 1 : 0));
                }
                const auto values = scalar::evaluated(expression.steps, std::span<const Number>(x));
                const Number& y = values[expression.results[0]];
                branch.primal = {{static_cast<double>(y.value().value()), y.value().bound()}};
                branch.gradient.push_back(
                    {static_cast<double>(y.tangent().value()), y.tangent().bound()});
            }
            return branch;
        });
    }
};

TEST(ForwardMode, bounds_the_slope_of_every_function_of_one_operand) {
    HeldSlopes<ByForwardMode>().functions_of_one_operand();
}

TEST(ForwardMode, bounds_the_slopes_of_every_operation_on_two_operands) {
    HeldSlopes<ByForwardMode>().operations_on_two_operands();
}

TEST(ForwardMode, bounds_functions_of_functions) {
    HeldSlopes<ByForwardMode>().functions_of_functions();
}

TEST(ForwardMode, bounds_random_expressions) { HeldSlopes<ByForwardMode>().random_expressions(); }

TEST(ADual, compares_by_its_value) {
    const Dual<double> a(1.0, 5.0), b(1.0, -5.0), c(2.0, 0.0);
    EXPECT_TRUE(a == b && a <= b && a >= b && a < c && c > b && a != c);
    EXPECT_TRUE(precedes(a, c) && !precedes(a, b));
}

TEST(ADual, asks_the_ledger_of_its_values) {
    scalar::Ledger ledger;
    const Running<double> x(0, 0, &ledger), t(1, 0, &ledger);
    EXPECT_FALSE(Dual<Running<double>>(x, t) > Dual<Running<double>>(0));
    EXPECT_EQ(ledger.ties(), 1U);
}

TEST(ADual, is_exactly_zero_only_where_it_does_not_move) {
    EXPECT_TRUE(exactly_zero(Dual<double>(0)));
    EXPECT_FALSE(exactly_zero(Dual<double>(0.0, 1.0)));
    EXPECT_FALSE(exactly_zero(Dual<double>(1)));
}

TEST(ADual, that_does_not_move_meets_no_infinite_slope) {
    const Dual<double> zero(0.0), at_zero = sqrt(zero) * log(Dual<double>(2.0, 1.0));
    EXPECT_EQ(sqrt(zero).tangent(), 0);
    EXPECT_EQ(at_zero.tangent(), 0);
    EXPECT_EQ(pow(zero, Dual<double>(0.5)).tangent(), 0);
    EXPECT_EQ((zero / Dual<double>(std::numeric_limits<double>::min())).tangent(), 0);
}

TEST(ADual, has_an_infinite_slope_where_its_root_is_0_of_either_sign) {
    for (const double x : {0.0, -0.0}) {
        EXPECT_EQ(sqrt(Dual<double>(x, 1.0)).tangent(), std::numeric_limits<double>::infinity());
    }
}

TEST(ADual, that_is_detached_or_cut_to_a_whole_number_does_not_move) {
    EXPECT_EQ(detached(Dual<double>(3.5, 1.0)).tangent(), 0);
    EXPECT_EQ(floor(Dual<double>(3.5, 1.0)).tangent(), 0);
    EXPECT_EQ(floor(Dual<double>(3.5, 1.0)).value(), 3);
}

TEST(ADual, has_the_tangent_0_in_the_length_of_nothing) {
    EXPECT_EQ(hypot(Dual<double>(0.0, 3.0), Dual<double>(0.0, 4.0)).tangent(), 0);
    EXPECT_EQ(hypot(Dual<double>(3.0, 3.0), Dual<double>(4.0, 4.0)).tangent(), 5);
}

TEST(ADual, keeps_its_tails) {
    const auto slope = [](auto f, double x) { return f(Dual<double>(x, 1.0)).tangent(); };
    EXPECT_NEAR(slope([](auto x) { return tanh(x); }, 300) / (4 * std::exp(-600.0)), 1, 1e-15);
    EXPECT_NEAR(slope([](auto x) { return sigmoid(x); }, 700) / std::exp(-700.0), 1, 1e-15);
    EXPECT_NEAR(slope([](auto x) { return erf(x); }, 26) * std::exp(676.0), 1.1283791670955126,
                1e-12);
}

}  // namespace
