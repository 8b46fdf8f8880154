// What a campaign is of: all that makes its cases and its verdicts what they are. A run that goes on
// with it must have the same.
#pragma once

#include <gradproof/campaign/shard.hpp>
#include <gradproof/subject/limits.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace gradproof::campaign {

struct Settings {
    std::string gradproof;  ///< the version
    std::uint64_t seed = 0;
    Shards shards;
    std::string subject;               ///< its name, as a subject calls itself
    std::vector<std::string> command;  ///< what starts it; empty for one in this process
    std::string ops;                   ///< NAME,NAME...; empty for all that the subject takes
    std::string numbers;               ///< "binary64", "binary32"; empty for all that it takes
    subject::Limits limits;
};

/// The first thing in which two settings differ, in words: "--seed is 2 here and 1 there". Nothing where
/// they are the same; shards are looked at only where `shards_too`.
[[nodiscard]] std::optional<std::string> difference(const Settings& here, const Settings& there,
                                                    bool shards_too = true);

}  // namespace gradproof::campaign
