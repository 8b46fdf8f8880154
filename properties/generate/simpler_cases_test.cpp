// What shrinking a case must hold: each try is checkable, and where a case fails on account of one
// entry, node or size, the descent ends with that alone.
#include <gradproof/generate/net_case.hpp>
#include <gradproof/generate/primitive_case.hpp>
#include <gradproof/generate/simpler_cases.hpp>
#include <gradproof/primitives/builders.hpp>
#include <gradproof/primitives/catalogue.hpp>

#include "refutes.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace gradproof::generate {
namespace {

using cases::Case;

[[nodiscard]] std::size_t applications(const Case& drawn) {
    return drawn.graph.nodes.size() - drawn.graph.inputs.size();
}

/// The transpose of a 4 x 5 matrix that is 0 but for one entry.
[[nodiscard]] Case matrix_with(std::size_t culprit) {
    Case drawn;
    static_cast<void>(primitives::transpose(backprop::input(drawn.graph, "A", {4, 5})));
    drawn.inputs.assign(1, std::vector<double>(20, 0.0));
    drawn.inputs[0][culprit] = 7.25;
    drawn.cotangent.assign(20, 0.5);
    return drawn;
}

TEST(SimplerCases, leave_one_entry_where_one_entry_fails_wherever_it_stands) {
    const auto fails = [](const Case& tried) {
        return std::any_of(tried.inputs[0].begin(), tried.inputs[0].end(),
                           [](double x) { return x > 3; });
    };
    for (std::size_t culprit = 0; culprit < 20; ++culprit) {
        const auto end = shrunk(shrinkable(matrix_with(culprit)), fails);
        EXPECT_EQ(end.value.inputs, (std::vector<std::vector<double>>{{4}})) << culprit;
        EXPECT_EQ(end.value.cotangent, std::vector<double>{0}) << culprit;
        EXPECT_LT(end.tries, 60) << culprit;
    }
}

TEST(SimplerCases, leave_one_entry_of_two_square_operands) {
    const auto fails = [](const Case& tried) {
        return std::any_of(tried.inputs[1].begin(), tried.inputs[1].end(),
                           [](double x) { return x > 3; });
    };
    for (std::size_t culprit = 0; culprit < 9; ++culprit) {
        for (const bool products : {false, true}) {
            Case drawn;
            const auto A = backprop::input(drawn.graph, "A", {3, 3}),
                       B = backprop::input(drawn.graph, "B", {3, 3});
            static_cast<void>(products ? primitives::matmul(A, B) : primitives::hadamard(A, B));
            drawn.inputs.assign(2, std::vector<double>(9, 0.0));
            drawn.inputs[1][culprit] = 7.25;
            drawn.cotangent.assign(9, 0.5);
            const auto end = shrunk(shrinkable(drawn), fails);
            EXPECT_EQ(end.value.inputs, (std::vector<std::vector<double>>{{0}, {4}})) << culprit;
        }
    }
}

TEST(SimplerCases, shrink_a_slice_with_the_vector_that_it_is_of) {
    Case drawn;
    static_cast<void>(primitives::slice(backprop::input(drawn.graph, "x", {5}), 2, 5));
    drawn.inputs = {{1, 2, 3, 4, 5}};
    drawn.cotangent = {1, 2, 3};
    const auto end =
        shrunk(shrinkable(drawn), [](const Case& tried) { return !tried.cotangent.empty(); });
    EXPECT_EQ(cases::program_lines(end.value.graph).front(), "n1 = slice(x, begin = 0, end = 1)");
    EXPECT_EQ(end.value.inputs, (std::vector<std::vector<double>>{{0}}));
}

TEST(SimplerCases, end_with_one_node_and_the_smallest_shapes_where_everything_fails) {
    for (const std::uint64_t seed : kSeeds) {
        const auto start = net_case()(rc::Random(seed), rc::kNominalSize);
        const auto end = shrunk(start, [](const Case&) { return true; });
        EXPECT_EQ(applications(end.value), 1U);
        for (const std::vector<double>& input : end.value.inputs)
            EXPECT_EQ(input, std::vector<double>{0});
    }
}

TEST(SimplerCases, keep_the_primitive_that_fails) {
    const auto fails = [](const Case& tried) {
        return std::any_of(
            tried.graph.nodes.begin(), tried.graph.nodes.end(), [](const backprop::Node& node) {
                return node.primitive != nullptr && node.primitive->name == "softmax_cross_entropy";
            });
    };
    int met = 0;
    rc::Random random(1);
    while (met < 5) {
        const auto start = net_case()(random.split(), rc::kNominalSize);
        if (!fails(start.value())) continue;
        ++met;
        const auto end = shrunk(start, fails);
        EXPECT_EQ(applications(end.value), 1U);
        EXPECT_EQ(end.value.inputs, (std::vector<std::vector<double>>{{0}, {0}}));
    }
}

TEST(SimplerCases, keep_operands_that_tie_tied) {
    const auto fails = [](const Case& tried) {
        return tried.inputs.size() == 2 && tried.inputs[0].size() == tried.inputs[1].size() &&
               std::equal(tried.inputs[0].begin(), tried.inputs[0].end(), tried.inputs[1].begin());
    };
    Case drawn;
    static_cast<void>(primitives::maximum(backprop::input(drawn.graph, "a", {3}),
                                          backprop::input(drawn.graph, "b", {3})));
    drawn.inputs.assign(2, {0.9999999999999992, -3.25, 1e-300});
    drawn.cotangent.assign(3, 0.5);
    const auto end = shrunk(shrinkable(drawn), fails);
    EXPECT_EQ(end.value.inputs, (std::vector<std::vector<double>>{{0}, {0}}));
    EXPECT_LT(end.tries, 60);
}

TEST(SimplerCases, keep_attributes_that_fit_each_other) {
    Case drawn;
    static_cast<void>(primitives::clamp(backprop::input(drawn.graph, "x", {2}), -0.7, 2.3));
    drawn.inputs = {{1.25, -3}};
    drawn.cotangent = {1, 2};
    const auto fails = [](const Case& tried) {
        return tried.graph.nodes.back().application.attributes.size() == 2;
    };
    const auto bounds =
        shrunk(shrinkable(drawn), fails).value.graph.nodes.back().application.attributes;
    EXPECT_LT(bounds[0], bounds[1]);
    EXPECT_NE(bounds, (backprop::Attributes{-0.7, 2.3}));
}

TEST(SimplerCases, keep_a_dead_node_where_it_is_what_fails) {
    Case drawn;
    const auto x = backprop::input(drawn.graph, "x", {3});
    const auto h = primitives::tanh(primitives::square(x));
    static_cast<void>(primitives::exp(h));
    static_cast<void>(primitives::sigmoid(primitives::add(primitives::negate(h), x)));
    drawn.inputs = {{1, 2, 3}};
    drawn.cotangent = {1, 2, 3};
    const auto end = shrunk(shrinkable(drawn), [](const Case& tried) {
        return std::ranges::any_of(tried.graph.nodes, [&](const backprop::Node& node) {
            return node.primitive != nullptr && node.primitive->name == "exp" &&
                   &node != &tried.graph.nodes[tried.graph.output];
        });
    });
    EXPECT_EQ(applications(end.value), 2U);
    EXPECT_EQ(end.value.inputs, std::vector<std::vector<double>>{{0}});
}

TEST(SimplerCases, put_an_input_in_the_place_of_a_node_that_is_computed_from_others) {
    Case drawn;
    const auto x = backprop::input(drawn.graph, "x", {2}),
               w = backprop::input(drawn.graph, "w", {2});
    const auto product = primitives::hadamard(primitives::sqrt(w), primitives::log(w));
    static_cast<void>(primitives::maximum(x, product));
    drawn.inputs = {{1, 2}, {3, 4}};
    drawn.cotangent = {1, 2};
    const auto end = shrunk(shrinkable(drawn), [](const Case& tried) {
        return tried.graph.nodes[tried.graph.output].primitive->name == "maximum";
    });
    EXPECT_EQ(cases::program_lines(end.value.graph).front(), "n2 = maximum(x, w)");
}

TEST(SimplerCases, are_checkable_and_of_the_same_precision) {
    for (const backprop::Primitive& primitive : primitives::catalogue()) {
        for (const Precision precision : {Precision::binary64, Precision::binary32}) {
            rc::Random random(3);
            for (int i = 0; i < 5; ++i) {
                const Case drawn =
                    primitive_case(primitive, precision)(random.split(), rc::kNominalSize).value();
                for (const Case& tried : simpler_cases(drawn)) {
                    EXPECT_EQ(tried.precision, precision);
                    EXPECT_NO_THROW(cases::require_checkable(tried)) << primitive.name;
                }
            }
        }
    }
}

}  // namespace
}  // namespace gradproof::generate
