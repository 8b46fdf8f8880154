// The lines of a journal as text: JSON objects that end in their own checksum.
//
//   {"line": "settings", ..., "sum": "0123456789abcdef"}    first, once
//   {"line": "finding", ...}                                each signature once
//   {"line": "span", ...}                                   cases of one block, done
//   {"line": "again", ...}                                  a finding that a merge met once more
#pragma once

#include <gradproof/campaign/settings.hpp>
#include <gradproof/campaign/span.hpp>
#include <gradproof/campaign/told_finding.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace gradproof::campaign {

/// A finding that was known, met so many more times.
struct Again {
    std::string name;
    std::uint64_t times = 1;
};

using Line = std::variant<Settings, ToldFinding, DoneSpan, Again>;

/// The line without its end.
[[nodiscard]] std::string to_text(const Line& line);
/// The line that this is the text of; nothing where the checksum does not fit. Throws
/// `std::invalid_argument` where it fits and the line is none of a campaign.
[[nodiscard]] std::optional<Line> read_line(std::string_view text);

/// The same for what processes of a campaign tell each other.
[[nodiscard]] std::string to_json(const ToldFinding& finding);
[[nodiscard]] ToldFinding read_finding(std::string_view json);
[[nodiscard]] std::string to_json(const Span& span);
[[nodiscard]] Span read_span(std::string_view json);

}  // namespace gradproof::campaign
