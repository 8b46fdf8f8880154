// What the tape must hold: value and bound of every entry agree with the oracle's differences, for
// every function that a number has; the bound is small; comparisons are counted; cost is linear.
#include "../oracle/expression_callable.hpp"
#include "drawn_numbers.hpp"
#include "expression.hpp"

#include <gradproof/scalar/taped.hpp>

#include <array>
#include <cmath>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <gtest/gtest.h>

namespace {

using namespace gradproof;
using scalar::Budget;
using scalar::DrawnNumbers;
using scalar::Expression;
using scalar::Op;
using scalar::Tape;
using scalar::Taped;
using scalar::Term;
using Terms = std::vector<Term>;

template <class T>
[[nodiscard]] Budget budget_of(const Expression& expression, const std::vector<double>& inputs) {
    return scalar::budget_of(scalar::Ties::open, [&](scalar::Ledger& ledger) {
        Tape<T> tape(ledger);
        std::vector<Taped<T>> x, y;
        for (const double v : inputs) x.push_back(tape.input(static_cast<T>(v)));
        const auto values = scalar::evaluated(expression.steps, std::span<const Taped<T>>(x));
        for (const std::size_t place : expression.results) y.push_back(values[place]);
        return tape.swept(y, std::vector<T>{1});
    });
}
/// In double.
[[nodiscard]] Budget budget_of(const oracle::Written& write, const std::vector<double>& inputs) {
    return budget_of<double>(scalar::expression(inputs.size(), write), inputs);
}

/// Counts of entries that the tape was held against the oracle at.
struct Held {
    int entries = 0;
    int sharp = 0;
};

/// Holds the tape's gradient at `inputs` against the oracle's.
template <class T>
void hold(Held& held, const std::string& name, const Expression& expression,
          const std::vector<double>& inputs) {
    const auto function = oracle::callable_of(expression);
    const Budget budget = budget_of<T>(expression, inputs);
    const std::vector<double> u{1};
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        const scalar::Allowance& g = budget.gradient[i];
        if (!std::isfinite(g.bound) || budget.undetermined > 0) continue;
        const auto truth = oracle::derivative({*function, inputs, u}, i, g.bound);
        const auto* smooth = std::get_if<oracle::Smooth>(&truth);
        if (smooth == nullptr) continue;
        ++held.entries;
        const oracle::Real gap = abs(oracle::Real(g.reference) - smooth->slope.value);
        EXPECT_LE(gap, oracle::Real(g.bound) + smooth->slope.bound)
            << name << " at " << inputs[0] << ", entry " << i << ": " << g.reference << " +- "
            << g.bound << ", the oracle has " << smooth->slope.value.str(17);
        if (g.bound <= 100 * scalar::rounding::unit_roundoff<T> * std::abs(g.reference))
            ++held.sharp;
    }
}

/// Through memory: vectorizing two such roundings at once, GCC 12 leaves both out.
[[nodiscard]] double in_binary32(double x) {
    const volatile float rounded = static_cast<float>(x);
    return static_cast<double>(rounded);
}

/// Draws from all magnitudes and from [-2, 2].
void hold_everywhere(const std::string& name, const oracle::Written& write, std::size_t inputs,
                     int least_sharp) {
    const Expression expression = scalar::expression(inputs, write);
    DrawnNumbers drawn(7);
    Held in_double, in_float;
    for (int round = 0; round < 60; ++round) {
        std::vector<double> x(inputs), narrow(inputs);
        for (std::size_t i = 0; i < inputs; ++i) {
            x[i] = round % 2 == 0 ? drawn.uniform(-2, 2) : drawn.number<double>();
            narrow[i] =
                round % 2 == 0 ? in_binary32(x[i]) : static_cast<double>(drawn.number<float>());
        }
        hold<double>(in_double, name, expression, x);
        hold<float>(in_float, name, expression, narrow);
    }
    EXPECT_GE(in_double.sharp, least_sharp) << name << ": of " << in_double.entries;
    EXPECT_GE(in_float.sharp, least_sharp) << name << ": of " << in_float.entries;
}

