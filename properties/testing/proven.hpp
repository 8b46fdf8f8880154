// A proof in a folder of its own, for tests that look at its outcome.
#pragma once

#include "../folder.hpp"

#include <gradproof/testing/proof.hpp>

#include <string>

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

}  // namespace gradproof::testing
