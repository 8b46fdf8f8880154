// All choices of axes are looked at: shapes have few.
#include <gradproof/primitives/kept_axes.hpp>

#include <algorithm>

namespace gradproof::primitives {

namespace {

/// Whether `to` is `from` with these axes alone, the others being of size 1.
[[nodiscard]] bool leaves(const std::vector<std::size_t>& kept, const scalar::Shape& from,
                          const scalar::Shape& to) {
    const bool all = kept.size() == from.size();
    for (std::size_t axis = 0; axis < from.size(); ++axis) {
        const auto there = new_axis(kept, axis);
        const std::size_t size = there ? to[*there] : 1;
        if (all ? size > from[axis] : size != from[axis]) return false;
    }
    return true;
}

}  // namespace

std::optional<std::vector<std::size_t>> kept_axes(const scalar::Shape& from,
                                                  const scalar::Shape& to,
                                                  const std::vector<std::size_t>& wanted) {
    if (to.size() > from.size()) return std::nullopt;
    std::optional<std::vector<std::size_t>> best;
    std::size_t most = 0;
    std::vector<bool> chosen(from.size(), false);
    std::fill(chosen.begin(), chosen.begin() + static_cast<std::ptrdiff_t>(to.size()), true);
    do {
        std::vector<std::size_t> kept;
        for (std::size_t axis = 0; axis < from.size(); ++axis) {
            if (chosen[axis]) kept.push_back(axis);
        }
        if (!leaves(kept, from, to)) continue;
        const auto found = static_cast<std::size_t>(
            std::ranges::count_if(wanted, [&](std::size_t axis) { return chosen[axis]; }));
        if (best && found <= most) continue;
        best = std::move(kept);
        most = found;
    } while (std::prev_permutation(chosen.begin(), chosen.end()));
    return best;
}

std::optional<std::size_t> new_axis(const std::vector<std::size_t>& kept, std::size_t axis) {
    const auto found = std::find(kept.begin(), kept.end(), axis);
    if (found == kept.end()) return std::nullopt;
    return static_cast<std::size_t>(found - kept.begin());
}

}  // namespace gradproof::primitives
