// Each verdict and each reason for which agreement says nothing, met on purpose.
#include "some_cases.hpp"

#include <gradproof/scalar/dual.hpp>
#include <gradproof/scalar/running.hpp>
#include <gradproof/scalar/witness.hpp>

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

TEST(TheVerdict, where_a_kink_lies_before_an_infinite_slope_is_that_of_either) {
    const cases::Case drawn = program(
        [](const In& x) { static_cast<void>(primitives::sqrt(primitives::relu(x[0]))); }, {{0}});
    EXPECT_EQ(judged(drawn).entries.at(0).subject, 0) << "relu promises 0 there";
    for (const double answer : {0.0, kInf})
        EXPECT_EQ(judged(drawn, {answer}).verdict, Verdict::nonsmooth) << answer;
    for (const double answer : {1.0, 1e300, -kInf, kNaN})
        EXPECT_EQ(judged(drawn, {answer}).verdict, Verdict::wrong) << answer;
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

TEST(TheVerdict, asks_nothing_behind_a_comparison_that_has_overflowed) {
    // 2 x + 2 y is 2e307, and infinity minus infinity in double: relu makes an exact 0 of it.
    const cases::Case drawn = program(
        [](const In& x) {
            static_cast<void>(primitives::relu(
                primitives::add(primitives::add(x[0], x[0]), primitives::add(x[1], x[1]))));
        },
        {{1e308}, {-9e307}});
    const Report report = judged(drawn);
    EXPECT_EQ(report.verdict, Verdict::agrees);
    for (const Entry& entry : report.entries) {
        EXPECT_EQ(entry.subject, 0);
        EXPECT_EQ(entry.truth->value, 2);
        EXPECT_NE(entry.standing, Standing::judged);
    }
}

TEST(TheVerdict, is_out_of_range_where_the_gradient_underflows) {
    const Entry entry = only_entry(judged(single(primitives::sigmoid, {-800})));
    EXPECT_EQ(entry.subject, 0);
    EXPECT_EQ(entry.verdict, Verdict::agrees);
    EXPECT_EQ(entry.standing, Standing::out_of_range);
}

/// relu((x + y) - y), where x + y rounds.
[[nodiscard]] cases::Case relu_of_a_cancelled_sum(double x, double y) {
    return program(
        [](const In& in) {
            static_cast<void>(
                primitives::relu(primitives::subtract(primitives::add(in[0], in[1]), in[1])));
        },
        {{x}, {y}});
}

TEST(TheVerdict, within_rounding_of_a_kink_is_that_of_either_branch) {
    // (1 + 1e17) - 1e17 is 1, and 0 in double: relu takes the other branch.
    const cases::Case drawn = relu_of_a_cancelled_sum(1, 1e17);
    const Entry entry = judged(drawn).entries.at(0);
    EXPECT_EQ(entry.subject, 0);
    EXPECT_EQ(entry.truth->value, 1);
    EXPECT_EQ(entry.verdict, Verdict::agrees);
    EXPECT_EQ(entry.standing, Standing::near_kink);
    EXPECT_EQ(judged(drawn, {1, 0}).verdict, Verdict::agrees);
    EXPECT_EQ(judged(drawn, {1, 1}).verdict, Verdict::wrong) << "1 - 1 is 0 on either side";
    for (const double answer : {-1.0, 1.5, kInf, kNaN}) {
        EXPECT_EQ(judged(drawn, {answer, 0}).verdict, Verdict::wrong) << answer;
    }
}

TEST(TheVerdict, within_rounding_of_a_kink_takes_no_mixture_of_the_branches_beyond_their_hull) {
    // relu(z) - relu(-z) is z; a mixture of its branches may be off by one slope, not by two.
    const cases::Case drawn = program(
        [](const In& in) {
            const auto z = primitives::subtract(primitives::add(in[0], in[1]), in[1]);
            static_cast<void>(
                primitives::subtract(primitives::relu(z), primitives::relu(primitives::negate(z))));
        },
        {{1}, {1e17}});
    EXPECT_EQ(judged(drawn, {1, 0}).verdict, Verdict::agrees);
    EXPECT_EQ(judged(drawn, {3, 0}).verdict, Verdict::wrong);
}

/// Its answer, and no promise of what it does at ties.
class WithoutConvention final : public subject::ProgramSubject {
public:
    explicit WithoutConvention(Numbers gradient) : says_(std::move(gradient)) {}
    [[nodiscard]] std::string name() const override { return "no convention"; }
    [[nodiscard]] scalar::Ties ties() const override { return scalar::Ties::open; }
    [[nodiscard]] subject::Answer answer(const cases::Case& drawn,
                                         std::span<const double> cotangent) const override {
        return says_.answer(drawn, cotangent);
    }

private:
    Says says_;
};

/// relu(x) - relu(-x), which is x.
[[nodiscard]] cases::Case cancelling_ties() {
    return program(
        [](const In& x) {
            static_cast<void>(primitives::subtract(primitives::relu(x[0]),
                                                   primitives::relu(primitives::negate(x[0]))));
        },
        {{0}});
}

TEST(TheVerdict,
     where_ties_inside_a_program_cancel_is_the_slope_or_what_the_conventions_add_up_to) {
    const cases::Case drawn = cancelling_ties();
    EXPECT_EQ(only_entry(judged(drawn)).subject, 0);
    EXPECT_EQ(judged(drawn).verdict, Verdict::nonsmooth);
    EXPECT_EQ(judged(drawn, {1}).verdict, Verdict::agrees);
    for (const double answer : {0.5, -1.0, 2.0, kNaN}) {
        EXPECT_EQ(judged(drawn, {answer}).verdict, Verdict::wrong) << answer;
    }
}

TEST(TheVerdict, at_a_tie_does_not_hold_the_formula_to_the_slope_but_to_the_conventions) {
    // The first tie opens to one side, the second to the other: the slope in w is 0, the conventions add
    // up to -d, and rounding may cost more than either, since d is the rest of a cancelled sum.
    constexpr double d = 0x1p-48;
    const cases::Case drawn = program(
        [](const In& x) {
            using namespace primitives;
            const auto square_of_3 = square(x[1]);
            const auto product = hadamard(x[0], add(add(square_of_3, square_of_3), x[2]));
            static_cast<void>(maximum(negate(maximum(add(product, x[3]), x[4])), x[5]));
        },
        {{1}, {3}, {-18 + d}, {-2}, {-2 + d}, {2 - d}});
    const Report report = judged(drawn);
    EXPECT_EQ(report.entries.at(0).subject, -d);
    EXPECT_EQ(report.entries.at(0).standing, Standing::powerless);
    EXPECT_TRUE(report.holds()) << report.entries.at(0).remark;
}

TEST(TheVerdict, at_ties_without_a_convention_is_any_value_of_the_allowed_set) {
    const cases::Case drawn = cancelling_ties();
    for (const double answer : {0.0, 0.5, 1.0, 2.0}) {
        EXPECT_TRUE(judged(drawn, WithoutConvention({answer})).holds()) << answer;
    }
    for (const double answer : {-0.5, 2.5, kInf, kNaN}) {
        EXPECT_EQ(judged(drawn, WithoutConvention({answer})).verdict, Verdict::wrong) << answer;
    }
}

TEST(TheVerdict, at_a_kink_inside_a_program_is_what_the_conventions_add_up_to) {
    const cases::Case drawn = program(
        [](const In& x) { static_cast<void>(primitives::add(primitives::relu(x[0]), x[0])); },
        {{0}});
    EXPECT_EQ(judged(drawn, {1}).verdict, Verdict::nonsmooth);
    for (const double answer : {0.0, 1.5, 2.0, 3.0, kInf}) {
        EXPECT_EQ(judged(drawn, {answer}).verdict, Verdict::wrong) << answer;
    }
    for (const double answer : {1.0, 1.5, 2.0}) {
        EXPECT_EQ(judged(drawn, WithoutConvention({answer})).verdict, Verdict::nonsmooth) << answer;
    }
    for (const double answer : {0.0, 3.0, kInf}) {
        EXPECT_EQ(judged(drawn, WithoutConvention({answer})).verdict, Verdict::wrong) << answer;
    }
}

TEST(TheVerdict, at_a_tie_looks_at_the_entries_together) {
    // max(x, y) = y + relu(x - y): its sides have the gradients (1, 0) and (0, 1).
    const cases::Case drawn = program(
        [](const In& x) {
            static_cast<void>(
                primitives::add(x[1], primitives::relu(primitives::subtract(x[0], x[1]))));
        },
        {{2}, {2}});
    for (const Numbers& answer : {Numbers{1, 0}, Numbers{0, 1}, Numbers{0.5, 0.5}}) {
        EXPECT_EQ(judged(drawn, WithoutConvention(answer)).verdict, Verdict::nonsmooth);
    }
    for (const Numbers& answer : {Numbers{1, 1}, Numbers{0, 0}, Numbers{0.5, 0.6}}) {
        const Report report = judged(drawn, WithoutConvention(answer));
        EXPECT_EQ(report.verdict, Verdict::wrong);
        EXPECT_EQ(
            report.remark,
            "each entry alone is a slope of one side of a tie, but no side has them together");
    }
    EXPECT_EQ(judged(drawn, {0, 1}).verdict, Verdict::nonsmooth) << "relu'(0) = 0 is declared";
    EXPECT_EQ(judged(drawn, {1, 0}).verdict, Verdict::wrong);
}

TEST(TheVerdict, is_undecided_where_more_comparisons_are_open_than_can_be_looked_at) {
    const cases::Case drawn = program(
        [](const In& x) {
            static_cast<void>(primitives::sum(primitives::add(primitives::relu(x[0]), x[0])));
        },
        {Numbers(12, 0.0)});
    EXPECT_EQ(judged(drawn, Numbers(12, 1.0)).verdict, Verdict::nonsmooth);
    const Report report = judged(drawn, WithoutConvention(Numbers(12, 1.5)));
    EXPECT_EQ(report.verdict, Verdict::undecided);
    EXPECT_EQ(report.entries.at(0).remark,
              "more comparisons are open here than can be looked at one by one");
}

/// sigma (1 - sigma) as it stands in a book, in every number type.
struct TextbookSigmoid {
    template <class S>
    static void pullback(const backprop::Application&, std::span<const S> g, std::span<const S> y,
                         backprop::Inputs<S>, backprop::Accumulators<S> share) {
        for (std::size_t i = 0; i < g.size(); ++i) share[0][i] += g[i] * (y[i] * (S(1) - y[i]));
    }
};

/// The catalogue's sigmoid with the slope sigma (1 - sigma), in every number type.
[[nodiscard]] const backprop::Primitive& textbook_sigmoid() {
    static const backprop::Primitive textbook = [] {
        backprop::Primitive primitive = primitives::primitive("sigmoid");
        std::apply(
            [](auto&... rule) {
                const auto set = []<class S>(backprop::Rule<S>& of) {
                    of.pullback = &TextbookSigmoid::pullback<S>;
                };
                (set(rule), ...);
            },
            primitive.rules);
        return primitive;
    }();
    return textbook;
}

TEST(TheVerdict, is_inaccurate_where_the_formula_is_right_and_rounding_loses_the_digits) {
    const subject::Backprop textbook("textbook", {&textbook_sigmoid()});
    const Entry lost = only_entry(judged(single(primitives::sigmoid, {40}), textbook));
    EXPECT_EQ(lost.verdict, Verdict::inaccurate);
    EXPECT_EQ(lost.subject, 0);
    EXPECT_EQ(lost.remark, "the formula is right; rounding loses every digit");
    const Entry some = only_entry(judged(single(primitives::sigmoid, {20}), textbook));
    EXPECT_EQ(some.verdict, Verdict::inaccurate);
    EXPECT_GT(some.digits_lost, 5);
    EXPECT_LT(some.digits_lost, 12);
    EXPECT_EQ(judged(single(primitives::sigmoid, {-20}), textbook).verdict, Verdict::agrees);
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

TEST(ADirection, sees_entries_that_are_next_to_nothing) {
    // The budget of 1e-301 is below 2^-1000, and so large a weight is no double.
    const cases::Case drawn =
        program([](const In& x) { static_cast<void>(primitives::scale(1.5e-301, x[0])); },
                {{1, 2, 3, 4, 5, 6}});
    const subject::Backprop backprop;
    EXPECT_EQ(direction(subject::ProgramTrial(backprop, drawn), 1).verdict, Verdict::agrees);
    Numbers answer = backprop.answer(drawn, drawn.cotangent).gradient;
    answer[3] = 0;
    EXPECT_EQ(direction(subject::ProgramTrial(Says(answer), drawn), 1).verdict, Verdict::wrong);
}

}  // namespace
}  // namespace gradproof::check
