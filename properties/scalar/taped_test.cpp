// What the tape must hold: value and bound of every entry agree with the oracle's differences, for
// every function that a number has; the bound is small; comparisons are counted; cost is linear.
#include "held_slopes.hpp"

#include <gradproof/scalar/taped.hpp>

#include <cmath>
#include <vector>

#include <gtest/gtest.h>

namespace {

using namespace gradproof;
using scalar::Budget;
using scalar::Expression;
using scalar::HeldSlopes;
using scalar::Tape;
using scalar::Taped;
using scalar::Term;
using scalar::Terms;

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

struct ByTape {
    template <class T>
    [[nodiscard]] static Budget budget_of(const Expression& expression,
                                          const std::vector<double>& inputs) {
        return ::budget_of<T>(expression, inputs);
    }
};

/// The gradient of one result, entry by entry the tangent for a unit one.
struct ByForwardTape {
    template <class T>
    [[nodiscard]] static Budget budget_of(const Expression& expression,
                                          const std::vector<double>& inputs) {
        return scalar::budget_of(scalar::Ties::open, [&](scalar::Ledger& ledger) {
            Tape<T> tape(ledger);
            std::vector<Taped<T>> x, y;
            for (const double v : inputs) x.push_back(tape.input(static_cast<T>(v)));
            const auto values = scalar::evaluated(expression.steps, std::span<const Taped<T>>(x));
            for (const std::size_t place : expression.results) y.push_back(values[place]);
            scalar::Branch all;
            for (std::size_t i = 0; i < inputs.size(); ++i) {
                std::vector<T> unit(inputs.size(), T(0));
                unit[i] = 1;
                const scalar::Branch pushed = tape.pushed(y, unit);
                all.primal = pushed.primal;
                all.gradient.push_back(pushed.gradient.front());
            }
            return all;
        });
    }
};

TEST(TheTape, bounds_the_slope_of_every_function_of_one_operand) {
    HeldSlopes<ByTape>().functions_of_one_operand();
}

TEST(TheTape, bounds_the_slopes_of_every_operation_on_two_operands) {
    HeldSlopes<ByTape>().operations_on_two_operands();
}

TEST(TheTape, bounds_functions_of_functions) { HeldSlopes<ByTape>().functions_of_functions(); }

TEST(TheTape, bounds_random_expressions) { HeldSlopes<ByTape>().random_expressions(); }

TEST(TheTapeForwards, bounds_the_slope_of_every_function_of_one_operand) {
    HeldSlopes<ByForwardTape>().functions_of_one_operand();
}

TEST(TheTapeForwards, bounds_the_slopes_of_every_operation_on_two_operands) {
    HeldSlopes<ByForwardTape>().operations_on_two_operands();
}

TEST(TheTapeForwards, bounds_functions_of_functions) {
    HeldSlopes<ByForwardTape>().functions_of_functions();
}

TEST(TheTapeForwards, bounds_random_expressions) {
    HeldSlopes<ByForwardTape>().random_expressions();
}

TEST(TheTapeForwards, bounds_a_tangent_that_cancels_on_its_way) {
    scalar::Ledger ledger;
    Tape<double> tape(ledger);
    const Taped<double> x = tape.input(1.0), y = tape.input(2.0), z = tape.input(3.0);
    const std::vector<Taped<double>> out{(x + y) - (x - z)};
    const scalar::Branch pushed = tape.pushed(out, std::vector<double>{0x1p40, 1, 1});
    EXPECT_EQ(pushed.gradient[0].reference, 2);
    EXPECT_GE(pushed.gradient[0].bound, 0x1p-53 * 0x1p40);
    // Reverse mode never meets the tangent of x.
    EXPECT_EQ(tape.swept(out, std::vector<double>{1}).gradient[0].bound, 0);
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

TEST(ATape, lets_nothing_through_the_edges_that_are_cut) {
    scalar::Ledger ledger;
    Tape<double> tape(ledger);
    const Taped<double> x = tape.input(3), y = tape.input(5);
    const std::vector<Taped<double>> outputs{sin(x) * y};
    const auto operations = tape.operations();
    ASSERT_EQ(operations.size(), 2U);
    EXPECT_EQ(operations[0].value, std::sin(3.0));
    EXPECT_EQ(operations[1].edges.to - operations[1].edges.from, 2U);
    const auto gradient = [&](const Tape<double>::Edges& cut) {
        std::vector<double> flat;
        for (const scalar::Allowance& g : tape.swept(outputs, std::vector<double>{1}, cut).gradient)
            flat.push_back(g.reference);
        return flat;
    };
    const double by_x = 5 * std::cos(3.0), by_y = std::sin(3.0);
    EXPECT_EQ(gradient({}), (std::vector<double>{by_x, by_y}));
    EXPECT_EQ(gradient(operations[0].edges), (std::vector<double>{0, by_y}));
    EXPECT_EQ(gradient(operations[1].edges), (std::vector<double>{0, 0}));
    const std::size_t second = operations[1].edges.from + 1;
    EXPECT_EQ(gradient({second, second + 1}), (std::vector<double>{by_x, 0}));
}

}  // namespace
