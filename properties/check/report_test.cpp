// What a report says: the verdict in its first line, each discrepancy with all that debugging needs,
// and counts of what could not be judged.
#include "some_cases.hpp"

#include <gtest/gtest.h>

namespace gradproof::check {
namespace {

[[nodiscard]] std::string text_of(const Report& report) {
    std::string text;
    for (const std::string& line : to_lines(report)) text += line + "\n";
    return text;
}

TEST(AReport, of_a_wrong_gradient_reads_without_the_source) {
    const cases::Case drawn = single(primitives::square, {3, 0.5});
    const Report report = gradient(subject::ProgramTrial(Says({3, 1}), drawn));
    EXPECT_EQ(text_of(report),
              "wrong: my gradient breaks \"vjp agrees with finite differences\" at x0[0]: 3 where "
              "the oracle has 6\n"
              "  entry            primal                  subject                   oracle       "
              "ulps      "
              "allowed      of it  verdict\n"
              "  x0[0]                 3                        3                        6   "
              "3.38e+15     "
              "6.66e-16   4.50e+15  wrong\n");
}

TEST(AReport, shows_every_number_that_agrees_if_asked_for) {
    EXPECT_EQ(text_of(judged(single(primitives::square, {3, 0.5}))),
              "agrees: gradproof backprop holds \"vjp agrees with finite differences\"\n"
              "  entry            primal                  subject                   oracle       "
              "ulps      "
              "allowed      of it  verdict\n"
              "  x0[0]                 3                        6                        6         "
              " 0     "
              "6.66e-16          0  agrees\n"
              "  x0[1]               0.5                        1                        1         "
              " 0     "
              "1.11e-16          0  agrees\n");
}

TEST(AReport, ends_with_its_diagnosis) {
    Report report = gradient(subject::ProgramTrial(Says({-6}), single(primitives::square, {3})));
    report.remark = "a remark";
    report.diagnosis = {
        {Mistake::sign, "minus the derivative", "explains 1 wrong entry at 1 point"}};
    EXPECT_EQ(
        text_of(report),
        "wrong: my gradient breaks \"vjp agrees with finite differences\" at x0[0]: -6 where "
        "the oracle has 6\n"
        "  a remark\n"
        "  entry            primal                  subject                   oracle       ulps "
        "     allowed      of it  verdict\n"
        "  x0[0]                 3                       -6                        6   1.35e+16 "
        "    6.66e-16   1.80e+16  wrong\n"
        "  diagnosis: minus the derivative (explains 1 wrong entry at 1 point)\n");
    report.diagnosis = std::vector<Explanation>{};
    EXPECT_TRUE(text_of(report).ends_with("  diagnosis: no simple mistake explains it\n"));
}

TEST(AReport, of_lost_digits_says_that_the_cause_is_not_decidable) {
    Report report = gradient(subject::ProgramTrial(Says({6}), single(primitives::square, {3})),
                             Keep::everything);
    report.verdict = report.entries[0].verdict = Verdict::undecided;
    report.lost = true;
    EXPECT_FALSE(report.holds());
    EXPECT_TRUE(text_of(report).starts_with(
        "undecided: my gradient breaks \"vjp agrees with finite differences\" at x0[0]: 6 where"));
}

TEST(Counts, weigh_what_is_not_0_and_call_sharp_what_has_a_budget_of_at_most_16_roundings) {
    const auto agreeing = [](double truth, double roundings, Standing standing) {
        constexpr double u = 0x1p-53;
        Entry entry;
        entry.truth = oracle::Estimate{oracle::Real(truth), oracle::Real(0)};
        entry.budget = roundings * u * truth;
        entry.standing = standing;
        entry.ulps = roundings / 2;
        Counts counts;
        counts.add(entry, u);
        return counts;
    };
    const Counts sharp = agreeing(3, 16, Standing::judged);
    EXPECT_EQ(sharp.weighed, 1U);
    EXPECT_EQ(sharp.sharp, 1U);
    EXPECT_EQ(sharp.largest_ulps, 8);
    const Counts blunt = agreeing(3, 17, Standing::judged);
    EXPECT_EQ(blunt.weighed, 1U);
    EXPECT_EQ(blunt.sharp, 0U);
    EXPECT_EQ(blunt.largest_ulps, 0);
    EXPECT_EQ(agreeing(0, 1, Standing::judged).weighed, 0U);
    EXPECT_EQ(agreeing(3, 1, Standing::powerless).weighed, 0U);
    Counts sum = sharp;
    sum += blunt;
    EXPECT_EQ(sum.weighed, 2U);
    EXPECT_EQ(sum.sharp, 1U);
}

TEST(AReport, begins_with_the_verdict) {
    const auto first = [](const Report& report) { return to_lines(report).front(); };
    EXPECT_EQ(first(judged(single(primitives::square, {3}), {6})),
              "agrees: my gradient holds \"vjp agrees with finite differences\"");
    EXPECT_EQ(
        first(judged(single(primitives::relu, {0}), {0})),
        "nonsmooth: my gradient holds \"vjp agrees with finite differences\" at a nonsmooth point");
    EXPECT_EQ(first(judged(single(primitives::relu, {0}), {1})),
              "wrong: my gradient breaks \"vjp agrees with finite differences\" at x0[0]: 1 where "
              "the oracle has 0");
    const auto undecided = program(
        [](const auto& x) {
            static_cast<void>(primitives::relu(
                primitives::subtract(primitives::exp(primitives::log(x[0])), x[0])));
        },
        {{3}});
    EXPECT_EQ(first(judged(undecided)),
              "undecided: gradproof backprop could not be judged by \"vjp agrees with finite "
              "differences\"");
}

TEST(AReport, shows_the_first_dozen_of_many_discrepancies_and_says_how_many_more_there_are) {
    const Report report = judged(single(primitives::square, Numbers(20, 1.0)), Numbers(20, 7.0));
    const std::vector<std::string> lines = to_lines(report);
    ASSERT_EQ(lines.size(), 15U);
    EXPECT_EQ(lines.back(), "  ... and 8 more");
}

TEST(AReport, tells_how_far_apart_in_ulps_and_which_share_of_what_was_allowed) {
    // exp(0) = 1 is one operation: its error constant, in units of 2^-53, is the budget.
    const Report report = judged(single(primitives::exp, {0}), {1 + 0x1p-50});
    ASSERT_EQ(report.entries.size(), 1U);
    const Entry& entry = report.entries[0];
    EXPECT_EQ(entry.name, "x0[0]");
    EXPECT_EQ(entry.verdict, Verdict::wrong);
    EXPECT_EQ(entry.ulps, 4);
    EXPECT_EQ(entry.subject, 1 + 0x1p-50);
    EXPECT_EQ(entry.truth->value, 1);
    EXPECT_NEAR(entry.share * entry.budget, 0x1p-50, 0x1p-60);
    EXPECT_GT(entry.share, 1);
}

TEST(Counts, add_up_over_reports) {
    Counts sum;
    sum += judged(single(primitives::relu, {-1, 0, 2}), {0, 0, 1}).counts;
    sum += judged(single(primitives::relu, {-1, 0, 2}), {0, 1, 3}).counts;
    EXPECT_EQ(sum.entries, 6U);
    EXPECT_EQ(sum.agrees, 3U);
    EXPECT_EQ(sum.nonsmooth, 1U);
    EXPECT_EQ(sum.wrong, 2U);
    EXPECT_EQ(sum.undecided + sum.powerless + sum.out_of_range + sum.near_kink + sum.directions,
              0U);
}

}  // namespace
}  // namespace gradproof::check
