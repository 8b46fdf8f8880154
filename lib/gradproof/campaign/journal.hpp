// The journal of a campaign: DIR/journal.jsonl, which only grows, beside DIR/findings with a file for each
// finding.
//
// A finding's line is on the disk before its file, and holds the file's text: what is killed in between is
// made good when the campaign goes on. Lines of spans reach the disk with the next finding's, or at the end;
// cases whose span is lost are done again.
#pragma once

#include <gradproof/campaign/account.hpp>
#include <gradproof/case/descriptor.hpp>
#include <gradproof/case/whole_file.hpp>

#include <filesystem>
#include <functional>
#include <string>

namespace gradproof::campaign {

/// Findings that could not be saved. What is to be shown of them, so that they are not lost, is `files`.
class UnsavedFinding : public cases::FileError {
public:
    UnsavedFinding(const std::string& what, std::vector<std::string> files)
        : cases::FileError(what), files_(std::move(files)) {}
    /// The text of each one's case file.
    [[nodiscard]] const std::vector<std::string>& files() const { return files_; }

private:
    std::vector<std::string> files_;
};

/// Reads a journal and leaves it as it is; `each` is called with its lines. Throws `cases::FileError`, and
/// `std::invalid_argument` for a file that is none, or was changed.
[[nodiscard]] Account read_journal(const std::filesystem::path& folder,
                                   const std::function<void(const Line&)>& each = {});

class Journal {
public:
    /// Begins one in a folder, which is made; its first line is written at once. Throws
    /// `std::invalid_argument` where there is a campaign already, or one is at work; `cases::FileError`.
    [[nodiscard]] static Journal begin(const std::filesystem::path& folder,
                                       const Settings& settings);
    /// Goes on with the one that is there. A last line that was not written to its end is cut off;
    /// files of findings that are missing are written. Throws as `begin` and `read_journal` do.
    [[nodiscard]] static Journal resume(const std::filesystem::path& folder);

    /// What the lines come to.
    [[nodiscard]] const Account& account() const { return account_; }
    /// How many bytes of a last line were cut off.
    [[nodiscard]] std::size_t cut_off() const { return cut_off_; }

    /// Adds a line. A finding is on the disk afterwards, and has its file. Throws `cases::FileError`;
    /// `UnsavedFinding` for a finding that has no file, or no line.
    void add(const Line& line);
    /// All lines are on the disk afterwards. Throws `cases::FileError`.
    void flush() const;
    /// For a process forked from this one, which must not hold what is locked.
    void let_go() { file_.close(); }

    [[nodiscard]] std::filesystem::path file_of(const ToldFinding& finding) const;

private:
    Journal(const std::filesystem::path& folder, bool anew);

    std::filesystem::path folder_, path_;
    cases::Descriptor file_;
    Account account_;
    std::size_t cut_off_ = 0;

    void append(const std::string& line);
    void write_missing_files() const;
};

}  // namespace gradproof::campaign
