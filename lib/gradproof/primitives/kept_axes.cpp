// Matched from the left: an axis of size 1 that could be either of two is the first.
#include <gradproof/primitives/kept_axes.hpp>

#include <algorithm>

namespace gradproof::primitives {

std::optional<std::vector<std::size_t>> kept_axes(const scalar::Shape& from,
                                                  const scalar::Shape& to) {
    std::vector<std::size_t> kept;
    const bool all = from.size() == to.size();
    for (std::size_t axis = 0; axis < from.size(); ++axis) {
        const std::size_t next = kept.size();
        if (next < to.size() && (all ? to[next] <= from[axis] : to[next] == from[axis])) {
            kept.push_back(axis);
        } else if (from[axis] != 1) {
            return std::nullopt;
        }
    }
    if (kept.size() != to.size()) return std::nullopt;
    return kept;
}

std::optional<std::size_t> new_axis(const std::vector<std::size_t>& kept, std::size_t axis) {
    const auto found = std::find(kept.begin(), kept.end(), axis);
    if (found == kept.end()) return std::nullopt;
    return static_cast<std::size_t>(found - kept.begin());
}

}  // namespace gradproof::primitives
