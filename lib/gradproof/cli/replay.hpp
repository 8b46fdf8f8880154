// Replaying a saved case: every law on it once more, with the whole table.
#pragma once

#include <gradproof/case/file.hpp>
#include <gradproof/check/report.hpp>
#include <gradproof/subject/program_subject.hpp>

#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace gradproof::cli {

struct Replay {
    std::string file;
    std::vector<std::string> program;    ///< the case as a person would write it
    std::vector<std::string> recorded;   ///< what the file says of the finding, if anything
    std::vector<check::Report> reports;  ///< one a law, every entry kept
    bool stopped = false;                ///< before all laws were asked
    std::size_t unasked = 0;             ///< laws after the one in which the subject hung
    std::string subject = {};            ///< its name

    /// Whether the subject does not take the case, so that nothing was judged.
    [[nodiscard]] bool not_taken() const;
    [[nodiscard]] int exit_code() const;
};

/// Reads the file and holds every law on its case against the subject. `progress` is called before each
/// law with the laws done and all there are; false stops the replay, and so does a subject that hangs,
/// as it would in every law. Throws `cases::FormatError`, `cases::FileError` and, for inputs that are not
/// finite, `std::invalid_argument`.
[[nodiscard]] Replay replay(const std::filesystem::path& file,
                            const subject::ProgramSubject& subject,
                            const std::function<bool(std::size_t, std::size_t)>& progress = {});

/// What the file says of the finding that it was saved for; nothing where it is of none.
[[nodiscard]] std::vector<std::string> recorded_lines(const cases::CaseFile& saved);

[[nodiscard]] std::vector<std::string> to_lines(const Replay& replay);
[[nodiscard]] std::string to_json(const Replay& replay);

}  // namespace gradproof::cli
