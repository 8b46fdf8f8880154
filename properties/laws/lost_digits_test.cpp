// Digits lost by a right formula are told from a wrong one: by the formula where it is known, and
// from outside as far as that goes.
#include <wrong_rules/wrong_rule.hpp>

#include <gradproof/check/check.hpp>
#include <gradproof/check/loss.hpp>
#include <gradproof/laws/search.hpp>
#include <gradproof/laws/vjp_agrees.hpp>
#include <gradproof/primitives/catalogue.hpp>

#include <algorithm>
#include <array>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace {

using namespace gradproof;
using check::Report;
using check::Verdict;

/// A textbook form and a point where it has lost its digits.
struct Lost {
    const char* rule;
    const char* primitive;
    std::vector<double> inputs;
};

const std::array kLost{
    Lost{"sigmoid: textbook", "sigmoid", {40}},
    Lost{"expm1: textbook", "expm1", {-40}},
    Lost{"tanh: textbook", "tanh", {20}},
    Lost{"softplus: textbook", "softplus", {800}},
    Lost{"logsumexp: no shift", "logsumexp", {800, 799}},
    Lost{"norm: unscaled", "norm", {3e-200, 4e-200}},
};

[[nodiscard]] std::unique_ptr<subject::ProgramSubject> wrong_rule(const std::string& name) {
    for (const fixtures::WrongRule& rule : fixtures::wrong_rules()) {
        if (rule.name == name) return rule.subject();
    }
    throw std::invalid_argument("no wrong rule " + name);
}

/// The same answers, and not a word on how they come about.
class BlackBox final : public subject::ProgramSubject {
public:
    explicit BlackBox(const subject::ProgramSubject& inside) : inside_(inside) {}
    [[nodiscard]] std::string name() const override { return inside_.name() + ", a black box"; }
    [[nodiscard]] subject::Answer answer(const cases::Case& drawn,
                                         std::span<const double> cotangent) const override {
        return inside_.answer(drawn, cotangent);
    }

private:
    const subject::ProgramSubject& inside_;
};

[[nodiscard]] cases::Case case_of(const Lost& lost) {
    cases::Case drawn;
    const backprop::NodeId x = drawn.graph.add_input("x", {lost.inputs.size()});
    drawn.graph.apply(primitives::primitive(lost.primitive), {x});
    drawn.inputs = {lost.inputs};
    drawn.cotangent.assign(scalar::element_count(drawn.graph.output_shape()), 1.0);
    return drawn;
}

[[nodiscard]] Report report_of(const subject::ProgramSubject& subject, const cases::Case& drawn) {
    const subject::ProgramTrial trial(subject, drawn);
    return check::with_cause(trial, check::gradient(trial));
}

void print(const Report& report) {
    for (const std::string& line : check::to_lines(report)) std::printf("  %s\n", line.c_str());
}

TEST(LostDigits, of_a_known_formula_are_no_wrong_formula) {
    for (const Lost& lost : kLost) {
        const auto subject = wrong_rule(lost.rule);
        const Report report = report_of(*subject, case_of(lost));
        print(report);
        EXPECT_EQ(report.verdict, Verdict::inaccurate) << lost.rule;
        EXPECT_TRUE(std::any_of(report.entries.begin(), report.entries.end(),
                                [](const check::Entry& e) { return e.digits_lost > 15; }))
            << lost.rule;
        EXPECT_NE(report.remark.find("digits are lost"), std::string::npos) << lost.rule;
    }
}

TEST(LostDigits, of_a_black_box_never_agree_and_are_never_called_wrong) {
    for (const Lost& lost : kLost) {
        const auto inside = wrong_rule(lost.rule);
        const Report report = report_of(BlackBox(*inside), case_of(lost));
        print(report);
        EXPECT_FALSE(report.holds()) << lost.rule;
        EXPECT_NE(report.verdict, Verdict::wrong) << lost.rule;
    }
}

TEST(LostDigits, are_what_every_textbook_form_shrinks_to) {
    for (const fixtures::WrongRule& rule : fixtures::wrong_rules()) {
        const bool textbook = std::any_of(kLost.begin(), kLost.end(),
                                          [&](const Lost& lost) { return rule.name == lost.rule; });
        if (!textbook) continue;
        const auto subject = rule.subject();
        const laws::Plan plan{7, 400, {laws::find_law(laws::kVjpAgrees), 1}};
        const auto finding = laws::search(*subject, rule.drawn, plan).finding;
        ASSERT_TRUE(finding) << rule.name;
        EXPECT_EQ(finding->report.verdict, Verdict::inaccurate) << rule.name;
        std::printf("%s\n", rule.name.c_str());
        print(finding->report);
    }
}

/// Rules that are wrong by their formula stay wrong where nobody shows it.
TEST(AWrongFormula, of_a_black_box_is_no_lost_digits) {
    for (const std::string name : {"square: factor 2", "divide: sign", "matvec: transposed",
                                   "tanh: post-activation", "softmax: missing term"}) {
        std::unique_ptr<subject::ProgramSubject> inside;
        const fixtures::WrongRule* found = nullptr;
        for (const fixtures::WrongRule& rule : fixtures::wrong_rules()) {
            if (rule.name == name) found = &rule;
        }
        ASSERT_NE(found, nullptr) << name;
        inside = found->subject();
        const laws::Plan plan{7, 100, {laws::find_law(laws::kVjpAgrees), 1}};
        const auto finding = laws::search(BlackBox(*inside), found->drawn, plan).finding;
        ASSERT_TRUE(finding) << name;
        EXPECT_EQ(finding->report.verdict, Verdict::wrong) << name;
    }
}

/// Sound backprop with one factor on every entry.
class Scaled final : public subject::ProgramSubject {
public:
    explicit Scaled(double factor) : factor_(factor) {}
    [[nodiscard]] std::string name() const override { return "scaled"; }
    [[nodiscard]] subject::Answer answer(const cases::Case& drawn,
                                         std::span<const double> cotangent) const override {
        subject::Answer answer = library_.answer(drawn, cotangent);
        for (double& g : answer.gradient) g *= factor_;
        return answer;
    }

private:
    double factor_;
    subject::Backprop library_;
};

TEST(AWrongFormula, of_a_black_box_that_is_off_by_a_tiny_factor_shows_in_the_ratio) {
    const Report report = report_of(Scaled(1 + 1e-12), case_of({"", "exp", {1}}));
    EXPECT_EQ(report.verdict, Verdict::wrong);
    EXPECT_NE(report.remark.find("it is 1 + 1e-12 times the derivative"), std::string::npos)
        << report.remark;
}

}  // namespace
