// Where a finding goes: its minimal case as a file.
#pragma once

#include <gradproof/laws/search.hpp>

#include <filesystem>
#include <string_view>

namespace gradproof::laws {

/// Saves the minimal case in `folder` under a name made of subject and law, and returns the path.
/// A file of that name is kept: a number is added. `version` is gradproof's. Throws `cases::FileError`.
[[nodiscard]] std::filesystem::path save(const Finding& finding,
                                         const std::filesystem::path& folder,
                                         std::string_view version = {});

}  // namespace gradproof::laws
