// What a way to differentiate must hold: value and bound of every slope agree with the oracle's
// differences, for every function that a number has; the bound is small.
#pragma once

#include "../oracle/expression_callable.hpp"
#include "drawn_numbers.hpp"
#include "expression.hpp"

#include <gradproof/scalar/budget.hpp>
#include <gradproof/scalar/rounding.hpp>

#include <array>
#include <cmath>
#include <functional>
#include <string>
#include <variant>
#include <vector>

#include <gtest/gtest.h>

namespace gradproof::scalar {

using Terms = std::vector<Term>;

/// Holds a way to differentiate against the oracle. `budget_of<T>` gives what it makes of the only result
/// of an expression at some inputs: the gradient, each entry with its bound.
template <class Way>
class HeldSlopes {
public:
    /// Draws from all magnitudes and from [-2, 2].
    void everywhere(const std::string& name, const oracle::Written& write, std::size_t inputs,
                    int least_sharp) const {
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
    void functions_of_one_operand() const {
        // clang-format off
        everywhere("exp", [](const Terms& x) { return exp(x[0]); }, 1, 20);
        everywhere("expm1", [](const Terms& x) { return expm1(x[0]); }, 1, 20);
        everywhere("log", [](const Terms& x) { return log(x[0]); }, 1, 8);
        everywhere("log1p", [](const Terms& x) { return log1p(x[0]); }, 1, 8);
        everywhere("sqrt", [](const Terms& x) { return sqrt(x[0]); }, 1, 8);
        everywhere("cbrt", [](const Terms& x) { return cbrt(x[0]); }, 1, 20);
        everywhere("sin", [](const Terms& x) { return sin(x[0]); }, 1, 20);
        everywhere("cos", [](const Terms& x) { return cos(x[0]); }, 1, 15);
        everywhere("tan", [](const Terms& x) { return tan(x[0]); }, 1, 20);
        everywhere("asin", [](const Terms& x) { return asin(x[0]); }, 1, 8);
        everywhere("acos", [](const Terms& x) { return acos(x[0]); }, 1, 8);
        everywhere("atan", [](const Terms& x) { return atan(x[0]); }, 1, 20);
        everywhere("sinh", [](const Terms& x) { return sinh(x[0]); }, 1, 20);
        everywhere("cosh", [](const Terms& x) { return cosh(x[0]); }, 1, 20);
        everywhere("tanh", [](const Terms& x) { return tanh(x[0]); }, 1, 20);
        everywhere("asinh", [](const Terms& x) { return asinh(x[0]); }, 1, 20);
        everywhere("acosh", [](const Terms& x) { return acosh(x[0]); }, 1, 5);
        everywhere("atanh", [](const Terms& x) { return atanh(x[0]); }, 1, 8);
        everywhere("erf", [](const Terms& x) { return erf(x[0]); }, 1, 20);
        everywhere("erfc", [](const Terms& x) { return erfc(x[0]); }, 1, 20);
        everywhere("sigmoid", [](const Terms& x) { return sigmoid(x[0]); }, 1, 20);
        everywhere("softplus", [](const Terms& x) { return softplus(x[0]); }, 1, 20);
        // clang-format on
    }
    void operations_on_two_operands() const {
        everywhere(
            "sums", [](const Terms& x) { return x[0] + x[1] - 3 * x[0] + (-x[1]); }, 2, 40);
        everywhere(
            "product", [](const Terms& x) { return x[0] * x[1] * x[0]; }, 2, 40);
        everywhere(
            "quotient", [](const Terms& x) { return x[0] / x[1] + 2 / x[0]; }, 2, 30);
        everywhere(
            "pow", [](const Terms& x) { return pow(x[0], x[1]); }, 2, 15);
        everywhere(
            "cube", [](const Terms& x) { return pow(x[0], 3) + pow(x[0], 0); }, 1, 20);
        everywhere(
            "hypot", [](const Terms& x) { return hypot(x[0], x[1]); }, 2, 40);
        everywhere(
            "max and min", [](const Terms& x) { return max(x[0], 2 * x[1]) * min(x[0], x[1]); }, 2,
            30);
        everywhere(
            "abs", [](const Terms& x) { return abs(x[0]) * x[1]; }, 2, 30);
    }
    void functions_of_functions() const {
        everywhere(
            "log-sum-exp", [](const Terms& x) { return log(exp(x[0]) + exp(x[1]) + exp(x[2])); }, 3,
            40);
        everywhere(
            "normalized", [](const Terms& x) { return x[0] / sqrt(x[0] * x[0] + x[1] * x[1]); }, 2,
            20);
        everywhere(
            "cancelling",
            [](const Terms& x) { return (x[0] - x[1]) * (x[0] + x[1]) / (1 + x[0] * x[0]); }, 2,
            10);
    }
    void random_expressions() const {
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
                const auto first = static_cast<std::size_t>(kFirstBinary);
                const std::size_t kinds = static_cast<std::size_t>(Op::relu) + 1 - first;
                const Op op =
                    drawn.below(2) == 0
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

private:
    /// Counts of entries that were held against the oracle.
    struct Held {
        int entries = 0;
        int sharp = 0;
    };

    /// Holds the way's gradient at `inputs` against the oracle's.
    template <class T>
    static void hold(Held& held, const std::string& name, const Expression& expression,
                     const std::vector<double>& inputs) {
        const auto function = oracle::callable_of(expression);
        const Budget budget = Way::template budget_of<T>(expression, inputs);
        const std::vector<double> u{1};
        for (std::size_t i = 0; i < inputs.size(); ++i) {
            const Allowance& g = budget.gradient[i];
            if (!std::isfinite(g.bound) || budget.undetermined > 0) continue;
            const auto truth = oracle::derivative({*function, inputs, u}, i, g.bound);
            const auto* smooth = std::get_if<oracle::Smooth>(&truth);
            if (smooth == nullptr) continue;
            ++held.entries;
            const oracle::Real gap = abs(oracle::Real(g.reference) - smooth->slope.value);
            EXPECT_LE(gap, oracle::Real(g.bound) + smooth->slope.bound)
                << name << " at " << inputs[0] << ", entry " << i << ": " << g.reference << " +- "
                << g.bound << ", the oracle has " << smooth->slope.value.str(17);
            if (g.bound <= 100 * rounding::unit_roundoff<T> * std::abs(g.reference)) ++held.sharp;
        }
    }

    /// Through memory: vectorizing two such roundings at once, GCC 12 leaves both out.
    [[nodiscard]] static double in_binary32(double x) {
        const volatile float rounded = static_cast<float>(x);
        return static_cast<double>(rounded);
    }
};

}  // namespace gradproof::scalar
