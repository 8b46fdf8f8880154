// Several shards' campaigns as one, from the command line: `gradproof merge`.
#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace gradproof::cli {

struct MergeRequest {
    std::vector<std::string> folders;
    std::string out;
    bool json = false;
};

/// The options of `merge`, which fill `request`; it must outlive the parsing.
void add_merge_options(CLI::App& command, MergeRequest& request);

/// Merges them, prints the summary and returns the exit code: that of a campaign. Throws as
/// `campaign::merge` does, and `OutputError`.
[[nodiscard]] int merge(const MergeRequest& request);

}  // namespace gradproof::cli
