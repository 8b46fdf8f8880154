// The layout of the tree: what the root holds, what a file may be called, how it begins.
#pragma once

#include <string>
#include <vector>

#include "source_file.hpp"

namespace gradproof::structure {

/// A sentence for every name at the root that has no place there and for every one that is missing.
[[nodiscard]] std::vector<std::string> misplaced_at_root(const std::vector<std::string>& names);

/// A sentence for every folder or file of `path` whose name tells no concept; empty where all do.
[[nodiscard]] std::vector<std::string> empty_names(const std::filesystem::path& path);

/// Whether the C++ file begins with a comment that is a sentence.
[[nodiscard]] bool begins_with_a_sentence(const SourceFile& file);

/// Whether the first include of the source of that name is its own header, which so compiles on its own.
[[nodiscard]] bool includes_its_header_first(const SourceFile& source);

}  // namespace gradproof::structure
