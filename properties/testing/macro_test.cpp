// What the macro makes of a gradient: a test that passes with its counts recorded, or one that fails with
// the verdict first, the point, and one line to see it again.
#include "proven.hpp"
#include "setting.hpp"

#include <gradproof/gtest.hpp>

#include <cmath>
#include <csignal>
#include <span>
#include <string>

#include <gtest/gtest-spi.h>

namespace {

using gradproof::testing::HandWritten;
using gradproof::testing::Setting;

constexpr auto kSquares = [](const auto& x) {
    auto sum = x[0] * x[0];
    for (std::size_t i = 1; i < x.size(); ++i) sum += x[i] * x[i];
    return sum;
};

[[nodiscard]] HandWritten times(double factor) {
    return gradproof::gradient_of(kSquares).on(2).by(
        [factor](std::span<const double> x, double u, std::span<double> dx) {
            for (std::size_t i = 0; i < x.size(); ++i) dx[i] = factor * u * x[i];
        });
}

GRADPROOF_TEST(TheMacro, passes_a_sound_gradient) { return times(2); }

[[nodiscard]] HandWritten wrong() { return times(1); }
[[nodiscard]] HandWritten sound() { return times(2); }
[[nodiscard]] HandWritten crashing() {
    return gradproof::gradient_of(kSquares).on(2).by(
        [](std::span<const double>, double, std::span<double>) { ::raise(SIGABRT); });
}
[[nodiscard]] HandWritten of_no_shape() {
    return gradproof::gradient_of(kSquares).on(0).by(
        [](std::span<const double>, std::span<double>) {});
}

/// The failure that running the claim as a test adds; empty where it adds none.
[[nodiscard]] std::string failure_of(HandWritten (*claimed)(), const std::string& rc_params) {
    const gradproof::testing::Folder folder;
    const Setting where("GRADPROOF_CASE_DIR", folder.path().string());
    const Setting params("RC_PARAMS", rc_params);
    ::testing::TestPartResultArray results;
    {
        const ::testing::ScopedFakeTestPartResultReporter reporter(
            ::testing::ScopedFakeTestPartResultReporter::INTERCEPT_ONLY_CURRENT_THREAD, &results);
        gradproof::testing::run_as_test(claimed, "kernel_test.cpp", 17);
    }
    if (results.size() == 0) return "";
    const ::testing::TestPartResult& failure = results.GetTestPartResult(0);
    EXPECT_EQ(failure.line_number(), 17);
    EXPECT_STREQ(failure.file_name(), "kernel_test.cpp");
    EXPECT_EQ(results.size(), 1);
    return failure.message();
}

TEST(AFailingGradient, is_reported_with_verdict_point_and_replay_line) {
    const std::string message = failure_of(wrong, "seed=42 max_success=20");
    const auto has = [&](const char* words) {
        EXPECT_NE(message.find(words), std::string::npos) << "wanted: " << words << "\n" << message;
    };
    has("wrong: AFailingGradient.is_reported_with_verdict_point_and_replay_line breaks \"vjp "
        "agrees with "
        "finite differences\" at x[");
    has("where the oracle has 2");
    has("\nat\n  x = [");
    has("\n  cotangent = 1\n");
    has("\nagain: RC_PARAMS=\"seed=42 max_success=20\" ");
    has("macro_test "
        "--gtest_filter=AFailingGradient.is_reported_with_verdict_point_and_replay_line\n");
    has("gradproof-AFailingGradient.is_reported_with_verdict_point_and_replay_line.json; every "
        "later run");
}

TEST(AFailingGradient, is_the_same_for_the_same_seed) {
    EXPECT_EQ(failure_of(wrong, "seed=5"), failure_of(wrong, "seed=5"));
}

TEST(AFailingGradient, is_left_as_drawn_where_shrinking_is_off) {
    EXPECT_NE(failure_of(wrong, "seed=5 noshrink=1").find("made simpler 0 times in 0 tries"),
              std::string::npos);
}

TEST(ACrash, of_code_that_is_not_isolated_is_followed_by_what_tells_its_case) {
    EXPECT_EXIT(
        (void)failure_of(crashing, "seed=5 max_success=20"), ::testing::KilledBySignal(SIGABRT),
        "brings its process down; what tells the case is\n"
        "  RC_PARAMS=\"seed=5 max_success=20\" GRADPROOF_ISOLATE=1 .*--gtest_filter=ACrash");
}

TEST(ASoundGradient, records_its_counts_and_says_nothing) {
    EXPECT_EQ(failure_of(sound, "seed=1 max_success=30"), "");
    const auto* result = ::testing::UnitTest::GetInstance()->current_test_info()->result();
    std::string recorded;
    for (int i = 0; i < result->test_property_count(); ++i) {
        const ::testing::TestProperty& property = result->GetTestProperty(i);
        recorded += std::string(property.key()) + "=" + property.value() + " ";
    }
    EXPECT_NE(recorded.find("seed=1 cases=30 judged="), std::string::npos) << recorded;
}

TEST(BadUse, fails_the_test_with_its_words) {
    EXPECT_NE(failure_of(sound, "sede=1")
                  .find("cannot test BadUse.fails_the_test_with_its_words: RC_PARAMS: "
                        "unknown setting \"sede\""),
              std::string::npos);
    EXPECT_NE(failure_of(of_no_shape, "seed=1").find("input x has the shape [0]"),
              std::string::npos);
}

}  // namespace
