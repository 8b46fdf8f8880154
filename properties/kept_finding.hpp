// Where a test leaves a case on which it fails: in a file, or whole in its message.
#pragma once

#include <gradproof/laws/finding_file.hpp>

#include <cstdlib>
#include <string>

namespace gradproof::testing {

/// Saves the finding in GRADPROOF_CASE_DIR, else in the working directory, and says where; what cannot
/// be saved stands there whole.
[[nodiscard]] inline std::string kept(const laws::Finding& finding) {
    const char* directory = std::getenv("GRADPROOF_CASE_DIR");
    const bool given = directory != nullptr && *directory != '\0';
    const laws::Kept kept = laws::keep(finding, given ? directory : ".");
    if (!kept.refusal.empty()) return "not saved: " + kept.refusal + "\n" + kept.text;
    return "saved as " + kept.path.string() + "\n";
}

}  // namespace gradproof::testing
