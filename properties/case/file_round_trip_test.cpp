// What a case file must keep: every bit of every number, the program with its order, the finding.
#include <gradproof/case/file.hpp>
#include <gradproof/case/node_names.hpp>
#include <gradproof/primitives/catalogue.hpp>

#include "any_case.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace gradproof::cases {
namespace {

using Names = std::vector<std::string>;

std::vector<std::uint64_t> bits(const std::vector<double>& numbers) {
    std::vector<std::uint64_t> all;
    for (const double number : numbers) all.push_back(std::bit_cast<std::uint64_t>(number));
    return all;
}

void require_same(const backprop::Graph& graph, const backprop::Graph& wanted) {
    RC_ASSERT(graph.inputs == wanted.inputs);
    RC_ASSERT(graph.output == wanted.output);
    RC_ASSERT(graph.nodes.size() == wanted.nodes.size());
    for (std::size_t id = 0; id < graph.nodes.size(); ++id) {
        const backprop::Node &node = graph.nodes[id], &other = wanted.nodes[id];
        RC_ASSERT(node.primitive == other.primitive);
        RC_ASSERT(node.name == other.name);
        RC_ASSERT(node.operands == other.operands);
        RC_ASSERT(node.application.operands == other.application.operands);
        RC_ASSERT(node.shape() == other.shape());
        RC_ASSERT(bits(node.application.attributes) == bits(other.application.attributes));
    }
}

void require_same(const Case& read, const Case& wanted) {
    require_same(read.graph, wanted.graph);
    RC_ASSERT(read.precision == wanted.precision);
    RC_ASSERT(read.inputs.size() == wanted.inputs.size());
    for (std::size_t i = 0; i < read.inputs.size(); ++i) {
        RC_ASSERT(bits(read.inputs[i]) == bits(wanted.inputs[i]));
    }
    RC_ASSERT(bits(read.cotangent) == bits(wanted.cotangent));
}

/// A case of one input with these numbers.
Case of_numbers(std::vector<double> numbers, Precision precision) {
    Case drawn;
    drawn.graph.add_input("x", {numbers.size()});
    drawn.cotangent.assign(numbers.size(), 0);
    drawn.inputs = {std::move(numbers)};
    drawn.precision = precision;
    return drawn;
}

TEST(AnyCase, is_drawn_with_everything_that_a_file_may_garble) {
    const auto any_number_is = [](bool (*holds)(double)) {
        return [holds](const Case& drawn) {
            const std::vector<double> flat = flat_inputs(drawn);
            return std::any_of(flat.begin(), flat.end(), holds);
        };
    };
    const auto any_node_is = [](bool (*holds)(const backprop::Node&)) {
        return [holds](const Case& drawn) {
            const auto& nodes = drawn.graph.nodes;
            return std::any_of(nodes.begin(), nodes.end(), holds);
        };
    };
    const std::vector<std::function<bool(const Case&)>> claimed_never{
        any_number_is([](double x) { return std::isnan(x); }),
        any_number_is([](double x) { return std::isinf(x); }),
        any_number_is([](double x) { return x == 0 && std::signbit(x); }),
        any_number_is([](double x) { return std::fpclassify(x) == FP_SUBNORMAL; }),
        any_number_is([](double x) { return std::abs(x) > 1e300 && std::isfinite(x); }),
        any_node_is([](const auto& node) { return !node.application.attributes.empty(); }),
        any_node_is([](const auto& node) {
            return node.operands.size() > 1 && node.operands[0] == node.operands[1];
        }),
        any_node_is([](const auto& node) { return scalar::element_count(node.shape()) == 0; }),
        [](const Case& drawn) { return drawn.graph.inputs.back() >= drawn.graph.inputs.size(); },
        [](const Case& drawn) { return drawn.graph.output + 1 < drawn.graph.nodes.size(); },
        [](const Case& drawn) { return drawn.precision == Precision::binary32; },
    };
    generate::Dice dice{rc::Random(1)};
    std::vector<int> refuted(claimed_never.size());
    for (int i = 0; i < 500; ++i) {
        const Case drawn = any_case(dice);
        for (std::size_t k = 0; k < refuted.size(); ++k) refuted[k] += claimed_never[k](drawn);
    }
    for (std::size_t k = 0; k < refuted.size(); ++k) EXPECT_GE(refuted[k], 10) << "claim " << k;
}

RC_GTEST_PROP(ACaseFile, gives_back_the_same_case_bit_for_bit, (std::uint64_t seed)) {
    generate::Dice dice{rc::Random(seed)};
    for (int i = 0; i < 5; ++i) {
        const Case drawn = any_case(dice);
        const std::string text = write(drawn);
        const CaseFile file = read(text, "drawn.json");
        require_same(file.drawn, drawn);
        RC_ASSERT(!file.finding);
        RC_ASSERT(write(file.drawn) == text);
    }
}

RC_GTEST_PROP(ACaseFile, gives_back_its_finding, (const Names& report, std::uint64_t seed)) {
    Finding finding{.law = "vjp agrees with finite differences",
                    .subject = "backprop",
                    .seed = seed,
                    .verdict = "wrong",
                    .report = {"tab\t, quote \", backslash \\, \xCE\xB8", "", "\x01\x7F"},
                    .gradproof = "0.1.0"};
    for (const std::string& line : report) {
        if (std::all_of(line.begin(), line.end(), [](char c) { return c > 0; })) {
            finding.report.push_back(line);
        }
    }
    const std::string text = write(of_numbers({1}, Precision::binary64), finding);
    RC_ASSERT(read(text, "drawn.json").finding == std::optional<Finding>(finding));
}

TEST(ACaseFile, keeps_a_finding_whose_report_is_not_utf8) {
    Finding finding;
    finding.seed = std::numeric_limits<std::uint64_t>::max();
    finding.report = {std::string("garbage \xFF\xC3(") + '\0'};
    const std::string text = write(of_numbers({1}, Precision::binary64), finding);
    const Finding back = read(text, "drawn.json").finding.value();
    EXPECT_EQ(back.seed, finding.seed);
    EXPECT_EQ(back.report.front(), std::string("garbage \xEF\xBF\xBD\xEF\xBF\xBD(") + '\0');
}

TEST(ACaseFile, has_decimals_that_are_read_in_the_declared_precision) {
    const std::string narrow = write(of_numbers({0.1F}, Precision::binary32));
    EXPECT_NE(narrow.find("\"values\": [0.1]"), narrow.npos) << narrow;
    EXPECT_EQ(read(narrow, "f").drawn.inputs[0][0], static_cast<double>(0.1F));

    const std::string wide = write(of_numbers({0.1, 0.1F}, Precision::binary64));
    EXPECT_NE(wide.find("\"values\": [0.1, 0.10000000149011612]"), wide.npos) << wide;
    EXPECT_EQ(read(wide, "f").drawn.inputs[0], (std::vector<double>{0.1, 0.1F}));
}

TEST(ACaseFile, may_have_its_fields_in_any_order_and_its_own_layout) {
    const CaseFile file = read(
        "\xEF\xBB\xBF{\"cotangent\":[-0, 1E1],\"output\":\"n1\",\"program\":[\r\n"
        "{\"operands\":[\"x\"],\"attributes\":{},\"primitive\":\"relu\",\"node\":\"n1\"}],\t"
        "\"inputs\":[{\"values\":[-0.0,\"inf\"],\"shape\":[2],\"n\\u0061me\":\"x\"}],"
        "\"numbers\":\"binary32\",\"version\":1,\"format\":\"gradproof case\"}",
        "f");
    EXPECT_EQ(bits(file.drawn.inputs[0]), bits({-0.0, std::numeric_limits<double>::infinity()}));
    EXPECT_EQ(bits(file.drawn.cotangent), bits({-0.0, 10}));
    EXPECT_EQ(file.drawn.graph.node_name(file.drawn.graph.output), "n1");
}

TEST(ACaseFile, numbers_nodes_by_their_names_where_a_program_has_such_an_order) {
    EXPECT_EQ(graph_indices(2, {{"n1", {0}}, {"n3", {2, 1}}}),
              (std::vector<backprop::NodeId>{0, 2, 1, 3}));
    EXPECT_EQ(graph_indices(2, {{"n0", {0}}, {"n1", {2}}}),
              (std::vector<backprop::NodeId>{0, 1, 2, 3}));
    EXPECT_EQ(graph_indices(1, {{"n2", {0}}, {"n1", {0}}}),
              (std::vector<backprop::NodeId>{0, 1, 2}));
    EXPECT_EQ(graph_indices(1, {{"n7", {0}}}), (std::vector<backprop::NodeId>{0, 1}));
    EXPECT_EQ(graph_indices(1, {{"hidden", {0}}, {"n2", {1}}}),
              (std::vector<backprop::NodeId>{0, 1, 2}));
    EXPECT_EQ(graph_indices(1, {{"n01", {0}}, {"n99999999999999999999999", {1}}}),
              (std::vector<backprop::NodeId>{0, 1, 2}));
}

TEST(Writing, refuses_what_no_file_can_hold_and_says_why) {
    const auto complaint = [](const Case& drawn) -> std::string {
        try {
            return "written: " + write(drawn);
        } catch (const std::invalid_argument& refusal) {
            return refusal.what();
        }
    };
    const auto expect = [&](const Case& drawn, const std::string& fragment) {
        EXPECT_NE(complaint(drawn).find(fragment), std::string::npos) << complaint(drawn);
    };
    const Case sound = of_numbers({1, 2}, Precision::binary64);
    EXPECT_EQ(complaint(sound).substr(0, 8), "written:");
    expect({}, "the program has no node; add an input");
    expect(of_numbers({0.1}, Precision::binary32),
           "input \"x\" holds 0.1, wanted numbers of binary32");

    Case broken = sound;
    broken.inputs[0].pop_back();
    expect(broken, "input \"x\" has 1 numbers, its shape [2] wants 2");
    broken = sound;
    broken.inputs.clear();
    expect(broken, "given 0 inputs, the program wants 1");
    broken = sound;
    broken.cotangent.push_back(1);
    expect(broken, "the cotangent has 3 numbers, its shape [2] wants 2");
    for (const char* name : {"n0", "n12345678901234567890", "", "two\nlines", "\xFF"}) {
        broken = sound;
        broken.graph.nodes[0].name = name;
        expect(broken, "; c");
    }
    backprop::Primitive own = primitives::primitive("relu");
    own.name = "my_relu";
    broken = sound;
    broken.graph.apply(own, {0});
    expect(broken, "unknown primitive \"my_relu\"; the nearest is \"relu\"");
    broken = sound;
    broken.precision = Precision::binary32;
    broken.graph.apply(primitives::primitive("scale"), {0}, {0.1});
    expect(broken, "node n1 holds 0.1, wanted numbers of binary32");
}

}  // namespace
}  // namespace gradproof::cases
