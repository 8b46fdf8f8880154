// Attributes that belong to shapes shrink with them: what a wrong rule of a primitive that counts axes or
// entries fails on in a program shrinks to that primitive alone, on the fewest entries.
#include "refutes.hpp"

#include <gradproof/generate/primitive_case.hpp>
#include <gradproof/generate/program_case.hpp>
#include <gradproof/generate/shape.hpp>
#include <gradproof/generate/simpler_cases.hpp>
#include <gradproof/primitives/catalogue.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

namespace gradproof::generate {
namespace {

using backprop::Attributes;
using backprop::Node;
using cases::Case;
using Fails = std::function<bool(const Node&)>;

[[nodiscard]] std::size_t applications_of(const Case& drawn) {
    return drawn.graph.nodes.size() - drawn.graph.inputs.size();
}

/// What the first programs of five nodes or more shrink to that have a node which fails.
[[nodiscard]] std::vector<Case> shrunk_programs(std::string_view primitive, const Fails& fails) {
    const auto any_fails = [&](const Case& tried) {
        return std::ranges::any_of(tried.graph.nodes, [&](const Node& node) {
            return node.primitive != nullptr && node.primitive->name == primitive && fails(node);
        });
    };
    std::vector<Case> minimal;
    rc::Random random(1);
    for (int draw = 0; draw < 100000 && minimal.size() < 5; ++draw) {
        Dice dice(random.split());
        const Case drawn = draw_program_case(dice);
        if (applications_of(drawn) >= 5 && any_fails(drawn))
            minimal.push_back(shrunk(shrinkable(drawn), any_fails).value);
    }
    EXPECT_EQ(minimal.size(), 5U) << primitive;
    return minimal;
}

[[nodiscard]] std::size_t operand_size(const Node& node, std::size_t axis) {
    return node.application.operands[0][axis];
}

TEST(AProgram, shrinks_to_the_gather_that_overwrites_a_repeated_index) {
    const auto repeats = [](const Node& node) {
        const Attributes& a = node.application.attributes;
        return a.size() > 2 && a[1] == a[2] && scalar::element_count(node.shape()) > 0;
    };
    for (const Case& end : shrunk_programs("gather", repeats)) {
        EXPECT_EQ(applications_of(end), 1U);
        EXPECT_EQ(end.graph.nodes[end.graph.output].application.attributes, (Attributes{0, 0, 0}));
        EXPECT_EQ(end.graph.input_shapes().front(), scalar::Shape{1});
    }
}

TEST(AProgram, shrinks_to_the_permutation_that_is_no_transposition) {
    const auto is_no_involution = [](const Node& node) {
        const Attributes& axes = node.application.attributes;
        for (std::size_t k = 0; k < axes.size(); ++k) {
            if (axes[static_cast<std::size_t>(axes[k])] != static_cast<double>(k)) return true;
        }
        return false;
    };
    for (const Case& end : shrunk_programs("permute", is_no_involution)) {
        EXPECT_EQ(applications_of(end), 1U);
        // Which of several axes of size 1 has gone shapes do not say: a fourth that stays fixed may be left.
        const scalar::Shape shape = end.graph.input_shapes().front();
        EXPECT_EQ(shape, scalar::Shape(shape.size(), 1));
        EXPECT_GE(shape.size(), 3U);
        EXPECT_LE(shape.size(), 4U);
    }
}

TEST(AProgram, shrinks_to_the_sum_along_an_axis_that_is_not_the_last) {
    const auto sums_rows = [](const Node& node) {
        const Attributes& axis = node.application.attributes;
        return !axis.empty() && axis[0] == 0 && node.application.operands[0].size() > 1 &&
               operand_size(node, 0) > 1;
    };
    for (const Case& end : shrunk_programs("sum", sums_rows)) {
        EXPECT_EQ(applications_of(end), 1U);
        EXPECT_EQ(end.graph.input_shapes().front(), (scalar::Shape{2, 1}));
    }
}

TEST(AProgram, shrinks_to_the_broadcast_that_repeats_an_entry) {
    const auto repeats = [](const Node& node) {
        return scalar::element_count(node.shape()) >
               scalar::element_count(node.application.operands[0]);
    };
    for (const Case& end : shrunk_programs("broadcast", repeats)) {
        EXPECT_EQ(applications_of(end), 1U);
        EXPECT_EQ(end.cotangent.size(), 2U);
    }
}

TEST(AttributesThatFollowShapes, fit_them) {
    for (const backprop::Primitive& primitive : primitives::catalogue()) {
        if (primitive.refitted == nullptr || primitive.operands.size() > 1) continue;
        std::size_t followed = 0, asked = 0;
        rc::Random random(2);
        for (int i = 0; i < 100; ++i) {
            Dice dice(random.split());
            const Case drawn = draw_primitive_case(dice, primitive);
            const backprop::Application& old = drawn.graph.nodes[drawn.graph.output].application;
            for (const Shape& simpler : simpler_shapes(old.operands[0])) {
                ++asked;
                const std::vector<Shape> to{simpler};
                const auto attributes = primitive.refitted(old.operands, to, old.attributes);
                if (!attributes) continue;
                try {
                    static_cast<void>(primitive.shape(to, *attributes));
                    ++followed;
                } catch (const backprop::ShapeError&) {
                    // What needs an axis or an entry has none there, what needs two has one.
                    const bool too_small = simpler.empty() || scalar::element_count(simpler) == 0;
                    EXPECT_TRUE(too_small || primitive.name == "variance") << primitive.name;
                }
            }
        }
        EXPECT_GE(2 * followed, asked) << primitive.name;
    }
}

}  // namespace
}  // namespace gradproof::generate
