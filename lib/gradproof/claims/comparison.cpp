// The comparison within bounds, and the slips of the pen that it can name.
#include <gradproof/claims/comparison.hpp>

#include <algorithm>

namespace gradproof::claims {

namespace {

using oracle::Real;

[[nodiscard]] bool differ_by_a_power_of_ten(Exact larger, Exact smaller) {
    if (abs(larger) < abs(smaller)) std::swap(larger, smaller);
    if (smaller == 0) return false;
    Exact ratio = larger / smaller;
    while (ratio >= 10) ratio /= 10;
    return ratio == 1;
}

[[nodiscard]] bool same_letters(std::string a, std::string b) {
    std::sort(a.begin(), a.end());
    std::sort(b.begin(), b.end());
    return a == b;
}

}  // namespace

Outcome compare(const oracle::Estimate& printed, const oracle::Estimate& truth) {
    const Real size = abs(printed.value) > 1 ? Real(abs(printed.value)) : Real(1);
    const Real allowed = printed.bound + truth.bound;
    if (abs(printed.value - truth.value) > allowed) return Outcome::refuted;
    return allowed > size * Real("1e-12") ? Outcome::undecided : Outcome::agrees;
}

Outcome compare(const Exact& printed, const oracle::Estimate& truth) {
    return compare(estimate(printed), truth);
}

std::optional<oracle::Estimate> estimate_in(const oracle::Derivative& answer) {
    if (const auto* smooth = std::get_if<oracle::Smooth>(&answer)) return smooth->slope;
    return std::nullopt;
}

std::string why_none(const oracle::Derivative& answer) {
    if (std::holds_alternative<oracle::Nonsmooth>(answer)) return "the point is nonsmooth";
    if (std::holds_alternative<oracle::InfiniteSlope>(answer)) return "the slope is infinite";
    if (std::holds_alternative<oracle::OutsideDomain>(answer))
        return "the point is outside the domain";
    if (const auto* open = std::get_if<oracle::Unresolved>(&answer)) {
        return "the oracle could not resolve it: " + std::string(oracle::to_words(open->reason));
    }
    return "";
}

std::string error_class(const Exact& printed, const Exact& truth) {
    if (printed == -truth) return "sign";
    if (differ_by_a_power_of_ten(printed, truth) && (printed > 0) == (truth > 0))
        return "decimal point";
    if (same_letters(to_text(printed), to_text(truth))) return "digits swapped";
    return "value";
}

}  // namespace gradproof::claims
