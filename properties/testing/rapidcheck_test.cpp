// Derivatives as properties of RapidCheck: proven with its seeds and counts, failing with the whole report.
#include "kernels.hpp"
#include "setting.hpp"

#include "../folder.hpp"

#include <gradproof/rapidcheck.hpp>

#include <filesystem>
#include <sstream>
#include <string>

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace {

using namespace gradproof::testing;
using namespace gradproof::testing::kernels;

[[nodiscard]] HandWritten times(double factor, std::size_t size = 2) {
    return gradproof::gradient_of(squares).on(size).by([factor](In x, double u, Out dx) {
        for (std::size_t i = 0; i < x.size(); ++i) dx[i] = factor * u * x[i];
    });
}

struct Told {
    bool holds = false;
    std::string text;
    bool kept = false;
};

[[nodiscard]] Told told_of(const std::function<HandWritten()>& claimed, const char* rc_params) {
    const Folder folder;
    const Setting where("GRADPROOF_CASE_DIR", folder.path().string());
    const Setting params("RC_PARAMS", rc_params);
    Told told;
    ::testing::internal::CaptureStderr();
    told.holds = gradproof::rc_check("squares have this gradient", claimed);
    told.text = ::testing::internal::GetCapturedStderr();
    told.kept = !std::filesystem::is_empty(folder.path());
    return told;
}

void has(const Told& told, const std::string& words) {
    EXPECT_NE(told.text.find(words), std::string::npos) << "wanted: " << words << "\n" << told.text;
}

TEST(RcCheck, holds_a_sound_gradient_and_tells_its_counts) {
    const Told told = told_of([] { return times(2); }, "seed=3 max_success=20");
    EXPECT_TRUE(told.holds);
    EXPECT_FALSE(told.kept);
    has(told, "agrees: squares have this gradient holds every law\n");
    has(told, "in 20 cases");
}

TEST(RcCheck, tells_of_a_wrong_gradient_with_diagnosis_and_replay_line_and_keeps_its_point) {
    const Told told = told_of([] { return times(1); }, "seed=3 max_success=20");
    EXPECT_FALSE(told.holds);
    EXPECT_TRUE(told.kept);
    has(told,
        "wrong: squares have this gradient breaks \"vjp agrees with finite differences\" at x[");
    has(told, "diagnosis: 0.500 times the derivative");
    has(told, "\nagain: RC_PARAMS=\"seed=3 max_success=20\" ");
    has(told, "every later run of this test begins with it");
}

TEST(RcCheck, refuses_bad_use_in_words) {
    EXPECT_FALSE(told_of([] { return times(2); }, "sede=1").holds);
    has(told_of([] { return times(2); }, "sede=1"), "unknown setting \"sede\"");
    has(told_of([] { return times(2, 0); }, "seed=1"), "input x has the shape [0]");
}

/// What a property of RapidCheck comes to, without a word printed.
[[nodiscard]] rc::detail::TestResult result_of(const std::function<void()>& property) {
    rc::detail::TestParams params;
    params.seed = 5;
    rc::detail::TestMetadata metadata;
    return rc::detail::checkTestable(property, metadata, params);
}

TEST(RcAssert, passes_in_a_property_that_draws_what_the_claim_is_of) {
    EXPECT_TRUE(result_of([] {
                    const auto n =
                        *rc::gen::resize(rc::kNominalSize, rc::gen::inRange<std::size_t>(1, 4));
                    GRADPROOF_RC_ASSERT(times(2, n));
                }).is<rc::detail::SuccessResult>());
}

TEST(RcAssert, fails_the_property_with_the_report) {
    const auto result = result_of([] { GRADPROOF_RC_ASSERT(times(1)); });
    ASSERT_TRUE(result.is<rc::detail::FailureResult>());
    const std::string text = result.get<rc::detail::FailureResult>().description;
    EXPECT_NE(text.find("breaks \"vjp agrees with finite differences\""), std::string::npos)
        << text;
    EXPECT_NE(text.find("\nat\n  x = ["), std::string::npos) << text;
}

TEST(RcAssert, gives_up_where_nothing_can_be_judged) {
    const auto lost = [](const auto& x) {
        const auto y = (x[0] + 1e18) - 1e18;
        return y * y;
    };
    const auto result = result_of([&] {
        GRADPROOF_RC_ASSERT(gradproof::gradient_of(lost)
                                .on(1)
                                .in(gradproof::between(0.1, 1))
                                .by([](In x, double u, Out dx) { dx[0] = 2 * u * x[0]; }));
    });
    EXPECT_TRUE(result.is<rc::detail::GaveUpResult>());
}

}  // namespace
