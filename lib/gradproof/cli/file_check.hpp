// Checking saved cases: every law on each of many files, a bad one stopping none of the others.
#pragma once

#include <gradproof/cli/replay.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace gradproof::cli {

/// One file: what the laws say of its case, or why they could not be asked.
struct CheckedFile {
    std::string file;
    std::optional<Replay> replay;  ///< none where the file was refused
    std::string refusal;           ///< why; names the file
    int exit_code = 0;             ///< what the file alone would give

    /// "holds", "wrong", "inaccurate", "lost digits", "undecided", "bad input", "unreadable", ...
    [[nodiscard]] std::string verdict() const;
    /// The laws that it breaks or, where it breaks none, those that could not judge it.
    [[nodiscard]] std::vector<std::string> laws() const;
};

struct FileCheck {
    std::vector<CheckedFile> files;  ///< those that were reached
    std::size_t given = 0;
    bool interrupted = false;

    /// The first of internal error, bad input, unreadable, findings, interrupted, undecided that applies;
    /// else holds.
    [[nodiscard]] int exit_code() const;
};

/// Holds every law on the case of each file; an argument that is a directory stands for every *.json
/// in and below it, by name. Nothing is thrown for a file that is bad.
[[nodiscard]] FileCheck check_files(const std::vector<std::string>& arguments);

/// A line a file, all that `replay` says of those that do not hold, and the counts.
[[nodiscard]] std::vector<std::string> to_lines(const FileCheck& check);
[[nodiscard]] std::string to_json(const FileCheck& check);

}  // namespace gradproof::cli
