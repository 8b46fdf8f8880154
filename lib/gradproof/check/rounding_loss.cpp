// Sizes of intermediates, and what rounding them may cost.
#include <gradproof/check/rounding_loss.hpp>

#include <algorithm>
#include <cmath>

namespace gradproof::check {

double largest_on_the_way(const Facts& facts) {
    double size = 1, cotangent = 0;
    for (const double x : facts.inputs) size = std::max(size, std::abs(x));
    for (const double y : facts.primal) size = std::max(size, std::abs(y));
    for (const double g : facts.drawn.cotangent) cotangent = std::max(cotangent, std::abs(g));
    return size * cotangent;
}

bool lost_by_rounding(const Facts& facts, std::size_t entry, double size) {
    const double truth = facts.drawn.truth[entry];
    const double gap = std::abs(facts.drawn.answer[entry] - truth);
    return gap <= kRoundings * facts.unit_roundoff * std::max(size, std::abs(truth));
}

}  // namespace gradproof::check