TEST(TheTape, bounds_the_slope_of_every_function_of_one_operand) {
    // clang-format off
    hold_everywhere("exp", [](const Terms& x) { return exp(x[0]); }, 1, 20);
    hold_everywhere("expm1", [](const Terms& x) { return expm1(x[0]); }, 1, 20);
    hold_everywhere("log", [](const Terms& x) { return log(x[0]); }, 1, 8);
    hold_everywhere("log1p", [](const Terms& x) { return log1p(x[0]); }, 1, 8);
    hold_everywhere("sqrt", [](const Terms& x) { return sqrt(x[0]); }, 1, 8);
    hold_everywhere("cbrt", [](const Terms& x) { return cbrt(x[0]); }, 1, 20);
    hold_everywhere("sin", [](const Terms& x) { return sin(x[0]); }, 1, 20);
    hold_everywhere("cos", [](const Terms& x) { return cos(x[0]); }, 1, 15);
    hold_everywhere("tan", [](const Terms& x) { return tan(x[0]); }, 1, 20);
    hold_everywhere("asin", [](const Terms& x) { return asin(x[0]); }, 1, 8);
    hold_everywhere("acos", [](const Terms& x) { return acos(x[0]); }, 1, 8);
    hold_everywhere("atan", [](const Terms& x) { return atan(x[0]); }, 1, 20);
    hold_everywhere("sinh", [](const Terms& x) { return sinh(x[0]); }, 1, 20);
    hold_everywhere("cosh", [](const Terms& x) { return cosh(x[0]); }, 1, 20);
    hold_everywhere("tanh", [](const Terms& x) { return tanh(x[0]); }, 1, 20);
    hold_everywhere("asinh", [](const Terms& x) { return asinh(x[0]); }, 1, 20);
    hold_everywhere("acosh", [](const Terms& x) { return acosh(x[0]); }, 1, 5);
    hold_everywhere("atanh", [](const Terms& x) { return atanh(x[0]); }, 1, 8);
    hold_everywhere("erf", [](const Terms& x) { return erf(x[0]); }, 1, 20);
    hold_everywhere("erfc", [](const Terms& x) { return erfc(x[0]); }, 1, 20);
    hold_everywhere("sigmoid", [](const Terms& x) { return sigmoid(x[0]); }, 1, 20);
    hold_everywhere("softplus", [](const Terms& x) { return softplus(x[0]); }, 1, 20);
    // clang-format on
}

TEST(TheTape, bounds_the_slopes_of_every_operation_on_two_operands) {
    hold_everywhere(
        "sums", [](const Terms& x) { return x[0] + x[1] - 3 * x[0] + (-x[1]); }, 2, 40);
    hold_everywhere(
        "product", [](const Terms& x) { return x[0] * x[1] * x[0]; }, 2, 40);
    hold_everywhere(
        "quotient", [](const Terms& x) { return x[0] / x[1] + 2 / x[0]; }, 2, 30);
    hold_everywhere(
        "pow", [](const Terms& x) { return pow(x[0], x[1]); }, 2, 15);
    hold_everywhere(
        "cube", [](const Terms& x) { return pow(x[0], 3) + pow(x[0], 0); }, 1, 20);
    hold_everywhere(
        "hypot", [](const Terms& x) { return hypot(x[0], x[1]); }, 2, 40);
    hold_everywhere(
        "max and min", [](const Terms& x) { return max(x[0], 2 * x[1]) * min(x[0], x[1]); }, 2, 30);
    hold_everywhere(
        "abs", [](const Terms& x) { return abs(x[0]) * x[1]; }, 2, 30);
}

TEST(TheTape, bounds_functions_of_functions) {
    hold_everywhere(
        "log-sum-exp", [](const Terms& x) { return log(exp(x[0]) + exp(x[1]) + exp(x[2])); }, 3,
        40);
    hold_everywhere(
        "normalized", [](const Terms& x) { return x[0] / sqrt(x[0] * x[0] + x[1] * x[1]); }, 2, 20);
    hold_everywhere(
        "cancelling",
        [](const Terms& x) { return (x[0] - x[1]) * (x[0] + x[1]) / (1 + x[0] * x[0]); }, 2, 10);
}

