// Keeping account of spans.
#include <gradproof/campaign/span.hpp>

#include <iterator>

namespace gradproof::campaign {

bool Ground::add(const Span& span) {
    if (span.block % shards_.of != shards_.mine.front() - 1) return false;
    const std::uint64_t turn = shards_.turn(span.block);
    if (turn < whole_ || span.from >= span.to || span.to > kBlock) return false;
    std::map<std::uint64_t, std::uint64_t>& done = open_[turn];
    const auto after = done.lower_bound(span.from);
    if (after != done.end() && after->first < span.to) return false;
    if (after != done.begin() && std::prev(after)->second > span.from) return false;
    auto at = done.emplace_hint(after, span.from, span.to);
    // Neighbours that touch become one.
    if (at != done.begin() && std::prev(at)->second == at->first) {
        std::prev(at)->second = at->second;
        at = std::prev(done.erase(at));
    }
    if (const auto next = std::next(at); next != done.end() && next->first == at->second) {
        at->second = next->second;
        done.erase(next);
    }
    while (!open_.empty() && open_.begin()->first == whole_ &&
           open_.begin()->second == std::map<std::uint64_t, std::uint64_t>{{0, kBlock}}) {
        open_.erase(open_.begin());
        ++whole_;
    }
    return true;
}

std::vector<Span> Ground::gaps() const {
    std::vector<Span> gaps;
    if (open_.empty()) return gaps;
    for (std::uint64_t turn = whole_; turn <= open_.rbegin()->first; ++turn) {
        std::uint64_t at = 0;
        const auto found = open_.find(turn);
        if (found != open_.end()) {
            for (const auto& [from, to] : found->second) {
                if (at < from) gaps.push_back({shards_.block(turn), at, from, {}});
                at = to;
            }
        }
        if (at < kBlock) gaps.push_back({shards_.block(turn), at, kBlock, {}});
    }
    return gaps;
}

std::uint64_t Ground::next_block() const {
    return shards_.block(open_.empty() ? whole_ : open_.rbegin()->first + 1);
}

}  // namespace gradproof::campaign
