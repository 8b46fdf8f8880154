// Pieces of what a subject wrote, fit for a message: on one line, without control characters, in UTF-8.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace gradproof::subject {

/// The first `most` bytes, or a few less; says how many there are where there are more.
[[nodiscard]] std::string beginning(std::string_view text, std::size_t most = 80);

/// The last four lines that are not empty, with " / " between them, each cut where it is long.
[[nodiscard]] std::string last_lines(std::string_view text);

}  // namespace gradproof::subject
