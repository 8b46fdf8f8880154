// No false alarm over whole programs: all laws on random programs, 20 000 in double and 2000 in float in the
// quick tier, two million and 200 000 in the soak tier, in tests that ctest may run side by side.
#include "../drawn_cases.hpp"
#include "report_text.hpp"

#include <gradproof/generate/program_case.hpp>
#include <gradproof/laws/law.hpp>
#include <gradproof/subject/program_subject.hpp>

#include <chrono>
#include <cstdio>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace {

using namespace gradproof;
using scalar::Precision;

struct LawTally {
    check::Counts counts;
    double seconds = 0;
};

void print(std::string_view law, const LawTally& tally, std::size_t programs) {
    const check::Counts& c = tally.counts;
    const auto share = [&](std::size_t part) {
        const std::size_t whole = c.entries + c.directions;
        return 100 * static_cast<double>(part) / static_cast<double>(whole > 0 ? whole : 1);
    };
    std::printf(
        "  %-42s %5.0f us a program; %zu numbers and %zu directions: %.2f %% powerless, %.2f %% "
        "out of "
        "range, %.2f %% nonsmooth, %.3f %% undecided; largest share of the budget %.3f\n",
        std::string(law).c_str(), 1e6 * tally.seconds / static_cast<double>(programs), c.entries,
        c.directions, share(c.powerless), share(c.out_of_range), share(c.nonsmooth),
        share(c.undecided), c.largest_share);
}

void hold_every_law(std::uint64_t seed, Precision precision, std::size_t programs) {
    using Clock = std::chrono::steady_clock;
    const subject::Backprop backprop;
    const std::size_t wanted = programs * gradproof::testing::wanted_costly_cases();
    std::vector<LawTally> tallies(laws::all_laws().size());
    std::size_t undecided_programs = 0;
    rc::Random random(seed);
    for (std::size_t program = 0; program < wanted; ++program) {
        generate::Dice dice(random.split());
        const cases::Case drawn = generate::draw_program_case(dice, {}, precision);
        bool undecided = false;
        for (std::size_t k = 0; k < tallies.size(); ++k) {
            const auto start = Clock::now();
            const check::Report report = laws::all_laws()[k].holds(backprop, drawn, program);
            tallies[k].seconds += std::chrono::duration<double>(Clock::now() - start).count();
            tallies[k].counts += report.counts;
            undecided = undecided || report.verdict == check::Verdict::undecided;
            EXPECT_TRUE(report.holds()) << laws::text_of(report, drawn);
        }
        undecided_programs += undecided ? 1 : 0;
        if ((program + 1) % 50000 == 0)
            std::printf("  %zu of %zu programs\n", program + 1, wanted), std::fflush(stdout);
    }
    for (std::size_t k = 0; k < tallies.size(); ++k)
        print(laws::all_laws()[k].name, tallies[k], wanted);
    std::printf("  %zu programs, none discarded; %zu undecided\n", wanted, undecided_programs);
    // One in two hundred, and ten more in small runs: a program in three hundred is undecided.
    EXPECT_LE(200 * undecided_programs, wanted + 2000);
}

class RandomPrograms : public ::testing::TestWithParam<unsigned> {};
TEST_P(RandomPrograms, keep_every_law_in_double) {
    hold_every_law(gradproof::testing::wanted_seed() + GetParam(), Precision::binary64, 50);
}
INSTANTIATE_TEST_SUITE_P(shard, RandomPrograms, ::testing::Range(0U, 4U));

TEST(RandomProgramsInFloat, keep_every_law) {
    hold_every_law(gradproof::testing::wanted_seed() + 1000, Precision::binary32, 20);
}

}  // namespace
