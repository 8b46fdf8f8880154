// A report as JSON: the verdict, each entry of its table, the counts and the diagnosis. For the
// command's own sources; what it includes reaches nobody else.
#pragma once

#include <gradproof/check/report.hpp>

#include <nlohmann/json.hpp>

namespace gradproof::cli {

/// Numbers that are not finite stand as "nan", "inf" and "-inf"; the oracle's numbers as texts with all
/// their digits. `diagnosis` is there where one was made, and empty where no simple mistake explains.
[[nodiscard]] nlohmann::ordered_json json_of(const check::Report& report);

}  // namespace gradproof::cli
