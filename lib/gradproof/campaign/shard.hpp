// Shards: which part of a campaign's cases is a run's own.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gradproof::campaign {

/// Cases are drawn in blocks, each from the campaign's seed and its own number.
inline constexpr std::uint64_t kBlock = 100;

/// Shard i of n, 1 <= i <= n, has the blocks b with b % n == i - 1. A merged campaign has several.
struct Shards {
    std::uint64_t of = 1;
    std::vector<std::uint64_t> mine{1};  ///< ascending

    /// The number of the k-th block of a single shard, k = 0, 1, ...
    [[nodiscard]] std::uint64_t block(std::uint64_t k) const { return k * of + mine.front() - 1; }
    /// Which k a block is.
    [[nodiscard]] std::uint64_t turn(std::uint64_t block) const { return block / of; }
    [[nodiscard]] bool operator==(const Shards&) const = default;
};

/// "2/8". Throws `std::invalid_argument` for anything but I/N with 1 <= I <= N.
[[nodiscard]] Shards read_shard(std::string_view text);
/// "2/8", "1,2,5/8".
[[nodiscard]] std::string to_text(const Shards& shards);

}  // namespace gradproof::campaign
