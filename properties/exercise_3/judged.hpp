// What the tests of Exercise 3 share: the judged exercise, its data with something changed, its statements.
#pragma once

#include "embedded/exercise_3.hpp"
#include "exercise_3/exercise_3.hpp"

#include <cstdint>
#include <stdexcept>
#include <string>

namespace gradproof::fixtures {

[[nodiscard]] inline claims::Derivation judged(std::uint64_t seed = 1) {
    return verify_exercise_3(embedded::exercise_3, seed);
}

/// The data file with every `before` replaced; throws where there is none.
[[nodiscard]] inline std::string changed(std::string text, const std::string& before,
                                         const std::string& after) {
    std::size_t at = text.find(before);
    if (at == std::string::npos) throw std::logic_error("the data file has no " + before);
    for (; at != std::string::npos; at = text.find(before, at + after.size())) {
        text.replace(at, before.size(), after);
    }
    return text;
}

[[nodiscard]] inline claims::Derivation judged_with(const std::string& before,
                                                    const std::string& after) {
    return verify_exercise_3(changed(std::string(embedded::exercise_3), before, after), 1);
}

[[nodiscard]] inline const claims::Statement& statement(const claims::Derivation& derivation,
                                                        const std::string& id) {
    for (const claims::Statement& candidate : derivation.statements) {
        if (candidate.id == id) return candidate;
    }
    throw std::logic_error("no statement " + id);
}

/// Whether some sentence of the evidence has this part.
[[nodiscard]] inline bool says(const claims::Statement& statement, const std::string& part) {
    for (const std::string& sentence : statement.evidence) {
        if (sentence.find(part) != std::string::npos) return true;
    }
    return false;
}

}  // namespace gradproof::fixtures
