// Planted errors do what they say, and nothing where they say nothing.
#include <gradproof/laws/law.hpp>
#include <gradproof/laws/planted_subject.hpp>

#include <gradproof/primitives/builders.hpp>
#include <gradproof/primitives/catalogue.hpp>

#include <algorithm>
#include <cmath>
#include <set>
#include <string>

#include <gtest/gtest.h>

namespace gradproof::laws {
namespace {

using cases::Answer;
using Numbers = std::vector<double>;

/// A matrix and a vector of two, whose gradient is (1, 2, 3, 4; 5, 6) u[0] + (0, ..., 0, 1) u[1].
struct Question {
    std::vector<scalar::Shape> shapes{{2, 2}, {2}};
    Numbers inputs{0.5, -1, 2, 3, 7, 7};
    Numbers cotangent{1, 0};
    scalar::Precision precision = scalar::Precision::binary64;
    cases::Budget budget;

    [[nodiscard]] Answer sound(std::span<const double> u) const {
        return {{u[0], u[1]}, {u[0], 2 * u[0], 3 * u[0], 4 * u[0], 5 * u[0], 6 * u[0] + u[1]}};
    }
    /// What the error makes of the sound answer to the question's cotangent.
    [[nodiscard]] Answer spoiled(const Spoil& spoil) {
        Answer answer = sound(cotangent);
        budget = {};
        for (const double y : answer.primal) budget.primal.push_back({y, std::abs(y) * 0x1p-53});
        for (const double g : answer.gradient) {
            budget.gradient.push_back({g, std::abs(g) * 0x1p-53});
        }
        spoil({shapes, inputs, cotangent, precision,
               [this](std::span<const double> u) { return sound(u); },
               [this]() -> const cases::Budget& { return budget; }},
              answer);
        return answer;
    }
};

[[nodiscard]] PlantedError named(std::string_view name) {
    for (const auto& errors : {errors_in_numbers(), errors_at_hard_inputs(), errors_of_memory()}) {
        const auto found = std::ranges::find(errors, name, &PlantedError::name);
        if (found != errors.end()) return *found;
    }
    ADD_FAILURE() << "no planted error \"" << name << "\"";
    return {};
}

[[nodiscard]] Numbers gradient_with(std::string_view name, std::uint64_t seed = 0,
                                    Question question = {}) {
    return question.spoiled(named(name).spoil(seed)).gradient;
}

TEST(PlantedErrors, have_names_of_their_own_and_are_claimed_by_laws_that_exist) {
    std::set<std::string_view> names, claiming;
    for (const ProgramError& error : all_program_errors(primitives::catalogue())) {
        EXPECT_TRUE(names.insert(error.name).second) << error.name;
        EXPECT_FALSE(error.does.empty()) << error.name;
        EXPECT_FALSE(error.claimed_by.empty()) << error.name;
        for (const std::string_view law : error.claimed_by) {
            EXPECT_NE(find_law(law), nullptr) << error.name << ": " << law;
            claiming.insert(law);
        }
    }
    for (const Law& law : all_laws()) EXPECT_TRUE(claiming.contains(law.name)) << law.name;
}

TEST(PlantedErrors, of_signs_and_places_change_what_they_name) {
    EXPECT_EQ(gradient_with("every sign turned"), (Numbers{-1, -2, -3, -4, -5, -6}));
    EXPECT_EQ(gradient_with("signs of one input turned", 1), (Numbers{1, 2, 3, 4, -5, -6}));
    EXPECT_EQ(gradient_with("one entry zeroed", 2), (Numbers{1, 2, 0, 4, 5, 6}));
    EXPECT_EQ(gradient_with("a path missing", 0), (Numbers{0, 0, 0, 0, 5, 6}));
    EXPECT_EQ(gradient_with("two entries swapped", 4), (Numbers{1, 2, 3, 4, 6, 5}));
    EXPECT_EQ(gradient_with("a matrix transposed"), (Numbers{1, 3, 2, 4, 5, 6}));
    EXPECT_TRUE(std::isnan(gradient_with("NaN in one entry", 3)[3]));
}

TEST(PlantedErrors, of_size_lose_what_is_small) {
    Question question;
    question.cotangent = {0x1p-60, 0x1p-600};
    EXPECT_EQ(gradient_with("small entries lost", 0, question), Numbers(6, 0.0));
    EXPECT_EQ(gradient_with("tiny entries lost", 0, question)[0], 0x1p-60);
    question.cotangent = {0x1p-600, 0};
    EXPECT_EQ(gradient_with("tiny entries lost", 0, question), Numbers(6, 0.0));
    question.cotangent = {0.1, 0};
    EXPECT_EQ(gradient_with("rounded to a narrower type", 0, question)[0],
              static_cast<double>(0.1f));
    EXPECT_EQ(gradient_with("rounded to a narrower type"), (Numbers{1, 2, 3, 4, 5, 6}));
}

TEST(PlantedErrors, of_budgets_are_as_large_as_they_say) {
    EXPECT_EQ(gradient_with("one entry off by 4 n budgets", 0)[0], 1 + 24 * 0x1p-53);
    EXPECT_EQ(gradient_with("scaled by 1 to 1024 budgets", std::uint64_t{10} << 32)[3],
              4 * (1 + 1024 * 0x1p-53));
    Question question;
    EXPECT_EQ(question.spoiled(named("primal off by 4 budgets").spoil(0)).primal[0],
              1 + 4 * 0x1p-53);
}

TEST(PlantedErrors, of_cotangents_take_another) {
    Question question;
    question.cotangent = {-2, 10};
    EXPECT_EQ(gradient_with("cotangent ignored", 0, question), (Numbers{1, 2, 3, 4, 5, 8}));
    EXPECT_EQ(gradient_with("one cotangent ignored", 1, question),
              (Numbers{-2, -4, -6, -8, -10, -12}));
    EXPECT_EQ(gradient_with("cotangent without signs", 0, question), (Numbers{2, 4, 6, 8, 10, 22}));
    EXPECT_EQ(gradient_with("not zero for a zero cotangent", 0), (Numbers{1, 2, 3, 4, 5, 6}));
    question.cotangent = {0, 0};
    EXPECT_EQ(gradient_with("not zero for a zero cotangent", 0, question),
              (Numbers{0x1p-1074, 0, 0, 0, 0, 0}));
}

TEST(PlantedErrors, at_hard_inputs_double_the_entries_there) {
    Question question;
    question.inputs = {0, -1, 0x1p50, 3, 0x1p-50, 7};
    EXPECT_EQ(gradient_with("doubled at zeros", 0, question), (Numbers{2, 2, 3, 4, 5, 6}));
    EXPECT_EQ(gradient_with("doubled at huge inputs", 0, question), (Numbers{1, 2, 6, 4, 5, 6}));
    EXPECT_EQ(gradient_with("doubled at tiny inputs", 0, question), (Numbers{1, 2, 3, 4, 10, 6}));
    EXPECT_EQ(gradient_with("doubled at ties"), (Numbers{1, 2, 3, 4, 10, 12}));
}

TEST(PlantedErrors, change_nothing_where_there_is_nothing_to_change) {
    const Numbers right{1, 2, 3, 4, 5, 6};
    for (const char* name : {"small entries lost", "tiny entries lost", "doubled at zeros",
                             "doubled at huge inputs", "doubled at tiny inputs"}) {
        EXPECT_EQ(gradient_with(name), right) << name;
    }
    Question vectors;
    vectors.shapes = {{4}, {2}};
    EXPECT_EQ(gradient_with("a matrix transposed", 0, vectors), right);
}

TEST(PlantedErrors, of_memory_answer_the_first_call_soundly) {
    Question question;
    const Numbers right{1, 2, 3, 4, 5, 6}, twice{2, 4, 6, 8, 10, 12};
    const Spoil stale = named("stale").spoil(0), kept = named("buffer not cleared").spoil(0),
                turns = named("an ulp by turns").spoil(0);
    EXPECT_EQ(question.spoiled(stale).gradient, right);
    EXPECT_EQ(question.spoiled(kept).gradient, right);
    for (int call = 0; call < 2; ++call) EXPECT_EQ(question.spoiled(turns).gradient, right);
    EXPECT_EQ(question.spoiled(turns).gradient[0], 1 + 0x1p-52);
    question.cotangent = {2, 0};
    EXPECT_EQ(question.spoiled(stale).gradient, right);
    EXPECT_EQ(question.spoiled(stale).gradient, twice);
    EXPECT_EQ(question.spoiled(kept).gradient, (Numbers{3, 6, 9, 12, 15, 18}));
}

TEST(PlantedErrors, of_programs_leave_programs_alone_in_which_no_node_is_used_twice) {
    cases::Case once;
    const auto x = backprop::input(once.graph, "x", {2});
    const auto y = primitives::relu(x);
    once.inputs = {{1, 2}};
    once.cotangent = {1, 1};
    const subject::Backprop library;
    for (const ProgramError& error : errors_of_programs(primitives::catalogue())) {
        if (error.name != "assigned, not accumulated") continue;
        const auto planted = error.plant(library, 0);
        EXPECT_EQ(planted->answer(once, once.cotangent).gradient, (Numbers{1, 1}));
        EXPECT_FALSE(planted->damage_done().changed);
        cases::Case twice = once;
        const auto sum = primitives::add({&twice.graph, y.id}, {&twice.graph, x.id});
        static_cast<void>(sum);
        EXPECT_EQ(planted->answer(twice, twice.cotangent).gradient, (Numbers{1, 1}));
        EXPECT_TRUE(planted->damage_done().changed);
        EXPECT_GT(planted->damage_done().budgets, 1);
    }
}

}  // namespace
}  // namespace gradproof::laws
