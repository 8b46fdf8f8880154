// Masks: all that is wrong lies in one region of the inputs.
#include <gradproof/check/hypotheses.hpp>

#include <gradproof/check/region.hpp>

#include <algorithm>

namespace gradproof::check {

namespace {

[[nodiscard]] std::vector<Explanation> right_except(std::span<const Facts> facts,
                                                    const std::optional<std::string>& region) {
    if (!region) return {};
    std::size_t failing = 0, points = 0;
    for (const Facts& f : facts) {
        const auto count = std::count(f.drawn.failing.begin(), f.drawn.failing.end(), true);
        failing += static_cast<std::size_t>(count);
        points += count > 0 ? 1 : 0;
    }
    const Answered answered = answered_where_wrong(facts);
    return {{Mistake::mask,
             failing_scope(facts).is("right except where " + *region) +
                 (answered == Answered::zero        ? ": there it is 0"
                  : answered == Answered::cotangent ? ": there it is the cotangent"
                                                    : ""),
             count_of(failing, points) + ", all of them there and no other entry"}};
}

}  // namespace

std::vector<Explanation> masked(std::span<const Facts> facts) {
    return right_except(facts, named_region(facts));
}
std::vector<Explanation> masked_beyond(std::span<const Facts> facts) {
    return right_except(facts, failing_region(facts));
}

}  // namespace gradproof::check
