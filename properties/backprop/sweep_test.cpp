// The sweeps: every use of a node counts, a second sweep repeats the first, the cost is linear.
#include <gradproof/backprop/sweep.hpp>
#include <gradproof/primitives/builders.hpp>
#include <gradproof/primitives/catalogue.hpp>

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace gradproof::backprop {
namespace {

using namespace primitives;
using Numbers = std::vector<double>;

struct Swept {
    Numbers primal;
    PerNode<double> gradient;
};

[[nodiscard]] Swept swept(const Graph& graph, const std::vector<Numbers>& inputs,
                          const Numbers& cotangent) {
    const PerNode<double> values = forward<double>(graph, inputs);
    return {values[graph.output], backward<double>(graph, values, cotangent)};
}

TEST(TheBackwardSweep, gives_the_gradient_of_exercise_3_with_plus_0_42) {
    Graph graph;
    const Variable W1 = input(graph, "W1", {3, 4}), W2 = input(graph, "W2", {3, 4}),
                   v = input(graph, "v", {4});
    (void)concatenate({relu(matvec(W1, v)), sigmoid(matvec(W2, v))});
    const Numbers w1{0, 0, 0, 2, 0, 0, 0, -1, 0, 0, 0, 3};
    const Numbers w2{0, 0, 0, std::log(0.25), 0, 0, 0, 0, 0, 0, 0, std::log(3.0 / 7.0)};
    const Swept result = swept(graph, {w1, w2, {2, 3, 5, 1}}, {-2, 1, 4, 1, 3, 2});
    // dL/dW2 = (dL/dz2) v^T, so its last column is dL/dz2 itself.
    EXPECT_NEAR(result.gradient[1][3], 0.16, 1e-15);
    EXPECT_NEAR(result.gradient[1][7], 0.75, 1e-15);
    EXPECT_NEAR(result.gradient[1][11], 0.42, 1e-15);
    EXPECT_EQ(result.gradient[0][3], -2);
    EXPECT_EQ(result.gradient[0][7], 0);
    EXPECT_EQ(result.gradient[0][11], 4);
}

TEST(TheBackwardSweep, visits_each_node_of_a_chain_of_doublings_once) {
    Graph graph;
    Variable y = input(graph, "x", {});
    for (int i = 0; i < 60; ++i) y = add(y, y);
    const Swept result = swept(graph, {{1}}, {1});
    EXPECT_EQ(result.primal[0], 0x1p60);
    EXPECT_EQ(result.gradient[0][0], 0x1p60);
}

TEST(TheBackwardSweep, goes_deep_without_recursion) {
    Graph graph;
    Variable y = input(graph, "x", {});
    for (int i = 0; i < 100000; ++i) y = negate(y);
    EXPECT_EQ(swept(graph, {{3}}, {1}).gradient[0][0], 1);
}

TEST(TheBackwardSweep, adds_up_an_operand_that_stands_twice) {
    Graph graph;
    const Variable x = input(graph, "x", {2});
    (void)hadamard(x, x);
    EXPECT_EQ(swept(graph, {{3, -5}}, {1, 1}).gradient[0], (Numbers{6, -10}));
}

TEST(TheBackwardSweep, repeats_itself_to_the_bit) {
    Graph graph;
    const Variable x = input(graph, "x", {3});
    (void)softmax(hadamard(x, tanh(x)));
    const Numbers inputs{0.3, -1.7, 2.9}, cotangent{0.1, 0.7, -0.2};
    const PerNode<double> values = forward<double>(graph, std::vector<Numbers>{inputs});
    EXPECT_EQ(backward<double>(graph, values, cotangent),
              backward<double>(graph, values, cotangent));
}

TEST(TheBackwardSweep, gives_zero_for_a_zero_cotangent_where_slopes_are_infinite) {
    Graph graph;
    (void)sqrt(input(graph, "x", {2}));
    EXPECT_EQ(swept(graph, {{0, 4}}, {0, 1}).gradient[0], (Numbers{0, 0.25}));
}

TEST(TheBackwardSweep, takes_sizes_of_zero) {
    Graph graph;
    const Variable x = input(graph, "x", {0}), W = input(graph, "W", {2, 0});
    (void)add(matvec(W, x), concatenate({slice(input(graph, "t", {2}), 0, 2), x}));
    const Swept result = swept(graph, {{}, {}, {1, 2}}, {1, 1});
    EXPECT_EQ(result.primal, (Numbers{1, 2}));
    EXPECT_TRUE(result.gradient[0].empty());
}

TEST(Pullbacks, keep_their_digits_in_the_tails) {
    const auto slope = [](const char* name, double x) {
        Graph graph;
        (void)apply(primitive(name), {input(graph, "x", {})});
        return swept(graph, {{x}}, {1}).gradient[0][0];
    };
    EXPECT_DOUBLE_EQ(slope("sigmoid", 100), std::exp(-100.0));
    EXPECT_DOUBLE_EQ(slope("sigmoid", -100), std::exp(-100.0));
    EXPECT_DOUBLE_EQ(slope("tanh", 100), 4 * std::exp(-200.0));
    EXPECT_DOUBLE_EQ(slope("tanh", -100), 4 * std::exp(-200.0));
    EXPECT_DOUBLE_EQ(slope("softplus", -700), std::exp(-700.0));
    EXPECT_EQ(slope("softplus", 800), 1);
    EXPECT_EQ(slope("sqrt", -0.0), std::numeric_limits<double>::infinity());
}

TEST(Pullbacks, of_log_softmax_keep_their_digits_with_logits_far_apart) {
    Graph graph;
    (void)log_softmax(input(graph, "x", {3}));
    const Swept far = swept(graph, {{1000, 0, -1000}}, {1, 0, 0});
    EXPECT_EQ(far.gradient[0], (Numbers{0, 0, 0}));  // exp(-1000) underflows
    const Swept apart = swept(graph, {{100, 0, -1000}}, {1, 0, 0});
    EXPECT_DOUBLE_EQ(apart.gradient[0][0], std::exp(-100.0));
    EXPECT_DOUBLE_EQ(apart.gradient[0][1], -std::exp(-100.0));
}

}  // namespace
}  // namespace gradproof::backprop
