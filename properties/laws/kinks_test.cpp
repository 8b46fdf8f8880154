// No false alarm at kinks: plain double backprop of primitives and nets whose pre-activations lie exactly at
// a kink or a few ulps beside it, every entry of the gradient. A thousand cases in the quick tier, a
// hundred thousand in the soak tier, in ten tests that ctest may run side by side.
#include "../drawn_cases.hpp"
#include "report_text.hpp"

#include <gradproof/check/check.hpp>
#include <gradproof/generate/kink_case.hpp>
#include <gradproof/subject/program_subject.hpp>

#include <cstdio>
#include <string>

#include <gtest/gtest.h>

namespace {

using namespace gradproof;
using laws::text_of;

/// What was drawn and judged.
struct KinkTally {
    check::Counts counts;
    std::size_t cases = 0;
    std::size_t at_kink = 0;
    std::size_t beside_kink = 0;
    std::size_t undecided_cases = 0;
    std::size_t open_undecided = 0;  ///< of the tenth that was judged without conventions, too
};

void print(const KinkTally& tally) {
    const auto of = [](std::size_t part, std::size_t whole) {
        return whole == 0 ? 0.0 : 100 * static_cast<double>(part) / static_cast<double>(whole);
    };
    const check::Counts& counts = tally.counts;
    const std::size_t judged = counts.agrees - counts.powerless - counts.out_of_range;
    std::printf(
        "  %zu cases, %.1f %% at a kink, %.1f %% beside one; %zu entries: %.2f %% agree, %.2f %% "
        "powerless, %.2f %% out of range, %.2f %% nonsmooth, %.3f %% undecided (%zu within "
        "rounding "
        "of a kink), %zu wrong; %.2f %% of the cases undecided; largest share of the budget %.3f\n",
        tally.cases, of(tally.at_kink, tally.cases), of(tally.beside_kink, tally.cases),
        counts.entries, of(judged, counts.entries), of(counts.powerless, counts.entries),
        of(counts.out_of_range, counts.entries), of(counts.nonsmooth, counts.entries),
        of(counts.undecided, counts.entries), counts.near_kink, counts.wrong,
        of(tally.undecided_cases, tally.cases), counts.largest_share);
    std::printf("  without conventions %.2f %% of the cases are undecided\n",
                of(tally.open_undecided, (tally.cases + 9) / 10));
    std::fflush(stdout);
}

/// Sound backprop that promises nothing at ties: then any value between the sides is as good.
class WithoutConventions final : public subject::ProgramSubject {
public:
    [[nodiscard]] std::string name() const override { return "backprop without conventions"; }
    [[nodiscard]] scalar::Ties ties() const override { return scalar::Ties::open; }
    [[nodiscard]] subject::Answer answer(const cases::Case& drawn,
                                         std::span<const double> cotangent) const override {
        return library_.answer(drawn, cotangent);
    }

private:
    subject::Backprop library_;
};

class PlainBackpropAtKinks : public ::testing::TestWithParam<unsigned> {};

TEST_P(PlainBackpropAtKinks, raises_no_alarm_on_any_entry) {
    const subject::Backprop backprop;
    const WithoutConventions open;
    const std::size_t wanted = gradproof::testing::wanted_cases();
    rc::Random random(gradproof::testing::wanted_seed() + GetParam());
    KinkTally tally;
    while (tally.cases < wanted) {
        generate::Dice dice(random.split());
        const cases::Case drawn = generate::draw_kink_case(dice);
        const generate::KinkCoverage coverage = generate::kink_coverage(drawn);
        tally.at_kink += coverage.at_kink ? 1 : 0;
        tally.beside_kink += coverage.beside_kink ? 1 : 0;
        const check::Report report = check::gradient(subject::ProgramTrial(backprop, drawn));
        tally.counts += report.counts;
        tally.undecided_cases += report.verdict == check::Verdict::undecided ? 1 : 0;
        EXPECT_TRUE(report.holds()) << text_of(report, drawn);
        if (tally.cases % 10 == 0) {
            const check::Report freely = check::gradient(subject::ProgramTrial(open, drawn));
            EXPECT_TRUE(freely.holds()) << text_of(freely, drawn);
            tally.open_undecided += freely.verdict == check::Verdict::undecided ? 1 : 0;
        }
        if (++tally.cases % 1000 == 0) {
            std::printf("  shard %u: %zu of %zu cases\n", GetParam(), tally.cases, wanted);
            std::fflush(stdout);
        }
    }
    print(tally);
    EXPECT_GE(10 * tally.at_kink, 3 * tally.cases);
    EXPECT_GE(10 * tally.beside_kink, 3 * tally.cases);
    // One case in two hundred, and one more in small runs.
    EXPECT_LE(200 * tally.undecided_cases, tally.cases + 200);
}

INSTANTIATE_TEST_SUITE_P(shard, PlainBackpropAtKinks, ::testing::Range(0U, 10U));

}  // namespace
