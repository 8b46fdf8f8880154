// A diagnosis as named texts, the way JSON reports hold it.
#pragma once

#include <gradproof/check/mistake.hpp>

#include <map>
#include <string>
#include <vector>

namespace gradproof::cli {

/// {mistake, sentence, evidence} for each; empty where no simple mistake explains what is wrong.
[[nodiscard]] inline std::vector<std::map<std::string, std::string>> diagnosis_fields(
    const std::vector<check::Explanation>& diagnosis) {
    std::vector<std::map<std::string, std::string>> list;
    for (const check::Explanation& explanation : diagnosis) {
        list.push_back({{"mistake", std::string(check::to_words(explanation.mistake))},
                        {"sentence", explanation.sentence},
                        {"evidence", explanation.evidence}});
    }
    return list;
}

}  // namespace gradproof::cli
