// Two questions, the second close to overflow; the reference is asked only where an answer is not finite.
#include <gradproof/laws/finite_in_range.hpp>

#include <gradproof/laws/comparison.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace gradproof::laws {

namespace {

using Numbers = std::vector<double>;

/// The largest exponent of a number below overflow is drawn among so many.
constexpr int kHeadroom = 8;

[[nodiscard]] double largest(std::span<const double> numbers) {
    double found = 0;
    for (const double number : numbers) found = std::max(found, std::abs(number));
    return found;
}

void ask(check::Report& report, const subject::Trial& trial, const subject::Answer& answer,
         std::span<const double> cotangent, const std::string& of) {
    std::optional<cases::Budget> budget;
    for (std::size_t i = 0; i < answer.gradient.size(); ++i) {
        ++report.counts.entries;
        const double g = answer.gradient[i];
        if (std::isfinite(g)) {
            ++report.counts.agrees;
            continue;
        }
        if (!budget) budget = trial.budget(cotangent);
        if (!in_range(*budget, i)) {
            ++report.counts.out_of_range;
            continue;
        }
        if (!budget->every_branch) {
            ++report.counts.near_kink;
            continue;
        }
        check::Entry entry;
        entry.name = trial.entry_name(i) + of;
        entry.verdict = check::Verdict::wrong;
        entry.subject = g;
        entry.truth = oracle::Estimate{oracle::Real(budget->gradient[i].reference), 0};
        entry.budget = budget->largest_bound(i);
        entry.share = entry.ulps = std::numeric_limits<double>::infinity();
        entry.remark =
            "not finite where every step of the reference is; \"oracle\" is the reference";
        report.entries.push_back(std::move(entry));
        report.verdict = check::Verdict::wrong;
        ++report.counts.wrong;
    }
}

/// The power of two by which the cotangent is multiplied; nothing where no larger one is in range.
[[nodiscard]] std::optional<int> exponent(const subject::Trial& trial,
                                          const subject::Answer& answer, std::uint64_t seed) {
    const double most = std::max(largest(trial.cotangent()), largest(answer.gradient));
    if (!(most > 0) || !std::isfinite(most)) return std::nullopt;
    const int highest = std::ilogb(scalar::largest(trial.precision()));
    const int by = highest - static_cast<int>(seed % kHeadroom) - std::ilogb(most);
    return by > 0 ? std::optional(by) : std::nullopt;
}

}  // namespace

bool in_range(const cases::Budget& budget, std::size_t i) {
    return std::isfinite(budget.gradient[i].reference) && std::isfinite(budget.largest_bound(i));
}

check::Report finite_as_asked(const subject::Trial& trial) {
    check::Report report = begin(kFiniteInRange, trial);
    const subject::Answer answer = trial.answer(trial.cotangent());
    if (complete(report, trial, answer)) ask(report, trial, answer, trial.cotangent(), "");
    return report;
}

check::Report finite_in_range(const subject::Trial& trial, std::uint64_t seed) {
    check::Report report = begin(kFiniteInRange, trial);
    const subject::Answer answer = trial.answer(trial.cotangent());
    if (!complete(report, trial, answer)) return report;
    ask(report, trial, answer, trial.cotangent(), "");
    const auto by = exponent(trial, answer, seed);
    if (!by || !report.holds()) return report;
    Numbers scaled;
    for (const double u : trial.cotangent()) scaled.push_back(std::ldexp(u, *by));
    const subject::Answer large = trial.answer(scaled);
    if (!complete(report, trial, large)) return report;
    ask(report, trial, large, scaled, " of 2^" + std::to_string(*by) + " u");
    return report;
}

}  // namespace gradproof::laws
