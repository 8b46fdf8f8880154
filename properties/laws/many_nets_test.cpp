// No false alarm: plain double backprop of random nets, well and badly scaled, every entry of the
// gradient. A hundred thousand nets in the soak tier, in ten tests that ctest may run side by side.
#include "../drawn_cases.hpp"
#include "report_text.hpp"

#include <gradproof/check/check.hpp>
#include <gradproof/generate/net_case.hpp>
#include <gradproof/subject/program_subject.hpp>

#include <cstdio>
#include <string>

#include <gtest/gtest.h>

namespace {

using namespace gradproof;
using generate::Style;
using laws::text_of;

void print(const char* style, std::size_t nets, const check::Counts& counts) {
    const auto share = [&](std::size_t part) {
        return 100 * static_cast<double>(part) / static_cast<double>(counts.entries);
    };
    const std::size_t judged = counts.agrees - counts.powerless - counts.out_of_range;
    std::printf(
        "  %s: %zu nets, %zu entries: %.3f %% agree, %.3f %% powerless, %.3f %% out of range, "
        "%.4f %% nonsmooth, %.4f %% undecided (%zu within rounding of a kink), %zu wrong; "
        "largest share of the budget %.3f\n",
        style, nets, counts.entries, share(judged), share(counts.powerless),
        share(counts.out_of_range), share(counts.nonsmooth), share(counts.undecided),
        counts.near_kink, counts.wrong, counts.largest_share);
    std::fflush(stdout);
}

class PlainBackprop : public ::testing::TestWithParam<unsigned> {};

TEST_P(PlainBackprop, raises_no_alarm_on_any_entry_of_any_net) {
    const subject::Backprop backprop;
    const std::size_t nets = gradproof::testing::wanted_cases();
    rc::Random random(gradproof::testing::wanted_seed() + GetParam());
    check::Counts of_style[2];
    for (std::size_t i = 0; i < nets; ++i) {
        generate::Dice dice(random.split());
        const Style style = i % 2 == 0 ? Style::well_scaled : Style::badly_scaled;
        const cases::Case drawn = generate::draw_net_case(dice, style);
        const check::Report report = check::gradient(subject::ProgramTrial(backprop, drawn));
        of_style[i % 2] += report.counts;
        EXPECT_NE(report.verdict, check::Verdict::wrong) << text_of(report, drawn);
        if ((i + 1) % 1000 == 0) {
            std::printf("  shard %u: %zu of %zu nets\n", GetParam(), i + 1, nets);
            std::fflush(stdout);
        }
    }
    print("well scaled", (nets + 1) / 2, of_style[0]);
    print("badly scaled", nets / 2, of_style[1]);
    // What could not be judged at all is rare: else a pass would say little.
    for (const check::Counts& counts : of_style) EXPECT_LE(100 * counts.undecided, counts.entries);
}

INSTANTIATE_TEST_SUITE_P(shard, PlainBackprop, ::testing::Range(0U, 10U));

}  // namespace
