// The summary of a campaign: what was tried, what was found, and how to see it again.
#pragma once

#include <gradproof/campaign/account.hpp>

#include <filesystem>
#include <string>
#include <vector>

namespace gradproof::campaign {

/// The same bound as for `gradproof verify` (laws/undecided_share.hpp); a subject of which no number at all was
/// checked is undecided, too.
[[nodiscard]] bool too_much_undecided(const Account& account);

/// How a run ended, for whoever reads the summary.
struct Ending {
    int exit_code = 0;
    std::string reason;  ///< "the time is up", "interrupted", "all cases are done"
};

/// The verdict first. `folder` is the campaign's.
[[nodiscard]] std::vector<std::string> to_lines(const Account& account, const Ending& ending,
                                                const std::filesystem::path& folder);
[[nodiscard]] std::string to_json(const Account& account, const Ending& ending,
                                  const std::filesystem::path& folder);

/// Writes the JSON to `folder`/summary.json. Throws `cases::FileError`.
void write_summary(const Account& account, const Ending& ending,
                   const std::filesystem::path& folder);

/// The line for a shell that asks the subject about the finding once more.
[[nodiscard]] std::string replay_line(const Settings& settings, const ToldFinding& finding,
                                      const std::filesystem::path& folder);

}  // namespace gradproof::campaign
