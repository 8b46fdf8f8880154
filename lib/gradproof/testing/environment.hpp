// What the environment says of a run: how many cases, from which seed, where failing points are kept.
#pragma once

#include <gradproof/testing/proof.hpp>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace gradproof::testing {

struct Environment {
    std::string rc_params;             ///< RC_PARAMS: seed, max_success, noshrink, verbose_progress
    std::optional<std::size_t> cases;  ///< GRADPROOF_CASES, for tests that are not told max_success
    std::filesystem::path directory = ".";  ///< GRADPROOF_CASE_DIR, of the points that failed
    bool isolate = false;  ///< GRADPROOF_ISOLATE=1: as if every claim were .isolated()

    /// Whether a test that passes is to show its counts.
    [[nodiscard]] bool verbose() const;
};

/// Throws `std::invalid_argument` for what it does not understand.
[[nodiscard]] Environment environment();

/// How a claim is to be proven, with fresh seeds from `fresh_seed`. `again` is the command that repeats it.
[[nodiscard]] Plan plan_for(const HandWritten& claim, const Environment& environment,
                            std::uint64_t fresh_seed, const std::string& again = "TEST_PROGRAM");

/// The claim as the environment wants it run.
[[nodiscard]] HandWritten placed(HandWritten claim, const Environment& environment);

/// `prove`, with a word on what to run where the code brings this process down.
[[nodiscard]] Proof proven_with_last_words(const HandWritten& claim, const std::string& test,
                                           const Plan& plan);

[[nodiscard]] std::uint64_t fresh_seed();
/// As it was started, where the C library tells.
[[nodiscard]] std::string name_of_program();

}  // namespace gradproof::testing
