// Each verdict and each reason for which agreement says nothing, met on purpose.
#include "some_cases.hpp"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

namespace gradproof::check {
namespace {

constexpr double kInf = std::numeric_limits<double>::infinity();
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
using In = std::vector<backprop::Variable>;

[[nodiscard]] Entry only_entry(const Report& report) {
    EXPECT_EQ(report.entries.size(), 1U);
    return report.entries.at(0);
}

TEST(TheVerdict, at_the_kink_of_a_primitive_is_its_declared_convention_and_nothing_else) {
    const cases::Case drawn = single(primitives::relu, {0});
    EXPECT_EQ(judged(drawn, {0}).verdict, Verdict::nonsmooth);
    EXPECT_EQ(judged(drawn, {-0.0}).verdict, Verdict::nonsmooth);
    for (const double answer : {1.0, 0.5, -1.0, 0x1p-1074, kInf, kNaN}) {
        EXPECT_EQ(judged(drawn, {answer}).verdict, Verdict::wrong) << answer;
    }
}

TEST(TheVerdict, next_to_a_kink_is_that_of_a_smooth_point) {
    const cases::Case drawn = single(primitives::relu, {0x1p-1074, -0x1p-1074});
    EXPECT_EQ(judged(drawn, {1, 0}).verdict, Verdict::agrees);
    EXPECT_EQ(judged(drawn, {0, 0}).counts.wrong, 1U);
    EXPECT_EQ(judged(drawn, {1, 1}).counts.wrong, 1U);
}

TEST(TheVerdict, where_the_slope_is_infinite_wants_that_infinity) {
    const cases::Case drawn = single(primitives::sqrt, {0});
    EXPECT_EQ(judged(drawn, {kInf}).verdict, Verdict::nonsmooth);
    for (const double answer : {0.0, 1e300, -kInf, kNaN}) {
        EXPECT_EQ(judged(drawn, {answer}).verdict, Verdict::wrong) << answer;
    }
}

TEST(TheVerdict, allows_nothing_where_the_reference_computes_exactly) {
    const cases::Case drawn = program(
        [](const In& x) { static_cast<void>(primitives::subtract(x[0], x[1])); }, {{1}, {2}});
    EXPECT_EQ(judged(drawn, {1, -1}).verdict, Verdict::agrees);
    EXPECT_EQ(judged(drawn, {1, -1 + 0x1p-53}).verdict, Verdict::wrong);
}

TEST(TheVerdict, is_powerless_where_even_a_zero_would_agree) {
    // (x + 1e17) - 1e17 is 0 in double where 1 is true: the slope 2 of its square is lost.
    const cases::Case drawn = program(
        [](const In& x) {
            static_cast<void>(
                primitives::square(primitives::subtract(primitives::add(x[0], x[1]), x[1])));
        },
        {{1}, {1e17}});
    const Entry entry = judged(drawn).entries.at(0);
    EXPECT_EQ(entry.subject, 0);
    EXPECT_EQ(entry.truth->value, 2);
    EXPECT_EQ(entry.verdict, Verdict::agrees);
    EXPECT_EQ(entry.standing, Standing::powerless);
    EXPECT_EQ(judged(drawn, {100, 0}).verdict, Verdict::wrong) << "beyond the budget";
}

/// square with its pullback taken from exp, in every number type: g y instead of 2 g x.
[[nodiscard]] const backprop::Primitive& square_with_a_wrong_formula() {
    static const backprop::Primitive wrong = [] {
        backprop::Primitive primitive = primitives::primitive("square");
        const backprop::Rules& of_exp = primitives::primitive("exp").rules;
        std::apply(
            [&](auto&... rule) {
                ((rule.pullback = std::get<std::decay_t<decltype(rule)>>(of_exp).pullback), ...);
            },
            primitive.rules);
        return primitive;
    }();
    return wrong;
}

TEST(TheVerdict, is_wrong_where_the_numbers_say_nothing_but_the_formula_in_wide_numbers_is_wrong) {
    cases::Case drawn = program(
        [](const In& x) {
            static_cast<void>(
                primitives::square(primitives::subtract(primitives::add(x[0], x[1]), x[1])));
        },
        {{1}, {1e17}});
    drawn.graph = backprop::with_primitive(drawn.graph, square_with_a_wrong_formula());
    const Entry entry = judged(drawn).entries.at(0);
    EXPECT_EQ(entry.standing, Standing::powerless);
    EXPECT_EQ(entry.verdict, Verdict::wrong);
    EXPECT_EQ(entry.remark, "the formula itself, in wide numbers, gives 1");
}

TEST(TheVerdict, is_out_of_range_where_the_reference_overflows) {
    const cases::Case drawn = program(
        [](const In& x) { static_cast<void>(primitives::square(primitives::exp(x[0]))); }, {{400}});
    const Entry entry = only_entry(judged(drawn));
    EXPECT_TRUE(std::isinf(entry.subject));
    EXPECT_EQ(entry.verdict, Verdict::agrees);
    EXPECT_EQ(entry.standing, Standing::out_of_range);
}

TEST(TheVerdict, is_out_of_range_where_the_gradient_underflows) {
    const Entry entry = only_entry(judged(single(primitives::sigmoid, {-800})));
    EXPECT_EQ(entry.subject, 0);
    EXPECT_EQ(entry.verdict, Verdict::agrees);
    EXPECT_EQ(entry.standing, Standing::out_of_range);
}

TEST(TheVerdict, is_undecided_within_rounding_of_a_kink) {
    // (x + 1e17) - 1e17 is 1, and 0 in double: relu takes the other branch.
    const cases::Case drawn = program(
        [](const In& x) {
            static_cast<void>(
                primitives::relu(primitives::subtract(primitives::add(x[0], x[1]), x[1])));
        },
        {{1}, {1e17}});
    const Entry entry = judged(drawn).entries.at(0);
    EXPECT_EQ(entry.verdict, Verdict::undecided);
    EXPECT_EQ(entry.standing, Standing::near_kink);
    EXPECT_EQ(entry.remark, "a comparison lies within rounding of a kink");
}

TEST(TheVerdict, is_undecided_where_ties_inside_a_program_cancel) {
    const cases::Case drawn = program(
        [](const In& x) {
            static_cast<void>(primitives::subtract(primitives::relu(x[0]),
                                                   primitives::relu(primitives::negate(x[0]))));
        },
        {{0}});
    EXPECT_EQ(only_entry(judged(drawn)).verdict, Verdict::undecided);
    EXPECT_EQ(judged(drawn, {1}).verdict, Verdict::agrees);
}

TEST(TheVerdict, at_a_kink_inside_a_program_takes_any_slope_between_and_blames_none_beyond) {
    const cases::Case drawn = program(
        [](const In& x) { static_cast<void>(primitives::add(primitives::relu(x[0]), x[0])); },
        {{0}});
    for (const double answer : {1.0, 1.5, 2.0})
        EXPECT_EQ(judged(drawn, {answer}).verdict, Verdict::nonsmooth) << answer;
    for (const double answer : {0.0, 3.0, kInf})
        EXPECT_EQ(judged(drawn, {answer}).verdict, Verdict::undecided) << answer;
}

TEST(TheVerdict, is_undecided_where_the_oracle_cannot_resolve) {
    // exp(log(x)) - x is 0 everywhere, and never exactly: no number of digits says on which side.
    const cases::Case drawn = program(
        [](const In& x) {
            static_cast<void>(primitives::relu(
                primitives::subtract(primitives::exp(primitives::log(x[0])), x[0])));
        },
        {{3}});
    const Entry entry = only_entry(judged(drawn));
    EXPECT_EQ(entry.verdict, Verdict::undecided);
    EXPECT_TRUE(entry.remark.starts_with("unresolved: ")) << entry.remark;
}

TEST(TheVerdict, of_numbers_that_are_not_finite_is_wrong) {
    for (const double answer : {kInf, -kInf, kNaN}) {
        const Entry entry = only_entry(judged(single(primitives::square, {3}), {answer}));
        EXPECT_EQ(entry.verdict, Verdict::wrong);
        EXPECT_TRUE(std::isinf(entry.share));
    }
}

TEST(TheVerdict, of_a_wrong_count_of_numbers_is_wrong_and_says_so) {
    const cases::Case drawn = single(primitives::square, {3, 4});
    for (const Numbers& answer : {Numbers{}, Numbers{6}, Numbers{6, 8, 0}}) {
        const std::string remark =
            "the subject's gradient has " + std::to_string(answer.size()) + " numbers, wanted 2";
        const Report entries = judged(drawn, answer);
        EXPECT_EQ(entries.verdict, Verdict::wrong);
        EXPECT_EQ(entries.remark, remark);
        const Report along = direction(subject::ProgramTrial(Says(answer), drawn), 1);
        EXPECT_EQ(along.verdict, Verdict::wrong);
        EXPECT_EQ(along.remark, remark);
    }
    const Report value = primal(subject::ProgramTrial(Says({6, 8}, {9}), drawn));
    EXPECT_EQ(value.verdict, Verdict::wrong);
    EXPECT_EQ(value.remark, "the subject's primal has 1 numbers, wanted 2");
}

TEST(TheVerdict, of_a_primal_is_judged_number_by_number) {
    const cases::Case drawn = single(primitives::square, {3, 4});
    EXPECT_EQ(primal(subject::ProgramTrial(Says({}, {9, 16}), drawn)).verdict, Verdict::agrees);
    const Report report = primal(subject::ProgramTrial(Says({}, {9, 15}), drawn));
    EXPECT_EQ(report.counts.wrong, 1U);
    EXPECT_EQ(report.entries.at(0).name, "result[1]");
}

TEST(ADirection, agrees_at_one_go_and_confirms_a_failure_entry_by_entry) {
    const cases::Case drawn = single(primitives::exp, {0, 1, 2, 3, 4, 5});
    const subject::Backprop backprop;
    const Report sound = direction(subject::ProgramTrial(backprop, drawn), 1);
    EXPECT_EQ(sound.verdict, Verdict::agrees);
    EXPECT_EQ(sound.counts.directions, 1U);
    EXPECT_EQ(sound.counts.entries, 0U);

    Numbers answer = backprop.answer(drawn, drawn.cotangent).gradient;
    answer[3] *= 1 + 1e-12;
    const Report wrong = direction(subject::ProgramTrial(Says(answer), drawn), 1);
    EXPECT_EQ(wrong.counts.entries, 6U);
    EXPECT_EQ(wrong.counts.wrong, 1U);
    EXPECT_EQ(wrong.entries.at(0).name, "x0[3]");
}

}  // namespace
}  // namespace gradproof::check
