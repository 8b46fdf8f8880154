// Reading and writing durations.
#include <gradproof/cli/duration.hpp>

#include <gradproof/case/quotation.hpp>

#include <fmt/format.h>

#include <regex>
#include <stdexcept>

namespace gradproof::cli {

std::chrono::seconds read_duration(std::string_view option, std::string_view text) {
    static const std::regex form("(?:(\\d{1,6})h)?(?:(\\d{1,6})m)?(?:(\\d{1,8})s)?");
    const std::string given(text);
    std::smatch match;
    std::chrono::seconds sum{0};
    if (std::regex_match(given, match, form)) {
        const auto part = [&](std::size_t k) {
            return match[k].matched ? std::stol(match[k].str()) : 0;
        };
        sum = std::chrono::hours(part(1)) + std::chrono::minutes(part(2)) +
              std::chrono::seconds(part(3));
    }
    if (sum < std::chrono::seconds(1) || sum > std::chrono::hours(24 * 366)) {
        throw std::invalid_argument(
            fmt::format("{}: given {}, wanted a time of 1 s to a year, such as 90s, 10m or 1h30m",
                        option, cases::quotation(text)));
    }
    return sum;
}

std::string clock_text(std::chrono::seconds duration) {
    const auto all = duration.count();
    const auto hours = all / 3600, minutes = all / 60 % 60, seconds = all % 60;
    if (hours > 0) return fmt::format("{}:{:02}:{:02}", hours, minutes, seconds);
    return fmt::format("{}:{:02}", minutes, seconds);
}

}  // namespace gradproof::cli
