// What it costs to find the wrong entries of a gradient of 1e5 entries.
#include "../drawn_cases.hpp"
#include "altered_gradient.hpp"

#include <chrono>
#include <cmath>
#include <cstdio>

#include <gtest/gtest.h>

namespace gradproof::check {
namespace {

using gradproof::testing::wanted_seed;

/// A gradient of 1e5 entries: what a search costs there.
class ALargeGradient : public ::testing::Test {
protected:
    static const cases::Case& drawn() {
        static const cases::Case drawn = sigmoid_layer(316, 316);
        return drawn;
    }
    [[nodiscard]] Report timed(const char* what, Alter alter, std::uint64_t seed = 1,
                               const cases::Case& drawn = ALargeGradient::drawn()) const {
        const auto start = std::chrono::steady_clock::now();
        Report report = searched(drawn, std::move(alter), seed);
        const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
        std::printf("  %s: %zu directions and %zu entries, %.1f s; %s\n", what,
                    report.counts.group_tests, derivatives(report) - report.counts.group_tests,
                    seconds.count(), report.remark.c_str());
        return report;
    }
};

TEST_F(ALargeGradient, with_a_few_wrong_entries_has_them_named_in_under_200_derivatives) {
    ASSERT_EQ(entries_of(drawn()), 100172U);
    EXPECT_EQ(timed("sound", [](Numbers&) {}).counts.group_tests, 1U);
    Dice dice{rc::Random(wanted_seed())};
    for (const std::size_t count : {std::size_t{1}, std::size_t{3}, std::size_t{10}}) {
        const auto wrong = drawn_entries(dice, count, entries_of(drawn()));
        const Report report = timed("a few", off_by(wrong, 1e-6), dice.bits());
        EXPECT_EQ(names(report), names(drawn(), wrong));
        EXPECT_LT(derivatives(report), 200U);
        EXPECT_EQ(report.counts.undecided, 0U);
    }
}

TEST_F(ALargeGradient, that_is_densely_wrong_is_recognised_in_a_few_derivatives) {
    const Report report = timed("transposed", transposed(316, 316));
    EXPECT_EQ(report.verdict, Verdict::wrong);
    EXPECT_LE(derivatives(report), 60U);
}

TEST_F(ALargeGradient, of_which_one_row_is_wrong_shows_entries_of_that_row_only) {
    const Report report = timed("one row", [](Numbers& gradient) {
        for (std::size_t k = 0; k < 316; ++k) gradient[100 * 316 + k] *= 1.5;
    });
    EXPECT_GE(report.counts.wrong, 16U);
    EXPECT_LE(derivatives(report), 200U);
    for (const Entry& entry : report.entries)
        EXPECT_TRUE(entry.name.starts_with("W[100,")) << entry.name;
}

TEST_F(ALargeGradient, without_a_finite_answer_is_wrong_in_every_entry) {
    const Report report = timed("NaN", [](Numbers& gradient) {
        for (double& g : gradient) g = std::nan("");
    });
    EXPECT_EQ(report.counts.wrong, entries_of(drawn()));
    EXPECT_EQ(report.entries.size(), 32U);
    EXPECT_EQ(report.counts.group_tests, 1U);
}

TEST_F(ALargeGradient, at_a_kink_of_one_row_has_a_wrong_entry_named_in_under_300_derivatives) {
    const cases::Case kink = tied_layer(316, 316, 200);
    const Report report = timed("a kink and one", off_by({5000}, 1e-6), 1, kink);
    EXPECT_EQ(report.counts.wrong, 1U);
    EXPECT_LE(report.counts.undecided, 2 * 316U);
    EXPECT_LT(derivatives(report), 300U);
}

}  // namespace
}  // namespace gradproof::check
