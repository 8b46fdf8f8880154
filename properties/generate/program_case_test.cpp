// Drawn programs: what they cover, on purpose, and that every one of them can be checked.
#include "../drawn_cases.hpp"

#include <gradproof/generate/fitting_shapes.hpp>
#include <gradproof/generate/primitive_case.hpp>
#include <gradproof/generate/program_case.hpp>
#include <gradproof/generate/program_coverage.hpp>
#include <gradproof/primitives/catalogue.hpp>

#include <algorithm>
#include <cstdio>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace gradproof::generate {
namespace {

using gradproof::testing::wanted_cases;
using gradproof::testing::wanted_seed;

/// The programs of a quick run, 20 000, are drawn once.
[[nodiscard]] const ProgramCoverage& coverage() {
    static const ProgramCoverage drawn = [] {
        ProgramCoverage sum;
        rc::Random random(wanted_seed());
        for (std::size_t i = 0; i < 200 * wanted_cases(); ++i) {
            Dice dice(random.split());
            sum.add(draw_program_case(dice));
        }
        for (const std::string& line : sum.lines()) std::printf("%s\n", line.c_str());
        return sum;
    }();
    return drawn;
}

/// The ranks of what the primitive yields.
[[nodiscard]] std::set<std::size_t> yielded_ranks(const backprop::Primitive& primitive) {
    std::set<std::size_t> ranks;
    rc::Random random(1);
    for (int draw = 0; draw < 100; ++draw) {
        Dice dice(random.split());
        ranks.insert(draw_primitive_case(dice, primitive).graph.output_shape().size());
    }
    return ranks;
}

/// Whether one of the primitive's operands may have that rank: as many letters in its pattern, or fewer
/// beside "...".
[[nodiscard]] bool takes_rank(const backprop::Primitive& primitive, std::size_t rank) {
    for (std::size_t k = 0; k < primitive.operands.size(); ++k) {
        std::istringstream pattern{std::string(shape_pattern(primitive, k))};
        std::size_t named = 0;
        bool open = false;
        for (std::string token; pattern >> token;)
            token == "..." ? void(open = true) : void(++named);
        if (open ? named <= rank : named == rank) return true;
    }
    return false;
}

/// Whether a result of one family can be an operand of the other.
[[nodiscard]] bool can_meet(std::string_view from, std::string_view to) {
    static const auto yielded = [] {
        std::map<std::string_view, std::set<std::size_t>> ranks;
        for (const backprop::Primitive& each : primitives::catalogue())
            ranks[primitives::family(each)].merge(yielded_ranks(each));
        return ranks;
    }();
    return std::ranges::any_of(primitives::catalogue(), [&](const backprop::Primitive& each) {
        return primitives::family(each) == to &&
               std::ranges::any_of(yielded.at(from),
                                   [&](std::size_t rank) { return takes_rank(each, rank); });
    });
}

TEST(DrawnPrograms, cover_every_primitive_and_every_pair_of_families) {
    for (const backprop::Primitive& each : primitives::catalogue())
        EXPECT_GE(1000 * coverage().nodes(each.name), coverage().programs()) << each.name;
    for (const std::string_view from : primitives::families()) {
        for (const std::string_view to : primitives::families()) {
            // The seldomest are there a few times: attention, whose three operands must fit together.
            EXPECT_EQ(coverage().edges(from, to) >= 1, can_meet(from, to))
                << from << " before " << to << ": " << coverage().edges(from, to);
        }
    }
}

TEST(DrawnPrograms, have_each_form_on_purpose) {
    for (std::size_t k = 0; k < kProgramForms; ++k) {
        const auto form = static_cast<ProgramForm>(k);
        EXPECT_GE(500 * coverage().with(form), coverage().programs()) << name(form);
    }
}

TEST(DrawnPrograms, stay_within_their_bounds_and_can_be_checked) {
    const ProgramBounds bounds{6, 20, 16};
    rc::Random random(wanted_seed());
    for (std::size_t i = 0; i < 20 * wanted_cases(); ++i) {
        Dice dice(random.split());
        const auto precision =
            i % 2 == 0 ? scalar::Precision::binary64 : scalar::Precision::binary32;
        const cases::Case drawn = draw_program_case(dice, bounds, precision);
        cases::require_checkable(drawn);
        const std::size_t nodes = drawn.graph.nodes.size() - drawn.graph.inputs.size();
        EXPECT_GE(nodes, 1U);
        EXPECT_LE(nodes, bounds.most_nodes);
        EXPECT_LE(cases::flat_inputs(drawn).size(), bounds.most_entries);
        for (const backprop::Node& node : drawn.graph.nodes) {
            const bool input = node.primitive == nullptr;
            EXPECT_LE(scalar::element_count(node.shape()),
                      input ? bounds.most_entries : bounds.most_node_entries);
        }
    }
}

}  // namespace
}  // namespace gradproof::generate
