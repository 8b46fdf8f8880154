// Failures and properties of the running test.
#include <gradproof/testing/google_test.hpp>

#include <gradproof/testing/environment.hpp>
#include <gradproof/testing/power_of.hpp>
#include <gradproof/testing/proof.hpp>
#include <gradproof/testing/rc_params.hpp>

#include <exception>
#include <iostream>
#include <string>

#include <gtest/gtest.h>

namespace gradproof::testing {

namespace {

[[nodiscard]] std::string name_of_running_test() {
    const ::testing::TestInfo* running = ::testing::UnitTest::GetInstance()->current_test_info();
    return running == nullptr ? "a gradient"
                              : std::string(running->test_suite_name()) + "." + running->name();
}

/// The command that repeats the running test.
[[nodiscard]] std::string again() {
    return name_of_program() + " --gtest_filter=" + name_of_running_test();
}

[[nodiscard]] std::string joined(const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines) text += (text.empty() ? "" : "\n") + line;
    return text;
}

void record(const Proof& proof) {
    const auto property = [](const char* key, const auto& value) {
        ::testing::Test::RecordProperty(key, std::to_string(value));
    };
    property("seed", proof.plan.seed);
    property("cases", proof.cases);
    property("judged", proof.counts.judged);
    property("powerless", proof.counts.powerless);
    property("out_of_range", proof.counts.out_of_range);
    property("nonsmooth", proof.counts.nonsmooth);
    property("undecided", proof.counts.undecided);
    property("discarded", proof.outside + proof.overflowing);
    property("largest_share_of_budget", proof.counts.largest_share);
}

/// Fails with the text, or prints it where that was asked for.
void tell(bool holds, const std::vector<std::string>& lines, const Environment& found,
          const char* file, int line) {
    const std::string text = joined(lines);
    if (!holds) {
        ADD_FAILURE_AT(file, line) << text;
    } else if (found.verbose()) {
        std::cout << text << '\n';
    }
}

void run(HandWritten (*claimed)(), const char* file, int line) {
    const Environment found = environment();
    const HandWritten claim = placed(claimed(), found);
    const Proof proof = proven_with_last_words(claim, name_of_running_test(),
                                               plan_for(claim, found, fresh_seed(), again()));
    record(proof);
    tell(proof.holds(), to_lines(proof, claim), found, file, line);
}

void run_power(HandWritten (*claimed)(), const char* file, int line) {
    const Environment found = environment();
    const RcParams params = read_rc_params(found.rc_params);
    const HandWritten claim = claimed();
    PowerPlan plan;
    plan.seed = params.contains("seed") ? std::stoull(params.at("seed")) : fresh_seed();
    if (params.contains("max_success")) {
        const std::size_t cases = std::stoull(params.at("max_success"));
        plan.cases = (cases + plan.rounds - 1) / plan.rounds;
    }
    const laws::Power power = power_of(claim, name_of_running_test(), plan);
    ::testing::Test::RecordProperty("seed", std::to_string(plan.seed));
    ::testing::Test::RecordProperty("cases", std::to_string(power.shares.cases));
    std::vector<std::string> lines = laws::to_lines(power);
    if (power.broken) {
        lines.push_back("put it to GRADPROOF_TEST first, which makes the point simpler");
    }
    if (power.shares.discarded > 0) {
        lines.push_back(
            "a draw is discarded where the function is not finite; declare with "
            ".in(...) where it is");
    }
    lines.push_back("again: RC_PARAMS=\"seed=" + std::to_string(plan.seed) +
                    " max_success=" + std::to_string(plan.rounds * plan.cases) + "\" " + again());
    tell(power.holds(), lines, found, file, line);
}

/// Runs one of the above; what it throws is a failure.
template <class Test>
void refused_aloud(Test test, HandWritten (*claimed)(), const char* file, int line) {
    try {
        test(claimed, file, line);
    } catch (const std::exception& refusal) {
        ADD_FAILURE_AT(file, line)
            << "cannot test " << name_of_running_test() << ": " << refusal.what();
    }
}

}  // namespace

void run_as_test(HandWritten (*claimed)(), const char* file, int line) {
    refused_aloud(run, claimed, file, line);
}

void run_power_as_test(HandWritten (*claimed)(), const char* file, int line) {
    refused_aloud(run_power, claimed, file, line);
}

}  // namespace gradproof::testing
