// Text inside other text: as a JSON string, and as an error message may quote it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gradproof::cases {

/// The text as a JSON string; bytes that are not UTF-8 become U+FFFD.
[[nodiscard]] std::string json_string(std::string_view text);

/// The same for messages, cut where it is long.
[[nodiscard]] std::string quotation(std::string_view text);

/// Quoted, with commas between; cut where there are many.
[[nodiscard]] std::string quotations(const std::vector<std::string>& texts);

/// Whether the text is UTF-8.
[[nodiscard]] bool is_utf8(std::string_view text);

/// The text with a space for each byte of a control character. Those are ASCII's and, two bytes each in UTF-8,
/// U+0080 to U+009F: a terminal obeys both.
[[nodiscard]] std::string without_control_characters(std::string text);
[[nodiscard]] bool has_control_characters(std::string_view text);

}  // namespace gradproof::cases
