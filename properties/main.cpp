// The main of every test program of gradproof: gives RapidCheck the profile's settings, overridden by the user's
// RC_PARAMS, and a seed, which it prints; then runs GoogleTest.
//
// Usage: TEST_PROGRAM [--profile=quick|soak] [GoogleTest's options]; without a profile, quick. Exits with 2 for bad use.
#include <gradproof/testing/rc_params.hpp>

#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <random>
#include <stdexcept>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace {

using gradproof::testing::rc_params_text;
using gradproof::testing::RcParams;
using gradproof::testing::read_rc_params;

constexpr int bad_use = 2;

/// The settings that a profile starts from. A property that needs other numbers says so itself.
RcParams settings_of(std::string_view profile) {
    if (profile == "quick") return {{"max_success", "100"}};
    if (profile == "soak") return {{"max_success", "10000"}};
    throw std::invalid_argument("--profile=" + std::string(profile) +
                                ": unknown profile; wanted is quick or soak");
}

/// What GoogleTest left of the command line: the profile, and its own request for help.
std::string_view profile_from(int argc, char** argv) {
    constexpr std::string_view option = "--profile=";
    std::string_view profile = "quick";
    for (int i = 1; i < argc; ++i) {
        const std::string_view argument = argv[i];
        if (argument.starts_with(option)) {
            profile = argument.substr(option.size());
        } else if (argument != "--help" && argument != "-h") {
            throw std::invalid_argument(
                "unknown argument \"" + std::string(argument) +
                "\"; wanted is --profile=quick, --profile=soak or an option of GoogleTest "
                "(--help lists them)");
        }
    }
    return profile;
}

std::string drawn_seed() {
    std::random_device device;
    return std::to_string((std::uint64_t{device()} << 32U) | device());
}

}  // namespace

int main(int argc, char** argv) try {
    testing::InitGoogleTest(&argc, argv);
    RcParams params = settings_of(profile_from(argc, argv));
    if (const char* given = std::getenv("RC_PARAMS")) {
        for (const auto& [setting, value] : read_rc_params(given))
            params.insert_or_assign(setting, value);
    }
    params.try_emplace("seed", drawn_seed());

    const std::string text = rc_params_text(params);
    if (setenv("RC_PARAMS", text.c_str(), 1) != 0)
        throw std::invalid_argument("RC_PARAMS could not be set: " + text);
    if (!testing::GTEST_FLAG(list_tests)) {
        std::cerr << "These cases again: RC_PARAMS=\"" << text << "\"\n";
        if (params.contains("reproduce"))
            std::cerr << "A property that `reproduce` does not name draws no case.\n";
    }
    return RUN_ALL_TESTS();
} catch (const std::invalid_argument& refusal) {
    std::cerr << refusal.what() << '\n';
    return bad_use;
}
