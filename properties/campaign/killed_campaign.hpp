// Campaigns that are killed again and again, and go on until they are done.
#pragma once

#include <cstddef>
#include <cstdint>

namespace gradproof::campaign {

/// How often campaigns were killed, and where.
struct Kills {
    std::size_t campaigns = 0;
    std::size_t at_calls = 0;    ///< within a write, before an fsync or a rename
    std::size_t at_moments = 0;  ///< at any other moment
    std::size_t shrinking = 0;   ///< ... of these, while a finding was being made simpler
    std::size_t findings = 0, printed = 0;
};

/// Runs a campaign of a subject with mistakes and faults to its end, killed several times on the way, as drawn
/// from `seed`. Fails the test unless every finding that was printed before a kill is in the journal after it,
/// exactly once, and in the end all cases are done once and every finding has its file.
void run_killed_campaign(std::uint64_t seed, Kills& kills);

}  // namespace gradproof::campaign
