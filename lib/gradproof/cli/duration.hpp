// Durations as people write them: 90s, 10m, 1h30m.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

namespace gradproof::cli {

/// Throws `std::invalid_argument`, which calls the option `option`, for anything but whole numbers of hours,
/// minutes and seconds in this order, each with its letter, of 1 s to a year in all.
[[nodiscard]] std::chrono::seconds read_duration(std::string_view option, std::string_view text);

/// "1:02:03", "2:03", "0:03".
[[nodiscard]] std::string clock_text(std::chrono::seconds duration);

}  // namespace gradproof::cli
