// The power of the suite, proven on suites that were made too weak on purpose: each must be found out,
// and what survived in it named.
#include "../says.hpp"

#include <gradproof/laws/power.hpp>

#include <gradproof/generate/net_case.hpp>
#include <gradproof/generate/numbers.hpp>
#include <gradproof/generate/primitive_case.hpp>
#include <gradproof/laws/primal_agrees.hpp>
#include <gradproof/laws/pullback_is_linear.hpp>
#include <gradproof/laws/vjp_agrees.hpp>
#include <gradproof/primitives/catalogue.hpp>

#include <rapidcheck/GenerationFailure.h>
#include <rapidcheck/Shrinkable.h>

#include <algorithm>
#include <array>
#include <string>

#include <gtest/gtest.h>

namespace gradproof::laws {
namespace {

using cases::Case;
using subject::ProgramSubject;
using subject::ProgramTrial;

[[nodiscard]] std::string text_of(const Power& power) {
    std::string text;
    for (const std::string& line : to_lines(power)) text += line + "\n";
    return text;
}

[[nodiscard]] bool claims(const ProgramError& error, std::string_view law) {
    return std::ranges::find(error.claimed_by, law) != error.claimed_by.end();
}

/// Those that some law of the list claims to see.
[[nodiscard]] std::vector<ProgramError> errors_claimed_by(std::span<const Law> laws) {
    std::vector<ProgramError> errors = all_program_errors(primitives::catalogue());
    std::erase_if(errors, [&](const ProgramError& error) {
        return std::ranges::none_of(laws, [&](const Law& law) { return claims(error, law.name); });
    });
    return errors;
}

[[nodiscard]] ProgramError error_named(std::string_view name) {
    const auto errors = all_program_errors(primitives::catalogue());
    return *std::ranges::find(errors, name, &ProgramError::name);
}

[[nodiscard]] Source source_of(std::string_view primitive) {
    return {std::string(primitive), generate::primitive_case(primitives::primitive(primitive)), 1};
}

/// Small enough for a test, with a matrix, a tail, a kink, a sum and a net.
[[nodiscard]] PowerPlan small_plan() {
    PowerPlan plan;
    plan.seed = 1;
    plan.rounds = 3;
    plan.cases = 5;
    plan.laws = all_laws();
    plan.errors = all_program_errors(primitives::catalogue());
    for (const char* name : {"matmul", "sigmoid", "square"}) {
        plan.sources.push_back(source_of(name));
    }
    const generate::NetBounds bounds{.most_layers = 2, .most_units = 3, .most_entries = 15};
    plan.sources.push_back({"small nets", generate::net_case(bounds), 2});
    return plan;
}

/// A program's trial whose budgets are a million times too wide.
class LaxTrial final : public subject::Trial {
public:
    LaxTrial(const ProgramSubject& subject, const Case& drawn) : strict_(subject, drawn) {}
    [[nodiscard]] std::string subject_name() const override { return strict_.subject_name(); }
    [[nodiscard]] const callable::Callable& function() const override { return strict_.function(); }
    [[nodiscard]] std::span<const double> inputs() const override { return strict_.inputs(); }
    [[nodiscard]] std::span<const double> cotangent() const override { return strict_.cotangent(); }
    [[nodiscard]] scalar::Precision precision() const override { return strict_.precision(); }
    [[nodiscard]] subject::Answer answer(std::span<const double> u) const override {
        return strict_.answer(u);
    }
    [[nodiscard]] cases::Budget budget(std::span<const double> u) const override {
        cases::Budget budget = strict_.budget(u);
        widen(budget);
        for (scalar::Branch& branch : budget.branches) widen(branch);
        return budget;
    }
    [[nodiscard]] std::string entry_name(std::size_t i) const override {
        return strict_.entry_name(i);
    }
    [[nodiscard]] std::vector<std::string> program_lines() const override {
        return strict_.program_lines();
    }
    [[nodiscard]] bool single_primitive() const override { return strict_.single_primitive(); }
    [[nodiscard]] std::optional<cases::WideEntry> declared(std::size_t i) const override {
        return strict_.declared(i);
    }
    [[nodiscard]] std::vector<cases::WideEntry> formula() const override {
        return strict_.formula();
    }
    [[nodiscard]] std::unique_ptr<subject::Trial> at(std::vector<double> inputs,
                                                     std::vector<double> u) const override {
        return strict_.at(std::move(inputs), std::move(u));
    }

private:
    ProgramTrial strict_;

