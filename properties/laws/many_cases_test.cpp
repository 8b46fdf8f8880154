// No false alarm over everything that is drawn: plain backprop of single primitives, nets and kinks, in
// double and in float. A million and a hundred thousand cases in the soak tier, in tests that ctest may
// run side by side; one case in fifty has every entry checked, the others a random direction.
#include "../drawn_cases.hpp"
#include "report_text.hpp"

#include <gradproof/generate/kink_case.hpp>
#include <gradproof/generate/net_case.hpp>
#include <gradproof/generate/primitive_case.hpp>
#include <gradproof/laws/vjp_agrees.hpp>
#include <gradproof/primitives/catalogue.hpp>
#include <gradproof/subject/program_subject.hpp>

#include <cstdio>
#include <string>

#include <gtest/gtest.h>

namespace {

using namespace gradproof;
using generate::Style;
using laws::text_of;
using scalar::Precision;

[[nodiscard]] cases::Case draw_case(generate::Dice& dice, Precision precision) {
    switch (dice.below(4)) {
        case 0: {
            const auto& all = primitives::catalogue();
            return generate::draw_primitive_case(dice, all[dice.below(all.size())], precision);
        }
        case 1: return generate::draw_net_case(dice, Style::well_scaled, {}, precision);
        case 2: return generate::draw_net_case(dice, Style::badly_scaled, {}, precision);
        default: return generate::draw_kink_case(dice, precision);
    }
}

struct CaseTally {
    check::Counts counts;
    std::size_t cases = 0;
    std::size_t undecided_cases = 0;
};

void print(const CaseTally& tally) {
    const check::Counts& c = tally.counts;
    const auto share = [&](std::size_t part) {
        return 100 * static_cast<double>(part) / static_cast<double>(c.entries + c.directions);
    };
    std::printf(
        "  %zu cases, %zu directions and %zu entries: %.3f %% nonsmooth, %.3f %% powerless, %.3f "
        "%% "
        "out of range, %.3f %% within rounding of a kink, %.4f %% undecided; %.3f %% of the cases "
        "undecided; %zu inaccurate, %zu wrong; largest share of the budget %.3f\n",
        tally.cases, c.directions, c.entries, share(c.nonsmooth), share(c.powerless),
        share(c.out_of_range), share(c.near_kink), share(c.undecided),
        100 * static_cast<double>(tally.undecided_cases) / static_cast<double>(tally.cases),
        c.inaccurate, c.wrong, c.largest_share);
    std::fflush(stdout);
}

void raise_no_alarm(unsigned shard, Precision precision, std::size_t wanted) {
    const subject::Backprop backprop;
    rc::Random random(gradproof::testing::wanted_seed() + shard);
    CaseTally tally;
    while (tally.cases < wanted) {
        generate::Dice dice(random.split());
        const cases::Case drawn = draw_case(dice, precision);
        const check::Report report =
            laws::vjp_agrees(subject::ProgramTrial(backprop, drawn), tally.cases);
        tally.counts += report.counts;
        tally.undecided_cases += report.verdict == check::Verdict::undecided ? 1 : 0;
        EXPECT_TRUE(report.holds()) << text_of(report, drawn);
        if (++tally.cases % 5000 == 0) {
            std::printf("  shard %u: %zu of %zu cases\n", shard, tally.cases, wanted);
            std::fflush(stdout);
        }
    }
    print(tally);
    // One case in two hundred, and two more in small runs.
    EXPECT_LE(200 * tally.undecided_cases, tally.cases + 400);
}

class PlainBackpropInDouble : public ::testing::TestWithParam<unsigned> {};
TEST_P(PlainBackpropInDouble, raises_no_alarm) {
    raise_no_alarm(GetParam(), Precision::binary64, 5 * gradproof::testing::wanted_cases());
}
INSTANTIATE_TEST_SUITE_P(shard, PlainBackpropInDouble, ::testing::Range(0U, 20U));

class PlainBackpropInFloat : public ::testing::TestWithParam<unsigned> {};
TEST_P(PlainBackpropInFloat, raises_no_alarm) {
    raise_no_alarm(100 + GetParam(), Precision::binary32, gradproof::testing::wanted_cases());
}
INSTANTIATE_TEST_SUITE_P(shard, PlainBackpropInFloat, ::testing::Range(0U, 10U));

}  // namespace
