// Reading the environment's variables, strictly.
#include <gradproof/testing/environment.hpp>

#include <gradproof/testing/crash_line.hpp>
#include <gradproof/testing/isolation.hpp>
#include <gradproof/testing/rc_params.hpp>

#include <cerrno>
#include <charconv>
#include <cstdlib>
#include <random>
#include <stdexcept>

namespace gradproof::testing {

namespace {

[[nodiscard]] std::string variable(const char* name) {
    const char* text = std::getenv(name);
    return text == nullptr ? "" : text;
}

[[nodiscard]] std::size_t whole(const std::string& text, const char* name) {
    std::size_t value = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, failure] = std::from_chars(text.data(), end, value);
    if (failure != std::errc{} || stop != end || value == 0) {
        throw std::invalid_argument(
            std::string(name) + " is \"" + text +
            "\"; wanted is a whole number from 1 on. Correct it or unset it.");
    }
    return value;
}

}  // namespace

bool Environment::verbose() const {
    const RcParams params = read_rc_params(rc_params);
    return params.contains("verbose_progress") && params.at("verbose_progress") == "1";
}

Environment environment() {
    Environment found;
    found.rc_params = variable("RC_PARAMS");
    static_cast<void>(read_rc_params(found.rc_params));  // refuses what it does not understand
    if (const std::string cases = variable("GRADPROOF_CASES"); !cases.empty()) {
        found.cases = whole(cases, "GRADPROOF_CASES");
    }
    if (const std::string directory = variable("GRADPROOF_CASE_DIR"); !directory.empty()) {
        found.directory = directory;
    }
    const std::string isolate = variable("GRADPROOF_ISOLATE");
    if (isolate != "" && isolate != "0" && isolate != "1") {
        throw std::invalid_argument("GRADPROOF_ISOLATE is \"" + isolate +
                                    "\"; wanted is 0 or 1. Correct it or unset it.");
    }
    found.isolate = isolate == "1";
    return found;
}

Plan plan_for(const HandWritten& claim, const Environment& environment, std::uint64_t fresh_seed,
              const std::string& again) {
    const RcParams params = read_rc_params(environment.rc_params);
    Plan plan;
    plan.seed = params.contains("seed") ? std::stoull(params.at("seed")) : fresh_seed;
    plan.cases = claim.cases.value_or(plan.cases);
    if (environment.cases) plan.cases = *environment.cases;
    if (params.contains("max_success")) plan.cases = std::stoull(params.at("max_success"));
    plan.shrink = !params.contains("noshrink") || params.at("noshrink") == "0";
    plan.directory = environment.directory;
    plan.again = (environment.isolate ? "GRADPROOF_ISOLATE=1 " : "") + again;
    return plan;
}

HandWritten placed(HandWritten claim, const Environment& environment) {
    if (environment.isolate && !claim.isolation) isolate(claim, {});
    return claim;
}

Proof proven_with_last_words(const HandWritten& claim, const std::string& test, const Plan& plan) {
    const CrashLine line("\n" + test + " brings its process down; what tells the case is\n  " +
                         "RC_PARAMS=\"seed=" + std::to_string(plan.seed) +
                         " max_success=" + std::to_string(plan.cases) + "\" GRADPROOF_ISOLATE=1 " +
                         plan.again + "\n");
    return prove(claim, test, plan);
}

std::uint64_t fresh_seed() {
    std::random_device device;
    const std::uint64_t high = device();
    return (high << 32U) | device();
}

std::string name_of_program() {
#ifdef __GLIBC__
    return program_invocation_name;
#else
    return "TEST_PROGRAM";
#endif
}

}  // namespace gradproof::testing