    static void widen(scalar::Branch& branch) {
        for (scalar::Allowance& y : branch.primal) y.bound *= 1e6;
        for (scalar::Allowance& g : branch.gradient) g.bound *= 1e6;
    }
};

constexpr std::array kLaxLaws{
    Law{kPrimalAgrees, [](const ProgramSubject& s, const Case& c,
                          std::uint64_t) { return primal_agrees(LaxTrial(s, c)); }},
    Law{kVjpAgrees, [](const ProgramSubject& s, const Case& c,
                       std::uint64_t seed) { return vjp_agrees(LaxTrial(s, c), seed); }},
};

/// Primitives at normal numbers alone, as most gradient checkers draw them.
[[nodiscard]] rc::Gen<Case> pinned_to_normal(std::string_view name) {
    const backprop::Primitive& primitive = primitives::primitive(name);
    return [&primitive](const rc::Random& random, int) {
        generate::Dice dice(random);
        Case drawn = generate::draw_primitive_case(dice, primitive);
        const auto normals = [&](std::vector<double>& numbers, const scalar::Domain& domain) {
            numbers = generate::draw_numbers(
                dice, numbers.size(), domain, scalar::Precision::binary64,
                generate::Style::well_scaled, generate::Arrangement::independent);
        };
        for (std::size_t i = 0; i < drawn.inputs.size(); ++i) {
            normals(drawn.inputs[i], primitive.domain(i));
        }
        normals(drawn.cotangent, {});
        return rc::shrinkable::just(std::move(drawn));
    };
}

TEST(ProofOfPower, holds_for_the_suite_as_it_is) {
    const Power found = power(subject::Backprop(), small_plan());
    EXPECT_TRUE(found.holds()) << text_of(found);
    EXPECT_TRUE(text_of(found).starts_with("holds: all ")) << text_of(found);
    EXPECT_EQ(found.shares.cases, 3 * 5 * small_plan().sources.size());
    EXPECT_EQ(found.shares.discarded, 0U);
}

TEST(ProofOfPower, fails_where_every_budget_is_a_million_times_too_wide) {
    PowerPlan plan = small_plan();
    plan.laws = kLaxLaws;
    plan.errors = {error_named("every sign turned"), error_named("one entry off by 4 n budgets"),
                   error_named("scaled by 1 to 1024 budgets"),
                   error_named("primal off by 4 budgets")};
    const Power found = power(subject::Backprop(), plan);
    const std::string text = text_of(found);
    EXPECT_FALSE(found.holds()) << text;
    EXPECT_TRUE(text.starts_with("too weak: ")) << text;
    EXPECT_TRUE(says(text,
                     "\"one entry off by 4 n budgets\" survives: \"vjp agrees with finite "
                     "differences\" claims to see it, and"))
        << text;
    EXPECT_TRUE(says(text, "\"scaled by 1 to 1024 budgets\" survives")) << text;
    EXPECT_TRUE(says(text, "\"primal off by 4 budgets\" survives")) << text;
    EXPECT_FALSE(says(text, "\"every sign turned\" survives")) << text;
}

TEST(ProofOfPower, fails_where_any_one_law_is_left_out_and_names_it) {
    for (const Law& left_out : all_laws()) {
        std::vector<Law> others(all_laws().begin(), all_laws().end());
        std::erase_if(others, [&](const Law& law) { return law.name == left_out.name; });
        PowerPlan plan = small_plan();
        plan.laws = others;
        plan.errors = errors_claimed_by({&left_out, 1});
        ASSERT_FALSE(plan.errors.empty()) << left_out.name << " claims to see nothing";
        plan.rounds = 1;
        plan.cases = 1;
        plan.all_must_be_planted = false;
        const Power found = power(subject::Backprop(), plan);
        EXPECT_FALSE(found.holds());
        EXPECT_TRUE(says(text_of(found), "\"" + std::string(left_out.name) +
                                             "\" claims to see it, but is not among the laws"))
            << text_of(found);
    }
}

TEST(ProofOfPower, fails_where_a_generator_is_pinned_to_normal_numbers_and_says_what_it_misses) {
    constexpr std::array names{"matmul", "sigmoid", "hadamard", "softplus", "square"};
    PowerPlan plan = small_plan();
    const Law* vjp = find_law(kVjpAgrees);
    plan.laws = {vjp, 1};
    std::erase_if(plan.errors, [](const ProgramError& error) {
        const auto hard = errors_at_hard_inputs();
        return std::ranges::find(hard, error.name, &PlantedError::name) == hard.end();
    });
    ASSERT_FALSE(plan.errors.empty());
    plan.sources.clear();
    for (const char* name : names) plan.sources.push_back({name, pinned_to_normal(name), 1});
    const Power pinned = power(subject::Backprop(), plan);
    EXPECT_FALSE(pinned.holds());
    for (const ProgramError& error : plan.errors) {
        EXPECT_TRUE(says(text_of(pinned), "\"" + std::string(error.name) + "\" survives: \"" +
                                              std::string(kVjpAgrees) +
                                              "\" claims to see it, but in 75 cases there was "
                                              "nothing that it changes: the generator does not "
                                              "reach it"))
            << text_of(pinned);
    }
}

TEST(ProofOfPower, fails_where_a_law_sees_an_error_in_some_functions_but_never_in_another) {
    // Blind to sigmoid alone.
    constexpr Law blind{kVjpAgrees, [](const ProgramSubject& s, const Case& c, std::uint64_t seed) {
                            if (c.graph.nodes[c.graph.output].primitive->name == "sigmoid") {
                                return check::Report{};
                            }
                            return vjp_agrees(ProgramTrial(s, c), seed);
                        }};
    PowerPlan plan = small_plan();
    plan.laws = {&blind, 1};
    plan.cases = 20;
    plan.errors = {error_named("every sign turned")};
    plan.sources.pop_back();
    const std::string text = text_of(power(subject::Backprop(), plan));
    EXPECT_TRUE(says(text, "claims to see it, and never does in sigmoid (")) << text;
    EXPECT_FALSE(says(text, "never does in matmul")) << text;
}

TEST(ProofOfPower, says_of_a_subject_that_is_itself_wrong_that_it_is_wrong) {
    const subject::Backprop library;
    const auto wrong = error_named("every sign turned").plant(library, 1);
    const Power found = power(*wrong, small_plan());
    EXPECT_FALSE(found.holds());
    ASSERT_TRUE(found.broken);
    EXPECT_EQ(found.broken->report.law, kVjpAgrees);
    EXPECT_TRUE(
        text_of(found).starts_with("wrong: gradproof backprop with every sign turned itself "
                                   "breaks a law"))
        << text_of(found);
}

TEST(ProofOfPower, fails_where_more_than_one_case_in_a_hundred_asks_nothing) {
    PowerPlan plan = small_plan();
    plan.errors.clear();
    // A net of relu(x) - relu(x), from 1 on: neither a zero nor a tie, and always constant.
    plan.sources = {{"dead nets",
                     [](const rc::Random& random, int) {
                         generate::Dice dice(random);
                         Case drawn;
                         const auto x = backprop::input(drawn.graph, "x", {1});
                         const auto& negate = primitives::primitive("negate");
                         const auto& relu = primitives::primitive("relu");
                         const auto minus = backprop::apply(negate, {x});
                         static_cast<void>(backprop::apply(relu, {minus}));
                         drawn.inputs = {{1 + dice.uniform()}};
                         drawn.cotangent = {1};
                         return rc::shrinkable::just(std::move(drawn));
                     },
                     1}};
    const std::string text = text_of(power(subject::Backprop(), plan));
    EXPECT_TRUE(says(text, "15 of 15 cases are vacuous")) << text;
}

TEST(ProofOfPower, fails_where_more_than_one_draw_in_twenty_is_thrown_away) {
    PowerPlan plan = small_plan();
    plan.errors.clear();
    const auto whole = plan.sources.front().drawn;
    plan.sources.front().drawn = [whole](const rc::Random& random, int size) {
        if (generate::Dice(random).chance(60)) throw rc::GenerationFailure("no fit");
        return whole(random, size);
    };
    const Power found = power(subject::Backprop(), plan);
    EXPECT_GT(found.shares.discarded, 0U);
    EXPECT_TRUE(says(text_of(found), " draws were discarded, at most 5 % may be"))
        << text_of(found);
}

TEST(ProofOfPower, stops_when_it_is_told_to) {
    PowerPlan plan = small_plan();
    plan.errors.resize(1);
    plan.progress = [](std::size_t done) { return done < 3; };
    const Power found = power(subject::Backprop(), plan);
    EXPECT_TRUE(found.stopped);
    EXPECT_EQ(found.shares.cases, 3U);
    EXPECT_EQ(to_lines(found).front(), "interrupted after 3 cases");
}

}  // namespace
}  // namespace gradproof::laws
