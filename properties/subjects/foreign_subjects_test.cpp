// What must hold of the implementations by others under fixtures/subjects: what was found in them is there,
// and a short search finds it again. One that is not installed is skipped, with a word on what to install.
#include <gradproof/case/file.hpp>
#include <gradproof/generate/primitive_case.hpp>
#include <gradproof/laws/ask.hpp>
#include <gradproof/laws/primal_agrees.hpp>
#include <gradproof/laws/search.hpp>
#include <gradproof/laws/vjp_agrees.hpp>
#include <gradproof/primitives/catalogue.hpp>
#include <gradproof/subject/fault.hpp>
#include <gradproof/subject/pipe_subject.hpp>

#include "../drawn_cases.hpp"
#include "foreign_subjects.hpp"

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace gradproof::subjects {
namespace {

using subject::PipeSubject;

/// A finding that is known of a subject.
struct Known {
    std::string_view primitive;
    std::string_view law;
    std::vector<std::string_view> words;  ///< of which some stand in its report
};

class ForeignSubject : public ::testing::Test {
protected:
    /// The subject; nothing where it is not installed.
    [[nodiscard]] static std::unique_ptr<PipeSubject> started(const Foreign& foreign) {
        if (foreign.command.empty()) return nullptr;
        try {
            return std::make_unique<PipeSubject>(foreign.command);
        } catch (const subject::Fault& fault) {
            const std::string_view what = fault.what();
            if (what.find("is not installed") == std::string_view::npos) throw;
            return nullptr;
        }
    }

    /// What is saved of the subject breaks the law that it was saved for; of another version it may not.
    static void expect_saved(const PipeSubject& subject, const Foreign& foreign) {
        const std::filesystem::path folder =
            std::filesystem::path(GRADPROOF_SUBJECTS) / "findings" / foreign.folder;
        std::size_t files = 0;
        for (const auto& entry : std::filesystem::directory_iterator(folder)) {
            const cases::CaseFile saved = cases::read_file(entry.path());
            ++files;
            ASSERT_TRUE(saved.finding) << entry.path();
            if (saved.finding->subject != subject.name()) {
                std::cout << entry.path() << " is of " << saved.finding->subject << ", and this is "
                          << subject.name() << "\n";
                continue;
            }
            const laws::Law* law = laws::find_law(saved.finding->law);
            ASSERT_NE(law, nullptr) << entry.path();
            EXPECT_FALSE(laws::ask(*law, subject, saved.drawn, saved.finding->seed).holds())
                << entry.path();
        }
        EXPECT_GT(files, 0U) << folder;
    }

    static void expect_finding(const PipeSubject& foreign, const Known& known) {
        const laws::Law* law = laws::find_law(known.law);
        ASSERT_NE(law, nullptr) << known.law;
        laws::Plan plan;
        plan.seed = testing::wanted_seed();
        plan.cases = 2000;
        plan.laws = {law, 1};
        const laws::Outcome outcome =
            laws::search(foreign,
                         generate::primitive_case(primitives::primitive(known.primitive),
                                                  foreign.greeting().numbers.front()),
                         plan);
        ASSERT_TRUE(outcome.finding) << known.primitive << ": nothing in " << outcome.cases;
        std::string report;
        for (const std::string& line : check::to_lines(outcome.finding->report))
            report += line + "\n";
        EXPECT_TRUE(std::ranges::any_of(known.words, [&](std::string_view words) {
            return report.find(words) != std::string::npos;
        })) << report;
    }

    static void expect_known(const Foreign& foreign, const Known& known) {
        const auto subject = started(foreign);
        if (!subject)
            GTEST_SKIP() << foreign.name << ": " << foreign.package << " is not installed";
        expect_saved(*subject, foreign);
        expect_finding(*subject, known);
    }
};

TEST_F(ForeignSubject, numpy_by_hand_loses_the_tail_of_its_sigmoid) {
    expect_known(numpy_by_hand(), {"sigmoid", laws::kVjpAgrees, {"cancellation"}});
}

TEST_F(ForeignSubject, PyTorch_has_hardsigmoid_in_the_precision_of_float) {
    expect_known(pytorch(), {"hardsigmoid", laws::kVjpAgrees, {"the precision of float32"}});
}

TEST_F(ForeignSubject, Eigen_has_NaN_for_the_slope_of_a_root_beside_the_root_of_0) {
    expect_known(eigen(), {"sqrt", laws::kVjpAgrees, {"nan", "-inf"}});
}

TEST_F(ForeignSubject, Ceres_loses_the_digits_of_expm1) {
    expect_known(ceres(), {"expm1", laws::kVjpAgrees, {"cancellation"}});
}

TEST_F(ForeignSubject, Boost_has_NaN_for_the_value_of_acos_at_1) {
    expect_known(boost(), {"acos", laws::kPrimalAgrees, {"nan"}});
}

TEST_F(ForeignSubject, ADOLC_has_the_slope_0_for_the_root_of_0) {
    expect_known(adolc(), {"sqrt", laws::kVjpAgrees, {"the slope is +infinity here"}});
}

TEST_F(ForeignSubject, TensorFlow_transposes_the_gradient_of_a_cumulative_sum) {
    expect_known(tensorflow(), {"cumsum", laws::kVjpAgrees, {"wrong"}});
}

}  // namespace
}  // namespace gradproof::subjects
