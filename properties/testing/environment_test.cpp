// What the environment says of a run: which of several counts rules, where code runs, and what is refused.
#include "kernels.hpp"
#include "proven.hpp"
#include "setting.hpp"

#include <gradproof/testing/environment.hpp>

#include <csignal>
#include <stdexcept>
#include <string>

#include <gtest/gtest.h>

namespace {

using namespace gradproof::testing;
using namespace gradproof::testing::kernels;

[[nodiscard]] HandWritten claim(std::optional<std::size_t> cases = {}) {
    HandWritten made = gradient_of(squares).on(1).by([](In x, double u, Out dx) {
        if (x[0] > 2) ::raise(SIGSEGV);
        dx[0] = 2 * u * x[0];
    });
    made.cases = cases;
    return made;
}

[[nodiscard]] std::size_t cases_of(const HandWritten& made, const char* rc_params,
                                   const char* cases) {
    const Setting params("RC_PARAMS", rc_params), count("GRADPROOF_CASES", cases);
    return plan_for(made, environment(), 0).cases;
}

TEST(TheCountOfCases, is_that_of_rc_params_then_of_the_environment_then_of_the_test) {
    EXPECT_EQ(cases_of(claim(), "", ""), 200U);
    EXPECT_EQ(cases_of(claim(30), "", ""), 30U);
    EXPECT_EQ(cases_of(claim(30), "", "1000"), 1000U);
    EXPECT_EQ(cases_of(claim(30), "seed=1 max_success=7", "1000"), 7U);
}

TEST(AnEnvironment, that_is_malformed_is_refused_in_words) {
    const auto refusal_of = [](const char* name, const char* value) -> std::string {
        const Setting set(name, value);
        try {
            (void)environment();
        } catch (const std::invalid_argument& refusal) {
            return refusal.what();
        }
        return "";
    };
    EXPECT_EQ(
        refusal_of("GRADPROOF_CASES", "many"),
        "GRADPROOF_CASES is \"many\"; wanted is a whole number from 1 on. Correct it or unset "
        "it.");
    EXPECT_NE(refusal_of("GRADPROOF_CASES", "0"), "");
    EXPECT_EQ(refusal_of("GRADPROOF_ISOLATE", "yes"),
              "GRADPROOF_ISOLATE is \"yes\"; wanted is 0 or 1. Correct it or unset it.");
    EXPECT_NE(refusal_of("RC_PARAMS", "sede=1"), "");
}

TEST(AnEnvironment, that_isolates_makes_a_finding_of_a_crash) {
    const Setting isolate("GRADPROOF_ISOLATE", "1"), params("RC_PARAMS", "seed=1");
    const Folder folder;
    const Environment found = environment();
    const HandWritten isolated = placed(claim(), found);
    Plan plan = plan_for(isolated, found, 0, "TEST_PROGRAM");
    plan.directory = folder.path();
    const Proof proof = prove(isolated, "Suite.test", plan);
    ASSERT_TRUE(proof.broken);
    const std::string text = text_of(proof, isolated);
    EXPECT_NE(text.find("it crashed"), std::string::npos) << text;
    EXPECT_NE(
        text.find("again: RC_PARAMS=\"seed=1 max_success=200\" GRADPROOF_ISOLATE=1 TEST_PROGRAM"),
        std::string::npos)
        << text;
}

}  // namespace
