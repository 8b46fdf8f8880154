// Two digits after the point.
#include <gradproof/laws/percent.hpp>

#include <fmt/format.h>

namespace gradproof::laws {

std::string percent(std::uint64_t part, std::uint64_t whole, std::string_view none) {
    if (part == 0) return std::string(none);
    const double share = 100.0 * static_cast<double>(part) / static_cast<double>(whole);
    return share < 0.01 ? "<0.01 %" : fmt::format("{:.2f} %", share);
}

}  // namespace gradproof::laws