TEST(TheTape, bounds_random_expressions) {
    DrawnNumbers drawn(11);
    Held in_double, in_float;
    for (int round = 0; round < 1500; ++round) {
        Expression expression{{{Op::input, 0, 0, 0},
                               {Op::input, 1, 0, 0},
                               {Op::constant, 0, 0, drawn.uniform(-3, 3)}},
                              2,
                              {}};
        const std::size_t length = 4 + drawn.below(8);
        while (expression.steps.size() < length) {
            // One in two adds or multiplies, so that sums grow and nodes are used again.
            const auto first = static_cast<std::size_t>(scalar::kFirstBinary);
            const std::size_t kinds = static_cast<std::size_t>(Op::relu) + 1 - first;
            const Op op = drawn.below(2) == 0
                              ? std::array{Op::add, Op::subtract, Op::multiply}.at(drawn.below(3))
                              : static_cast<Op>(first + drawn.below(kinds));
            const std::size_t before = expression.steps.size();
            expression.steps.push_back({op, drawn.below(before), drawn.below(before), 0});
        }
        expression.results = {length - 1};
        const double a = drawn.uniform(-2, 2), b = drawn.uniform(-2, 2);
        hold<double>(in_double, "round " + std::to_string(round), expression, {a, b});
        hold<float>(in_float, "round " + std::to_string(round), expression,
                    {in_binary32(a), in_binary32(b)});
    }
    EXPECT_GT(in_double.sharp, in_double.entries / 2);
    EXPECT_GT(in_double.entries, 1000);
}

TEST(ATie, takes_the_branch_that_is_written) {
    const auto relu_of = [](const Terms& x) { return relu(x[0]); };
    EXPECT_EQ(budget_of(relu_of, {0}).gradient[0].reference, 0);
    EXPECT_EQ(budget_of(relu_of, {2}).gradient[0].reference, 1);
}

TEST(AComparison, within_rounding_is_counted) {
    const auto close = [](const Terms& x) { return relu(x[0] + x[1] - 0.30000000000000004); };
    EXPECT_EQ(budget_of(close, {0.1, 0.2}).undetermined, 1U);
    EXPECT_EQ(budget_of(close, {0.1, 0.3}).undetermined, 0U);
}

TEST(AChainOfSixtyDoublings, has_a_small_bound) {
    const auto doubled = [](const Terms& x) {
        Term y = x[0];
        for (int i = 0; i < 60; ++i) y = y + y;
        return y;
    };
    const Budget budget = budget_of(doubled, {1});
    EXPECT_EQ(budget.gradient[0].reference, 0x1p60);
    EXPECT_LE(budget.gradient[0].bound, 0x1p60 * 1e-13);
}

TEST(ALongEvaluation, is_swept_without_recursion) {
    const auto walked = [](const Terms& x) {
        Term y = x[0];
        for (int i = 0; i < 200000; ++i) y = y * 1.0000001;
        return y;
    };
    EXPECT_NEAR(budget_of(walked, {1}).gradient[0].reference, std::exp(0.02), 1e-6);
}

TEST(ASlopeOfZero, is_not_known_to_be_zero_where_another_order_overflows) {
    // d^2/s at d = 0 has the slope -d^2/s^2, which is 0/0 where s^2 underflows.
    const auto quotient = [](const Terms& x) { return x[0] * x[0] / x[1]; };
    EXPECT_TRUE(std::isinf(budget_of(quotient, {0, 1e-200}).gradient[1].bound));
    EXPECT_EQ(budget_of(quotient, {0, 1e-100}).gradient[1].bound, 0);
}

TEST(AZeroCotangent, gives_zero_by_selection) {
    scalar::Ledger ledger;
    Tape<double> tape(ledger);
    const Taped<double> x = tape.input(0.0);
    const std::vector<Taped<double>> y{sqrt(x), x};
    const scalar::Branch swept = tape.swept(y, std::vector<double>{0, 1});
    EXPECT_EQ(swept.gradient[0].reference, 1);
    EXPECT_EQ(swept.gradient[0].bound, 0);
}

}  // namespace
