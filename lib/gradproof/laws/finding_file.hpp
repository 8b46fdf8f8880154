// Where a finding goes: its minimal case as a file, or else as the text of one, so that none is lost.
#pragma once

#include <gradproof/laws/search.hpp>

#include <filesystem>
#include <string>
#include <string_view>

namespace gradproof::laws {

/// Letters and digits of a sentence, joined by dashes: a part of a file's name.
[[nodiscard]] std::string dashed(std::string_view sentence);

/// The text of a finding's file: its minimal case and what that is a counterexample to. `version` is
/// gradproof's. Throws `std::invalid_argument` for a case that no file can hold.
[[nodiscard]] std::string file_text(const Finding& finding, std::string_view version = {});

/// Saves the minimal case in `folder` under a name made of subject and law, and returns the path.
/// A file of that name is kept, whoever makes it in the meantime: a number is added. Throws
/// `cases::FileError`, and what `file_text` does.
[[nodiscard]] std::filesystem::path save(const Finding& finding,
                                         const std::filesystem::path& folder,
                                         std::string_view version = {});

/// What became of a finding.
struct Kept {
    std::filesystem::path path;  ///< its file; empty where there is none
    std::string refusal;         ///< why there is none
    std::string text;            ///< what the file would have held, for whoever can still show it
};

/// The same without throwing: what cannot be written is handed back whole.
[[nodiscard]] Kept keep(const Finding& finding, const std::filesystem::path& folder,
                        std::string_view version = {});

}  // namespace gradproof::laws
