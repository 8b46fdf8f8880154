// Shards as text.
#include <gradproof/campaign/shard.hpp>

#include <fmt/format.h>

#include <charconv>
#include <stdexcept>

namespace gradproof::campaign {

namespace {

/// A whole number and nothing else; 0 where it is none.
[[nodiscard]] std::uint64_t number(std::string_view text) {
    std::uint64_t value = 0;
    const char* const end = text.data() + text.size();
    const auto [stopped, error] = std::from_chars(text.data(), end, value);
    return error == std::errc() && stopped == end ? value : 0;
}

}  // namespace

Shards read_shard(std::string_view text) {
    const std::size_t slash = text.find('/');
    if (slash != std::string_view::npos) {
        const std::uint64_t i = number(text.substr(0, slash)), n = number(text.substr(slash + 1));
        if (i >= 1 && i <= n && n <= 1'000'000) return {n, {i}};
    }
    throw std::invalid_argument(
        fmt::format("--shard: given {}, wanted I/N with I from 1 to N and N at most 1000000, such "
                    "as 2/8 for the second of eight",
                    text));
}

std::string to_text(const Shards& shards) {
    std::string text;
    for (const std::uint64_t each : shards.mine)
        text += (text.empty() ? "" : ",") + std::to_string(each);
    return text + "/" + std::to_string(shards.of);
}

}  // namespace gradproof::campaign
