// A proof in a folder of its own, for tests that look at its outcome, and what is expected of many.
#pragma once

#include "../folder.hpp"

#include <gradproof/testing/environment.hpp>
#include <gradproof/testing/proof.hpp>

#include <string>
#include <string_view>

namespace gradproof::testing {

[[nodiscard]] inline Proof proven(const HandWritten& claim, std::uint64_t seed = 1,
                                  std::size_t cases = 100) {
    const Folder folder;
    return prove(claim, "Suite.test", {seed, cases, true, folder.path()});
}

[[nodiscard]] inline std::string text_of(const Proof& proof, const HandWritten& claim) {
    std::string text;
    for (const std::string& line : to_lines(proof, claim)) text += line + "\n";
    return text;
}

/// Whether the claim holds on several seeds, with most of its numbers judged.
inline void holds(const HandWritten& claim, std::size_t cases = 60) {
    for (std::uint64_t seed = 1; seed <= 3; ++seed) {
        const Proof proof = proven(claim, seed, cases);
        EXPECT_TRUE(proof.holds()) << "seed " << seed << "\n" << text_of(proof, claim);
        const std::size_t numbers = proof.counts.entries + proof.counts.directions;
        EXPECT_GE(2 * proof.counts.judged, numbers) << text_of(proof, claim);
    }
}

/// The same over as many cases as the profile says, of which `least_judged` is to be judged.
inline void holds_as_often_as_told(const HandWritten& claim, double least_judged = 0.5) {
    const Folder folder;
    Plan plan = plan_for(claim, environment(), 0);
    plan.directory = folder.path();
    const Proof proof = prove(claim, "Suite.test", plan);
    EXPECT_TRUE(proof.holds()) << text_of(proof, claim);
    const auto numbers = static_cast<double>(proof.counts.entries + proof.counts.directions);
    EXPECT_GE(static_cast<double>(proof.counts.judged), least_judged * numbers) << text_of(proof, claim);
}

/// Whether that law catches the claim on every seed.
inline void is_caught(const HandWritten& claim, std::string_view law) {
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
        const Proof proof = proven(claim, seed);
        ASSERT_TRUE(proof.broken) << "seed " << seed << "\n" << text_of(proof, claim);
        EXPECT_EQ(proof.broken->report.law, law) << text_of(proof, claim);
        EXPECT_FALSE(proof.holds());
    }
}

}  // namespace gradproof::testing
