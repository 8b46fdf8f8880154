// What damage may do to a case file: it becomes an error that names file and place, or another case that
// is as sound as any. Ten thousand files in the quick tier, a million in the soak tier.
#include <gradproof/case/backprop_answer.hpp>
#include <gradproof/case/file.hpp>

#include "../drawn_cases.hpp"
#include "any_case.hpp"
#include "mutated_file.hpp"
#include "refusal.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdio>
#include <stdexcept>
#include <string>
#include <vector>

namespace gradproof::cases {
namespace {

constexpr std::size_t kFilesPerCase = 100;
/// A file of a few kilobytes takes well under a millisecond, a hundred times that with sanitizers.
constexpr std::chrono::seconds kLongest{2};

/// What became of files with one kind of damage (and, in every other one, more of it).
struct Tally {
    std::size_t refused = 0;
    std::size_t cases = 0;
};

/// A case that was read is written, read again and swept like any other.
void expect_sound(const CaseFile& file, const std::string& text) {
    const std::string again = write(file.drawn, file.finding);
    const CaseFile reread = read(again, "again.json");
    EXPECT_EQ(write(reread.drawn, reread.finding), again) << text;
    const Answer answer = backprop_answer(file.drawn, file.drawn.cotangent);
    EXPECT_EQ(answer.gradient.size(), flat_inputs(file.drawn).size()) << text;
    EXPECT_EQ(answer.primal.size(), file.drawn.cotangent.size()) << text;
}

void try_file(const std::string& text, Tally& tally) {
    const auto start = std::chrono::steady_clock::now();
    try {
        expect_sound(read(text, "damaged.json"), text);
        ++tally.cases;
    } catch (const FormatError& refusal) {
        EXPECT_TRUE(has_place_and_remedy(refusal.what(), "damaged.json")) << refusal.what() << "\n"
                                                                          << text;
        ++tally.refused;
    }
    EXPECT_LT(std::chrono::steady_clock::now() - start, kLongest) << text;
}

TEST(ADamagedFile, is_refused_with_its_place_or_is_another_case) {
    rc::Random random(gradproof::testing::wanted_seed());
    const Finding finding{"law", "subject", 42, "wrong", {"line", "line"}, "0.1.0"};
    std::vector<Tally> tallies(mutations().size());
    for (std::size_t k = 0; k < gradproof::testing::wanted_cases(); ++k) {
        generate::Dice dice(random.split());
        const std::string text = write(any_case(dice), finding), other = write(any_case(dice));
        for (std::size_t i = 0; i < kFilesPerCase; ++i) {
            const std::size_t kind = (k * kFilesPerCase + i) % mutations().size();
            std::string damaged = mutations()[kind].mutated(text, other, dice);
            for (std::size_t more = dice.below(4); more > 1 && !damaged.empty(); --more)
                damaged = dice.one_of(mutations()).mutated(std::move(damaged), other, dice);
            try_file(damaged, tallies[kind]);
        }
        ASSERT_FALSE(HasFailure()) << "case " << k;
    }
    Tally all;
    for (std::size_t kind = 0; kind < tallies.size(); ++kind) {
        const Tally& tally = tallies[kind];
        std::printf("  %-22s %7zu refused, %7zu are cases\n", mutations()[kind].name, tally.refused,
                    tally.cases);
        EXPECT_GT(tally.refused, 0U) << mutations()[kind].name;
        all.refused += tally.refused;
        all.cases += tally.cases;
    }
    std::printf("  %-22s %7zu refused, %7zu are cases\n", "all", all.refused, all.cases);
    // Damage that always shows, or never, would ask little of the reader.
    EXPECT_GT(20 * all.cases, all.refused);
    EXPECT_GT(all.refused, all.cases);
}

}  // namespace
}  // namespace gradproof::cases
