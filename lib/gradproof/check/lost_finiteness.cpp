// NaN and infinity where the derivative is finite. Where an intermediate leaves the range, some of the
// answers may be 0 as well, and others have lost digits.
#include <gradproof/check/hypotheses.hpp>

#include <gradproof/check/region.hpp>
#include <gradproof/check/rounding_loss.hpp>

#include <fmt/format.h>

#include <cmath>
#include <utility>

namespace gradproof::check {

namespace {

struct Seen {
    std::size_t nan = 0;
    std::size_t infinite = 0;
    std::size_t zero = 0;
    std::size_t rounded = 0;  ///< finite, and merely lost some digits
    std::size_t points = 0;
    std::string first;  ///< "x[0] = -400"
    bool other = false;
    bool only_zero_cotangents = true;
};

void look(const Facts& f, const Observation& at, Seen& seen) {
    const bool zeros = &at == &f.zero;
    for (std::size_t i = 0; i < at.answer.size(); ++i) {
        if (!at.failing[i]) continue;
        const double answer = at.answer[i];
        if (seen.first.empty())
            seen.first = f.trial().entry_name(i) + " = " + cases::shortest(f.inputs[i]);
        if (!std::isfinite(at.truth[i])) {
            seen.other = true;
        } else if (!std::isfinite(answer)) {
            (std::isnan(answer) ? seen.nan : seen.infinite) += 1;
            seen.only_zero_cotangents = seen.only_zero_cotangents && zeros;
        } else if (answer == 0) {
            ++seen.zero;
        } else if (!zeros && lost_by_rounding(f, i, largest_on_the_way(f))) {
            ++seen.rounded;
        } else {
            seen.other = true;
        }
    }
}

}  // namespace

std::vector<Explanation> lost_finiteness(std::span<const Facts> facts) {
    Seen seen;
    bool digits_first = false;  // the minimal case has lost nothing else
    for (const Facts& f : facts) {
        for (const Observation* at : f.observations()) look(f, *at, seen);
        seen.points += f.fails() ? 1 : 0;
        if (&f == facts.data()) digits_first = seen.nan + seen.infinite + seen.zero == 0;
    }
    if (seen.other || seen.nan + seen.infinite == 0) return {};
    std::string what = seen.nan > 0 && seen.infinite > 0 ? "NaN or infinity"
                       : seen.nan > 0                    ? "NaN"
                                                         : "infinity";
    if (seen.zero > 0) what += ", or 0,";
    std::string sentence = what + " where the derivative is finite";
    if (seen.only_zero_cotangents) sentence += ", for a cotangent of zeros";
    const auto region = seen.rounded > 0 ? std::nullopt : failing_region(facts);
    sentence += region ? ", where " + *region : ", as at " + seen.first;
    std::vector<Explanation> found{{Mistake::not_finite, sentence,
                                    count_of(seen.nan + seen.infinite + seen.zero, seen.points)}};
    if (seen.rounded > 0) {
        found.push_back({Mistake::cancellation,
                         "cancellation: where the answer is finite it has lost digits",
                         fmt::format("{} wrong entries, each off by no more than {:.0f} roundings "
                                     "of the largest number on the way",
                                     seen.rounded, kRoundings)});
        if (digits_first) std::swap(found[0], found[1]);
    }
    return found;
}

}  // namespace gradproof::check
