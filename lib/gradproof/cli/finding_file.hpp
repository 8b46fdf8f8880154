// Where a finding goes: its minimal case as a file, and the words that go with it.
#pragma once

#include <gradproof/laws/search.hpp>

#include <filesystem>
#include <string>
#include <vector>

namespace gradproof::cli {

/// Saves the minimal case in `folder` under a name made of subject and law, and returns the path.
/// A file of that name is kept: a number is added. Throws `cases::FileError`.
[[nodiscard]] std::filesystem::path save(const laws::Finding& finding, const std::filesystem::path& folder);

/// The minimal case as a person would write it: program, inputs, cotangent.
[[nodiscard]] std::vector<std::string> case_lines(const cases::Case& drawn);

}  // namespace gradproof::cli
