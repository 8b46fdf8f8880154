// Shares in per cent, as reports print them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace gradproof::laws {

/// "12.50 %"; "<0.01 %" of what would be rounded to nothing, and `none` where it is nothing.
[[nodiscard]] std::string percent(std::uint64_t part, std::uint64_t whole,
                                  std::string_view none = "-");

}  // namespace gradproof::laws
