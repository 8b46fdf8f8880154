// Holding predictions against answers.
#include <gradproof/check/hypothesis.hpp>

#include <gradproof/check/rounding_loss.hpp>
#include <gradproof/subject/same.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace gradproof::check {

namespace {

/// A wrong rule need not multiply in the reference's order: it may take a few of its budgets.
constexpr double kBudgets = 4;

/// Failing entries that must be told from the truth before some may go unexplained for 0 * inf.
constexpr std::size_t kEnough = 3;

struct Fit {
    std::size_t entries = 0;  ///< failing, and told from the truth
    std::size_t points = 0;
    std::size_t silent = 0;  ///< failing, and nothing is said of them
    double share = 0;        ///< the largest deviation over its slack
};

/// False where an entry contradicts the hypothesis. `rounded` is what an answer may be off besides.
[[nodiscard]] bool fits(const Hypothesis& hypothesis, const Facts& facts, const Observation& seen,
                        double rounded, Fit& fit) {
    const Prediction p = hypothesis.predict(facts, seen);
    const bool zeros = &seen == &facts.zero;
    for (std::size_t i = 0; i < seen.answer.size(); ++i) {
        if (!seen.comparable[i]) continue;
        const double answer = seen.answer[i], value = p.value[i];
        if (p.silent.contains(i) || (std::isnan(value) && !std::isnan(answer))) {
            fit.silent += seen.failing[i] ? 1 : 0;
            continue;
        }
        if (zeros && answer == 0 && hypothesis.zero_may_be_skipped) continue;
        if (!std::isfinite(answer) || !std::isfinite(value)) {
            if (!subject::equal_or_nan(answer, value)) return false;
            fit.entries += seen.failing[i] ? 1 : 0;
            continue;
        }
        const double gap = std::abs(answer - value);
        const double slack = std::max(p.slack[i], rounded);
        if (!(gap <= slack)) return false;
        if (gap > 0) fit.share = std::max(fit.share, gap / slack);
        const bool resolved = std::abs(value - seen.truth[i]) > slack + seen.allowed[i];
        if (seen.failing[i] && (resolved || !std::isfinite(seen.truth[i]))) ++fit.entries;
    }
    return true;
}

}  // namespace

Prediction unchanged(const Facts& facts, const Observation& seen) {
    Prediction prediction{seen.truth, seen.allowed};
    for (std::size_t i = 0; i < prediction.slack.size(); ++i)
        prediction.slack[i] += facts.unit_roundoff * std::abs(seen.truth[i]);
    return prediction;
}

void set(Prediction& prediction, const Facts& facts, std::size_t i, double value, double allowed) {
    prediction.value[i] = value;
    prediction.slack[i] = kBudgets * (allowed + facts.unit_roundoff * std::abs(value)) +
                          4 * std::numeric_limits<double>::denorm_min();
}

std::optional<Explanation> explained(const Hypothesis& hypothesis, std::span<const Facts> facts) {
    Fit fit;
    for (const Facts& known : facts) {
        const std::size_t before = fit.entries;
        // A wrong form may lose digits besides, in numbers that are larger than its answer. The minimal
        // case is to be explained without that.
        const double size = largest_on_the_way(known);
        const double rounded = &known == facts.data() || !std::isfinite(size)
                                   ? 0
                                   : kRoundings * known.unit_roundoff * size;
        for (const Observation* seen : known.observations()) {
            if (!fits(hypothesis, known, *seen, rounded, fit)) return std::nullopt;
        }
        fit.points += fit.entries > before ? 1 : 0;
    }
    if (fit.entries == 0 || (fit.silent > 0 && fit.entries < kEnough)) return std::nullopt;
    return Explanation{hypothesis.mistake, hypothesis.sentence,
                       fmt::format("explains {}; the largest deviation left is {:.2g} of what "
                                   "rounding may cost",
                                   count_of(fit.entries, fit.points), fit.share)};
}

std::vector<Explanation> explaining(const std::vector<Hypothesis>& hypotheses,
                                    std::span<const Facts> facts) {
    std::vector<Explanation> found;
    for (const Hypothesis& hypothesis : hypotheses) {
        if (auto explanation = explained(hypothesis, facts))
            found.push_back(std::move(*explanation));
    }
    return found;
}

std::string count_of(std::size_t entries, std::size_t points) {
    return fmt::format("{} wrong {} at {} {}", entries, entries == 1 ? "entry" : "entries", points,
                       points == 1 ? "point" : "points");
}

}  // namespace gradproof::check
