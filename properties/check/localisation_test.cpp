// Localisation: the wrong entries of a large gradient are found, all of them and no others, in few
// directional derivatives; a sound gradient takes one.
#include "../drawn_cases.hpp"
#include "altered_gradient.hpp"

#include <bit>
#include <cmath>
#include <cstdio>
#include <limits>

#include <gtest/gtest.h>

namespace gradproof::check {
namespace {

using gradproof::testing::wanted_cases;
using gradproof::testing::wanted_seed;

TEST(ASearch, names_the_wrong_entries_and_no_others) {
    rc::Random random(wanted_seed());
    for (std::size_t i = 0; i < wanted_cases(); ++i) {
        Dice dice(random.split());
        const std::size_t rows = 5 + dice.below(30), columns = 10 + dice.below(30);
        const cases::Case drawn = layer(dice, rows, columns, primitives::sigmoid);
        const std::size_t n = entries_of(drawn);
        const auto wrong = drawn_entries(dice, 1 + dice.below(4), n);
        const double share = std::ldexp(1 + dice.uniform(), -static_cast<int>(dice.below(24)));
        const std::uint64_t seed = dice.bits();
        const Report report = searched(drawn, off_by(wrong, share), seed);
        ASSERT_EQ(names(report), names(drawn, wrong)) << "case " << i << ", seed " << seed;
        ASSERT_EQ(report.verdict, Verdict::wrong);
        ASSERT_EQ(report.counts.undecided, 0U);
        ASSERT_LE(derivatives(report), wrong.size() * (std::bit_width(n) + 2) + 5) << "case " << i;
    }
}

TEST(ASearch, takes_one_derivative_of_a_sound_gradient_and_names_nothing) {
    const cases::Case drawn = sigmoid_layer(17, 19);
    for (std::uint64_t seed = 0; seed < wanted_cases(); ++seed) {
        const Report report = searched(
            drawn, [](Numbers&) {}, seed);
        ASSERT_EQ(report.verdict, Verdict::agrees) << "seed " << seed;
        ASSERT_EQ(report.counts.group_tests, 1U) << "seed " << seed;
        ASSERT_EQ(report.counts.directions, 1U) << "seed " << seed;
        ASSERT_EQ(report.counts.entries, 0U) << "seed " << seed;
    }
}

TEST(ASearch, counts_what_a_direction_that_agrees_does_not_see) {
    // exp(-800) is 0 in double, and its logarithm no number.
    cases::Case drawn;
    (void)primitives::log(primitives::exp(backprop::input(drawn.graph, "x", {2})));
    drawn.inputs = {{0.5, -800}};
    drawn.cotangent = {1, 1};
    const Report report = searched(
        drawn, [](Numbers&) {}, 1);
    EXPECT_EQ(report.counts.directions, 1U);
    EXPECT_EQ(report.counts.out_of_range + report.counts.powerless, 1U);
}

TEST(ASearch, sees_an_error_of_one_entry_that_is_a_few_budgets_for_each_entry) {
    // An entry brings one to two units to the direction's budget, whose other part is the oracle's
    // bound, an eighth of it at most; what rounding has cost may stand against the error.
    constexpr double budgets_for_each = 2.5;
    rc::Random random(wanted_seed());
    std::size_t smaller_seen = 0;
    for (std::size_t i = 0; i < wanted_cases(); ++i) {
        Dice dice(random.split());
        const cases::Case drawn = layer(dice, 15, 20, primitives::tanh);
        const auto n = static_cast<double>(entries_of(drawn));
        const cases::Budget budget = cases::budget(drawn, drawn.cotangent);
        const std::size_t entry = dice.below(budget.gradient.size());
        const scalar::Allowance& g = budget.gradient[entry];
        if (g.bound > std::abs(g.reference) / 8) continue;
        const double error = budgets_for_each * n * g.bound;
        const std::uint64_t seed = dice.bits();
        const auto with = [&](double off) {
            return names(searched(
                drawn, [&](Numbers& gradient) { gradient[entry] += off; }, seed));
        };
        ASSERT_EQ(with(error), names(drawn, {entry})) << "case " << i << ", seed " << seed;
        smaller_seen += with(error / 10).empty() ? 0 : 1;
    }
    EXPECT_EQ(smaller_seen, 0U) << "a direction's budget is the sum of its entries'";
}

TEST(ASearch, finds_two_errors_of_one_size_and_opposite_signs) {
    // With weights of one size they would cancel in every second direction; swapped entries are such.
    const cases::Case drawn = program(
        [](const auto& x) { static_cast<void>(primitives::sum(x[0])); }, {Numbers(400, 1.0)});
    const Alter alter = [](Numbers& gradient) {
        gradient[10] += 0x1p-20;
        gradient[390] -= 0x1p-20;
    };
    std::size_t lost = 0;
    for (std::uint64_t seed = 0; seed < wanted_cases(); ++seed) {
        const Report report = searched(drawn, alter, seed);
        if (report.verdict == Verdict::agrees) {
            ++lost;
            continue;
        }
        ASSERT_EQ(names(report), names(drawn, {10, 390})) << "seed " << seed;
        ASSERT_LE(derivatives(report), 60U);
    }
    // One pair of mantissas in 1024 is equal, and half of those have the same sign.
    std::printf("  lost in %zu of %zu seeds\n", lost, wanted_cases());
    EXPECT_LE(lost, 3 + wanted_cases() / 500);
}

TEST(ASearch, recognises_a_dense_error_and_shows_a_sample_of_it) {
    const cases::Case drawn = sigmoid_layer(30, 30);
    const Report report = searched(drawn, transposed(30, 30));
    EXPECT_EQ(report.verdict, Verdict::wrong);
    EXPECT_LE(derivatives(report), 60U);
    EXPECT_GE(report.counts.wrong, 16U);
    EXPECT_LE(report.counts.wrong, 32U);
    EXPECT_NE(report.remark.find("dense"), std::string::npos) << report.remark;
    std::printf("  %s\n", report.remark.c_str());
}

TEST(ASearch, judges_every_entry_of_a_small_gradient_that_is_densely_wrong) {
    const cases::Case drawn = sigmoid_layer(10, 10);
    const Report report = searched(drawn, [](Numbers& gradient) {
        for (double& g : gradient) g *= 2;
    });
    EXPECT_EQ(report.counts.entries, 110U);
    EXPECT_EQ(report.counts.wrong, 110U);
    EXPECT_EQ(report.counts.undecided, 0U);
    EXPECT_EQ(report.remark, "");
}

TEST(ASearch, finds_one_row_that_is_wrong_as_a_dense_part_or_by_its_names) {
    const cases::Case drawn = sigmoid_layer(40, 60);
    const Report report = searched(drawn, [](Numbers& gradient) {
        for (std::size_t k = 0; k < 60; ++k) gradient[17 * 60 + k] *= 1.5;
    });
    EXPECT_EQ(report.verdict, Verdict::wrong);
    EXPECT_GE(report.counts.wrong, 16U);
    for (const Entry& entry : report.entries)
        EXPECT_TRUE(entry.name.starts_with("W[17,")) << entry.name;
    std::printf("  %s\n", report.remark.c_str());
}

TEST(ASearch, judges_answers_that_are_not_finite_and_goes_on) {
    const cases::Case drawn = sigmoid_layer(20, 30);
    const Report report = searched(drawn, [](Numbers& gradient) {
        gradient[3] = std::numeric_limits<double>::quiet_NaN();
        gradient[500] = -std::numeric_limits<double>::infinity();
        gradient[100] *= 1 + 1e-6;
    });
    EXPECT_EQ(names(report), names(drawn, {3, 100, 500}));
    EXPECT_EQ(report.counts.undecided, 0U);
    EXPECT_LE(derivatives(report), 20U);
    const Report all = searched(drawn, [](Numbers& gradient) {
        for (double& g : gradient) g = std::numeric_limits<double>::quiet_NaN();
    });
    EXPECT_EQ(all.counts.wrong, 630U) << all.remark;
    EXPECT_LE(all.entries.size(), 32U);
    EXPECT_LE(all.counts.group_tests, 1U);
}

TEST(ASearch, finds_a_wrong_entry_beside_a_kink_and_counts_what_the_kink_leaves_open) {
    const cases::Case drawn = tied_layer(20, 40, 3);
    const Report sound = searched(drawn, [](Numbers&) {});
    EXPECT_EQ(sound.verdict, Verdict::undecided);
    EXPECT_LE(sound.counts.undecided, 40U) << "more than the row of the tie";
    EXPECT_GE(sound.counts.nonsmooth, 16U);
    EXPECT_LE(derivatives(sound), 100U);
    std::printf("  %s\n", sound.remark.c_str());
    const Report report = searched(drawn, off_by({600}, 1e-6));
    EXPECT_EQ(report.counts.wrong, 1U);
    for (const Entry& entry : report.entries) {
        EXPECT_EQ(entry.verdict == Verdict::wrong, entry.name == "W[15,0]") << entry.name;
    }
    std::printf("  %s\n", report.remark.c_str());
}

TEST(ASearch, blames_no_entry_for_a_comparison_within_rounding) {
    // Row 3 of W x is (1 + 1e17) - 1e17, which is 1, and 0 in double: relu takes the other branch.
    cases::Case drawn = tied_layer(20, 40, 3);
    drawn.inputs[1] = Numbers(40, 1.0);
    drawn.inputs[0][3 * 40] = 1;
    drawn.inputs[0][3 * 40 + 1] = 1e17;
    drawn.inputs[0][3 * 40 + 2] = -1e17;
    const Report report = searched(drawn, [](Numbers&) {});
    EXPECT_EQ(report.verdict, Verdict::undecided);
    EXPECT_EQ(report.counts.wrong, 0U);
    EXPECT_GE(report.counts.near_kink, 16U);
    std::printf("  %s\n", report.remark.c_str());
}

TEST(ASearch, leaves_nothing_unjudged_of_a_few_hundred_entries) {
    const cases::Case kink = tied_layer(6, 30, 3);
    const Report sound = searched(kink, [](Numbers&) {});
    EXPECT_EQ(sound.counts.entries, 210U);
    EXPECT_EQ(sound.counts.nonsmooth, 30U);
    EXPECT_EQ(sound.verdict, Verdict::nonsmooth);
    // More wrong ones than a search names.
    Dice dice{rc::Random(wanted_seed())};
    const auto wrong = drawn_entries(dice, 40, 200);
    const cases::Case smooth = sigmoid_layer(9, 20);
    const Report report = searched(smooth, off_by(wrong, 1e-3));
    EXPECT_EQ(names(report), names(smooth, wrong));
    EXPECT_EQ(report.counts.entries, 200U);
}

TEST(ASearch, finds_one_entry_of_ten_thousand_in_20_derivatives) {
    const cases::Case drawn = sigmoid_layer(100, 100);
    const Report report = searched(drawn, off_by({4321}, 1e-6));
    EXPECT_EQ(names(report), names(drawn, {4321}));
    EXPECT_EQ(report.remark, "1 of 10100 entries is wrong, found with " +
                                 std::to_string(derivatives(report)) + " directional derivatives");
    EXPECT_LE(derivatives(report), 20U);
}

}  // namespace
}  // namespace gradproof::check
