// The middle of counts: of an even number, the upper one.
#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

namespace gradproof {

[[nodiscard]] inline std::size_t median(std::vector<std::size_t> counts) {
    std::sort(counts.begin(), counts.end());
    return counts[counts.size() / 2];
}

}  // namespace gradproof
