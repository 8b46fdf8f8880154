// A sound subject keeps every law through the pipe, in double and in float: what the laws ask for can be
// written down, and nothing is lost on the way.
#include "../drawn_cases.hpp"

#include <gradproof/generate/program_case.hpp>
#include <gradproof/laws/ask.hpp>
#include <gradproof/subject/pipe_subject.hpp>

#include <gtest/gtest.h>

namespace gradproof::laws {
namespace {

TEST(TheServedLibrary, keeps_every_law) {
    const subject::PipeSubject served({GRADPROOF_SERVED_BACKPROP});
    rc::Random random(testing::wanted_seed());
    check::Counts counts;
    for (std::size_t k = 0; k < testing::wanted_cases(); ++k) {
        generate::Dice dice(random.split());
        const auto precision =
            dice.chance(50) ? scalar::Precision::binary64 : scalar::Precision::binary32;
        const cases::Case drawn = generate::draw_program_case(dice, {}, precision);
        for (const Law& law : all_laws()) {
            const check::Report report = ask(law, served, drawn, k);
            counts += report.counts;
            ASSERT_TRUE(report.holds()) << check::to_lines(report)[0] << "\n" << report.remark;
        }
    }
    EXPECT_GT(counts.agrees, 0U);
}

}  // namespace
}  // namespace gradproof::laws
