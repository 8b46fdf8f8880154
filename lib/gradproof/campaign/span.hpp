// A span: consecutive cases of one block, what they came to, and which cases of which blocks are done.
#pragma once

#include <gradproof/campaign/shard.hpp>
#include <gradproof/campaign/tally.hpp>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace gradproof::campaign {

/// The cases `from`, ..., `to` - 1 of a block. They are drawn from the campaign's seed, their block and index,
/// and the primitives that have extra turns.
struct Span {
    std::uint64_t block = 0, from = 0, to = kBlock;
    std::vector<std::string> favoured;
};

/// A span that is done.
struct DoneSpan {
    Span span;
    Tally tally;
    std::map<std::string, std::uint64_t>
        again;                         ///< findings that were known, by name, and how often
    std::vector<std::string> remarks;  ///< why gradproof gave cases up
    double seconds = 0;                ///< since the journal's line before
};

/// What is done of a shard's blocks, in a memory that does not grow with it.
class Ground {
public:
    explicit Ground(Shards shards) : shards_(std::move(shards)) {}

    /// False where some of these cases are done already, or are another shard's.
    [[nodiscard]] bool add(const Span& span);
    /// What is left of blocks that were begun, or lie before one that was.
    [[nodiscard]] std::vector<Span> gaps() const;
    /// The first block that no case was done of, nor of any later one.
    [[nodiscard]] std::uint64_t next_block() const;

private:
    Shards shards_;
    std::uint64_t whole_ = 0;  ///< blocks of these turns, and before, are done
    std::map<std::uint64_t, std::map<std::uint64_t, std::uint64_t>> open_;  ///< by turn: from, to
};

}  // namespace gradproof::campaign
