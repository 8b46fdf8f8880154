// Reports as JSON: the verdict, each entry of the table, the counts and the diagnosis. For the
// command's own sources; what it includes reaches nobody else.
#pragma once

#include <gradproof/check/report.hpp>
#include <gradproof/cli/replay.hpp>

#include <nlohmann/json.hpp>

#include <vector>

namespace gradproof::cli {

/// What a report is as JSON: its members in the order in which a person reads them.
using Json = nlohmann::ordered_json;

/// Numbers that are not finite stand as "nan", "inf" and "-inf"; the oracle's numbers as texts with all
/// their digits. `diagnosis` is there where one was made, and empty where no simple mistake explains.
[[nodiscard]] Json json_of(const check::Report& report);
/// The file, its exit code, its case and the reports of all laws.
[[nodiscard]] Json json_of(const Replay& replay);

/// A number, or "nan", "inf", "-inf".
[[nodiscard]] Json json_of(double number);
[[nodiscard]] Json json_of(const std::vector<double>& numbers);

}  // namespace gradproof::cli
