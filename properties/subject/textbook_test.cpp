// A shim in sh and awk, written from the protocol page alone: the laws find through the pipe what its
// textbook derivatives lose.
#include <gradproof/generate/program_case.hpp>
#include <gradproof/laws/search.hpp>
#include <gradproof/laws/vjp_agrees.hpp>
#include <gradproof/primitives/catalogue.hpp>
#include <gradproof/subject/pipe_subject.hpp>

#include <gtest/gtest.h>

namespace gradproof::laws {
namespace {

TEST(TheTextbookInAwk, loses_the_tail_of_the_sigmoid) {
    const subject::PipeSubject textbook({"sh", GRADPROOF_SUBJECTS "/awk/textbook.sh"});
    generate::ProgramBounds bounds;
    bounds.most_nodes = 1;
    bounds.highest_rank = 0;
    bounds.primitives = {&primitives::primitive("sigmoid")};
    Plan plan;
    plan.seed = 1;
    plan.cases = 200;
    plan.laws = {find_law(kVjpAgrees), 1};
    const Outcome outcome = search(textbook, generate::program_case(bounds), plan);
    ASSERT_TRUE(outcome.finding) << "nothing was found in " << outcome.cases << " cases";
    const Finding& finding = *outcome.finding;
    EXPECT_FALSE(finding.report.fault) << finding.report.remark;
    EXPECT_EQ(finding.minimal.graph.nodes.size(), 2U);
    EXPECT_GT(finding.minimal.inputs[0][0], 1) << "it loses digits for large arguments";
}

}  // namespace
}  // namespace gradproof::laws
