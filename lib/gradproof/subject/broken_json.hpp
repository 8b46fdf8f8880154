// Why a line is no JSON, where that has a common reason.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace gradproof::subject {

/// Whether the line ends inside of a list, an object or a text: whoever wrote it was not done.
[[nodiscard]] bool breaks_off(std::string_view line);

/// The first word outside of texts that means a number and is none in JSON, such as NaN or -Infinity,
/// and what to write: "NaN is no JSON; write \"nan\"".
[[nodiscard]] std::optional<std::string> unquoted_number(std::string_view line);

}  // namespace gradproof::subject
