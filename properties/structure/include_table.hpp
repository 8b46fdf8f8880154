// The include table: which part of lib/gradproof may include which, directly.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "source_file.hpp"

namespace gradproof::structure {

/// For every part, the parts that its files may include beside its own.
[[nodiscard]] const std::map<std::string, std::set<std::string>>& include_table();

/// A sentence for every include of `file`, a file below lib/gradproof, that the table forbids:
/// parts it does not list, includes that hide their part, RapidCheck and GoogleTest where a consumer
/// of the part should not need them. Empty where there is none.
[[nodiscard]] std::vector<std::string> forbidden_includes(const SourceFile& file);

}  // namespace gradproof::structure
