// Linearity: wherever the gradient is wrong, the answers to u, -2 u and 0 must not fit together.
#include <gradproof/check/hypotheses.hpp>

#include <fmt/format.h>

namespace gradproof::check {

std::vector<Explanation> nonlinear(std::span<const Facts> facts) {
    std::size_t broken = 0;
    for (const Facts& f : facts) {
        if (f.nonlinear()) {
            ++broken;
        } else if (f.fails()) {
            return {};
        }
    }
    if (broken == 0) return {};
    return {{Mistake::not_linear, "not linear in the cotangent",
             fmt::format("the answers to u, -2 u and 0 do not fit together at {} of {} points",
                         broken, facts.size())}};
}

}  // namespace gradproof::check
