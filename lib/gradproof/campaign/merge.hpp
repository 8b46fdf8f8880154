// Joining the campaigns of several shards into one.
#pragma once

#include <gradproof/campaign/journal.hpp>

#include <filesystem>
#include <vector>

namespace gradproof::campaign {

/// Begins a campaign in `out` that has the spans and findings of all `folders`: each finding once, in the
/// order of the folders. One that is still at work is taken as far as it is. Throws
/// `std::invalid_argument` unless their settings are the same but for the shards, which all differ;
/// and what `Journal::begin` and `read_journal` throw.
[[nodiscard]] Journal merge(const std::vector<std::filesystem::path>& folders,
                            const std::filesystem::path& out);

}  // namespace gradproof::campaign
