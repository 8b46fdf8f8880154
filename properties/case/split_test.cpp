// A case cut in two: what the parts are, and that they compute what the whole does.
#include <gradproof/case/backprop_answer.hpp>
#include <gradproof/case/split.hpp>
#include <gradproof/primitives/builders.hpp>

#include <stdexcept>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace gradproof::cases {
namespace {

/// tanh(x) w + tanh(x): nodes x, w, n2 = tanh, n3 = hadamard, n4 = add.
[[nodiscard]] Case sample() {
    Case drawn;
    const auto x = backprop::input(drawn.graph, "x", {2});
    const auto w = backprop::input(drawn.graph, "w", {2});
    const auto h = primitives::tanh(x);
    static_cast<void>(primitives::add(primitives::hadamard(h, w), h));
    drawn.inputs = {{0.5, -1}, {2, 3}};
    drawn.cotangent = {1, 2};
    return drawn;
}

TEST(ASplit, has_a_cut_of_what_the_second_part_uses) {
    const Case drawn = sample();
    EXPECT_EQ(Split(drawn, {true, true, false, false, false}).cut(),
              (std::vector<backprop::NodeId>{0, 1}));
    EXPECT_EQ(Split(drawn, {true, true, true, false, false}).cut(),
              (std::vector<backprop::NodeId>{1, 2}));
    EXPECT_EQ(Split(drawn, {true, true, true, true, false}).cut(),
              (std::vector<backprop::NodeId>{2, 3}));
}

TEST(ASplit, has_parts_that_compute_what_the_whole_does) {
    const Case drawn = sample();
    const Split split(drawn, {true, true, true, true, false});
    std::vector<std::vector<double>> values;
    for (const backprop::NodeId id : split.cut()) {
        const Case part = split.up_to(id, {1, 1});
        EXPECT_EQ(part.graph.inputs.size(), 2U);
        values.push_back(backprop_answer(part, part.cotangent).primal);
    }
    const Case second = split.from_cut(values);
    EXPECT_EQ(second.graph.nodes.size(), 3U);
    const Answer whole = backprop_answer(drawn, drawn.cotangent);
    EXPECT_EQ(backprop_answer(second, second.cotangent).primal, whole.primal);
    const Case out = split.written_out();
    // tanh twice, and the hadamard and the add once.
    EXPECT_EQ(out.graph.nodes.size(), 2U + 4U);
    const Answer written_out = backprop_answer(out, out.cotangent);
    EXPECT_EQ(written_out.primal, whole.primal);
    ASSERT_EQ(written_out.gradient.size(), whole.gradient.size());
}

TEST(ASplit, refuses_parts_that_are_none) {
    const Case drawn = sample();
    const auto refused = [&](std::vector<bool> first, const std::string& why) {
        try {
            const Split split(drawn, std::move(first));
            ADD_FAILURE() << "not refused: " << why;
        } catch (const std::invalid_argument& refusal) {
            EXPECT_NE(std::string(refusal.what()).find(why), std::string::npos) << refusal.what();
        }
    };
    refused({false, true, false, false, false}, "x is an input outside of the first part");
    refused({true, true, false, true, false}, "n3 has an operand outside of the first part");
    refused({true, true, true, true, true}, "the output is in the first part");
}

}  // namespace
}  // namespace gradproof::cases
