// A subject that fails to answer: the report says how, and the case shrinks while it fails in that way.
#include <gradproof/laws/ask.hpp>

#include <gradproof/generate/program_case.hpp>
#include <gradproof/laws/search.hpp>
#include <gradproof/laws/vjp_agrees.hpp>
#include <gradproof/primitives/catalogue.hpp>
#include <gradproof/subject/fault.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace gradproof::laws {
namespace {

using subject::FaultKind;

[[nodiscard]] bool holds_node_of(const cases::Case& drawn, std::string_view primitive) {
    return std::any_of(drawn.graph.nodes.begin(), drawn.graph.nodes.end(), [&](const auto& node) {
        return node.primitive != nullptr && node.primitive->name == primitive;
    });
}

/// Sound, but where a program holds a tanh (it crashes) or an exp (it has none).
class Fragile final : public subject::Backprop {
public:
    using Backprop::Backprop;
    [[nodiscard]] subject::Answer answer(const cases::Case& drawn,
                                         std::span<const double> cotangent) const override {
        if (holds_node_of(drawn, "tanh")) throw subject::Fault(FaultKind::crashed, "signal 11");
        if (holds_node_of(drawn, "exp")) throw subject::Unsupported("no exp here");
        return Backprop::answer(drawn, cotangent);
    }
};

[[nodiscard]] cases::Case case_of(std::string_view primitive) {
    cases::Case drawn;
    const auto x = drawn.graph.add_input("x", {});
    static_cast<void>(drawn.graph.apply(primitives::primitive(primitive), {x}, {}));
    drawn.inputs = {{0.5}};
    drawn.cotangent = {1};
    return drawn;
}

TEST(Asking, reports_a_fault_as_what_it_is) {
    const check::Report report = ask(*find_law(kVjpAgrees), Fragile("fragile"), case_of("tanh"), 0);
    EXPECT_FALSE(report.holds());
    EXPECT_EQ(report.fault, FaultKind::crashed);
    const std::vector<std::string> lines = check::to_lines(report);
    EXPECT_EQ(lines.at(0),
              "wrong: fragile breaks \"vjp agrees with finite differences\": it crashed");
    EXPECT_EQ(lines.at(1), "  signal 11");
}

TEST(Asking, counts_what_the_subject_does_not_take) {
    const check::Report report = ask(*find_law(kVjpAgrees), Fragile("fragile"), case_of("exp"), 0);
    EXPECT_TRUE(report.holds());
    EXPECT_EQ(report.counts.not_offered, 1U);
    EXPECT_EQ(report.remark, "no exp here");
}

TEST(Asking, of_a_fault_is_searched_for_and_made_simpler_like_any_other_failure) {
    const Fragile fragile("fragile");
    Plan plan;
    plan.seed = 7;
    plan.cases = 5000;
    const Law* law = find_law(kVjpAgrees);
    plan.laws = {law, 1};
    const Outcome outcome = search(fragile, generate::program_case(), plan);
    ASSERT_TRUE(outcome.finding);
    EXPECT_EQ(outcome.finding->report.fault, FaultKind::crashed);
    EXPECT_TRUE(holds_node_of(outcome.finding->minimal, "tanh"));
    EXPECT_EQ(outcome.finding->minimal.graph.nodes.size(), 2U);
}

/// Out of memory at its thirtieth answer, and as good as new from then on.
class Leaking final : public subject::Backprop {
public:
    using Backprop::Backprop;
    [[nodiscard]] subject::Answer answer(const cases::Case& drawn,
                                         std::span<const double> cotangent) const override {
        if (++answers_ == 30) throw subject::Fault(FaultKind::out_of_memory, "it took too much");
        return Backprop::answer(drawn, cotangent);
    }

private:
    mutable int answers_ = 0;
};

TEST(Asking, of_a_fault_that_does_not_repeat_keeps_it_and_says_so) {
    Plan plan;
    plan.seed = 7;
    plan.cases = 1000;
    plan.laws = {find_law(kVjpAgrees), 1};
    const auto finding = search(Leaking("leaking"), generate::program_case(), plan).finding;
    ASSERT_TRUE(finding);
    EXPECT_FALSE(finding->report.holds());
    EXPECT_FALSE(finding->repeats);
    EXPECT_EQ(finding->report.fault, FaultKind::out_of_memory);
    EXPECT_EQ(finding->shrinks, 0U);
    const std::vector<std::string> lines = check::to_lines(finding->report);
    EXPECT_TRUE(std::ranges::any_of(lines, [](const std::string& line) {
        return line.find("asked about the same case once more, it kept the law") !=
               std::string::npos;
    }));
}

}  // namespace
}  // namespace gradproof::laws
