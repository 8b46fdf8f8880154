// The order of a check: the primal's shape and values, then the gradient's shape, then its values.
#include <gradproof/check/check.hpp>

#include <gradproof/check/allowed_set.hpp>
#include <gradproof/check/judgement.hpp>
#include <gradproof/oracle/oracle.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

namespace gradproof::check {

namespace {

using oracle::Real;
using scalar::Allowance;
using scalar::Budget;
using subject::Answer;
using subject::Trial;

[[nodiscard]] Report begin(const Trial& trial, std::string law) {
    Report report;
    report.law = std::move(law);
    report.subject = trial.subject_name();
    return report;
}

void file(Report& report, Entry entry, double unit_roundoff, Keep keep) {
    report.counts.add(entry, unit_roundoff);
    const bool beyond =
        entry.verdict == Verdict::undecided && entry.standing == Standing::out_of_range;
    if (!beyond) report.verdict = std::max(report.verdict, entry.verdict);
    const bool failed =
        entry.verdict >= Verdict::inaccurate || (entry.verdict == Verdict::undecided && !beyond);
    if (failed || keep == Keep::everything) report.entries.push_back(std::move(entry));
}

/// False, with a remark, where the answer has the wrong number of numbers.
[[nodiscard]] bool counts_fit(Report& report, std::size_t given, std::size_t wanted,
                              const char* what) {
    if (given == wanted) return true;
    report.verdict = Verdict::wrong;
    report.counts.wrong += 1;
    report.remark = std::string("the subject's ") + what + " has " + std::to_string(given) +
                    " numbers, wanted " + std::to_string(wanted);
    return false;
}

[[nodiscard]] Question question(const Trial& trial, const Budget& budget) {
    Question q;
    q.precision = trial.precision();
    q.judgeable = budget.every_branch;
    q.overflows = std::any_of(budget.primal.begin(), budget.primal.end(), [](const Allowance& y) {
        return !std::isfinite(y.reference + y.bound);
    });
    q.single_primitive = trial.single_primitive();
    return q;
}

/// Whether conventions have a say: the function is not smooth here, or something in it ties.
[[nodiscard]] bool ties(const oracle::Derivative& truth) {
    if (const auto* smooth = std::get_if<oracle::Smooth>(&truth)) return smooth->tied;
    return std::holds_alternative<oracle::Nonsmooth>(truth) ||
           std::holds_alternative<oracle::InfiniteSlope>(truth);
}

/// The subject's formula in wide numbers, asked for once where an entry needs it.
class Formula {
public:
    explicit Formula(const Trial& trial) : trial_(trial) {}

    /// |formula - truth| against both bounds; nothing for a black box.
    [[nodiscard]] std::optional<bool> agrees(std::size_t entry, const oracle::Estimate& truth) {
        if (!asked_) entries_ = trial_.formula();
        asked_ = true;
        if (entry >= entries_.size() || !entries_[entry].known) return std::nullopt;
        return abs(entries_[entry].value - truth.value) <= entries_[entry].bound + truth.bound;
    }
    [[nodiscard]] std::string value(std::size_t entry) const {
        return entries_[entry].value.str(17);
    }

private:
    const Trial& trial_;
    bool asked_ = false;
    std::vector<scalar::WideEntry> entries_;
};

/// What the formula itself, in wide numbers, adds to a judgement: what a powerless agreement could not
/// tell, and whether a failure is one of the formula or of rounding.
[[nodiscard]] Entry with_formula(Entry entry, std::size_t i, Formula& formula,
                                 scalar::Precision precision) {
    if (!entry.truth || entry.at_kink) return entry;
    if (entry.standing == Standing::powerless && entry.verdict == Verdict::agrees) {
        if (formula.agrees(i, *entry.truth) == false) {
            entry.verdict = Verdict::wrong;
            entry.remark = "the formula itself, in wide numbers, gives " + formula.value(i);
        }
    } else if (entry.verdict == Verdict::wrong && formula.agrees(i, *entry.truth) == true) {
        return inaccurate(std::move(entry), precision);
    }
    return entry;
}

/// Each entry may be in its range and all of them together in none: then the answer is wrong.
void judge_together(Report& report, const Answer& answer, const Budget& budget) {
    if (budget.branches.empty() || report.verdict >= Verdict::inaccurate) return;
    const auto apart = separation(answer.gradient, budget.branches);
    if (!apart) return;
    report.verdict = Verdict::wrong;
    report.counts.wrong += 1;
    report.remark =
        "each entry alone is a slope of one side of a tie, but no side has them together";
}

/// Every entry of the gradient, filed in `report`.
void judge_entries(Report& report, const Trial& trial, const Answer& answer, const Budget& budget,
                   Keep keep) {
    const oracle::Point point{trial.function(), trial.inputs(), trial.cotangent()};
    Formula formula(trial);
    for (std::size_t i = 0; i < answer.gradient.size(); ++i) {
        Question q = question(trial, budget);
        q.name = trial.entry_name(i);
        q.subject = answer.gradient[i];
        q.allowance = budget.gradient[i];
        if (!budget.branches.empty()) {
            q.hull = hull_over(budget.branches,
                               [i](const scalar::Branch& branch) { return branch.gradient[i]; });
        }
        // An infinite budget asks for nothing: let the oracle be as sharp as for a budget of none.
        const double asked = std::isfinite(q.allowance.bound) ? q.allowance.bound : 0;
        q.truth = oracle::derivative(point, i, asked);
        if (ties(q.truth)) q.declared = trial.declared(i);
        file(report, with_formula(judge(q), i, formula, q.precision),
             unit_roundoff(trial.precision()), keep);
    }
    judge_together(report, answer, budget);
}

/// 2^exponent within double's normal range.
[[nodiscard]] double power_of_two(long exponent) {
    return std::ldexp(1.0, static_cast<int>(std::clamp(exponent, -1000L, 1000L)));
}

[[nodiscard]] long input_exponent(double x) { return x == 0 ? 0 : std::ilogb(x); }

/// A direction weighted by what each entry may cost, and the budget along it (numerics: a direction
/// sees about n budgets of one entry; unit directions on badly scaled nets saw 3e8).
struct WeightedDirection {
    oracle::Direction direction;
    double budget = 0;
    double reference = 0;
    bool usable = false;
};

[[nodiscard]] WeightedDirection weighted(const Trial& trial, const Budget& budget,
                                         std::uint64_t seed) {
    const std::vector<Allowance>& g = budget.gradient;
    const std::span<const double> x = trial.inputs();
    const double u = unit_roundoff(trial.precision());
    double largest = 0;
    for (const Allowance& entry : g) {
        if (std::isfinite(entry.bound)) largest = std::max(largest, std::abs(entry.reference));
    }
    WeightedDirection result;
    result.direction.weights.assign(g.size(), 0.0);
    std::vector<long> exponents(g.size(), 0);
    long step = std::numeric_limits<long>::max(), step_of_all = step;
    for (std::size_t i = 0; i < g.size(); ++i) {
        if (!std::isfinite(g[i].bound) || !std::isfinite(g[i].reference)) continue;
        // An entry that is 0 at no cost is weighted like the largest: any other value shows.
        const double own = std::max(g[i].bound, u * std::abs(g[i].reference) / 2);
        const double cost = own > 0 ? own : (largest > 0 ? u * largest / 2 : 1.0);
        exponents[i] = std::clamp(-static_cast<long>(std::ilogb(cost)), -1000L, 1000L);
        const long share = input_exponent(x[i]) - exponents[i];
        step_of_all = std::min(step_of_all, share);
        if (g[i].reference != 0 && g[i].bound <= std::abs(g[i].reference) / 8)
            step = std::min(step, share);
        result.direction.weights[i] = 1;
        result.usable = true;
    }
    if (step == std::numeric_limits<long>::max()) step = step_of_all;
    result.direction.step_exponent = step;
    for (std::size_t i = 0; i < g.size(); ++i) {
        if (result.direction.weights[i] == 0) continue;
        // Entries that set no step move by no larger share of their input than those that do.
        const long exponent = std::min(exponents[i], input_exponent(x[i]) - step);
        seed = seed * 6364136223846793005u + 1442695040888963407u;  // Knuth's MMIX generator
        const double sign = (seed >> 63) != 0 ? -1 : 1;
        result.direction.weights[i] = sign * power_of_two(exponent);
        result.budget += power_of_two(exponent) * g[i].bound;
        result.reference += result.direction.weights[i] * g[i].reference;
    }
    return result;
}

}  // namespace

Report primal(const Trial& trial, Keep keep) {
    Report report = begin(trial, "primal agrees with its wide value");
    const Answer answer = trial.answer(trial.cotangent());
    const Budget budget = trial.budget(trial.cotangent());
    const std::size_t outputs = trial.function().output_size();
    if (!counts_fit(report, answer.primal.size(), outputs, "primal")) return report;
    for (std::size_t k = 0; k < outputs; ++k) {
        std::vector<double> unit(outputs, 0.0);
        unit[k] = 1;
        Question q = question(trial, budget);
        q.name = "result[" + std::to_string(k) + "]";
        q.subject = answer.primal[k];
        q.allowance = budget.primal[k];
        if (!budget.branches.empty()) {
            q.hull = hull_over(budget.branches,
                               [k](const scalar::Branch& branch) { return branch.primal[k]; });
        }
        const double asked = std::isfinite(q.allowance.bound) ? q.allowance.bound / 8 : 0;
        q.truth = oracle::value({trial.function(), trial.inputs(), unit}, asked);
        file(report, judge(q), unit_roundoff(trial.precision()), keep);
    }
    return report;
}

Report gradient(const Trial& trial, Keep keep) {
    Report report = begin(trial, "vjp agrees with finite differences");
    const Answer answer = trial.answer(trial.cotangent());
    if (!counts_fit(report, answer.gradient.size(), trial.inputs().size(), "gradient"))
        return report;
    judge_entries(report, trial, answer, trial.budget(trial.cotangent()), keep);
    return report;
}

Report direction(const Trial& trial, std::uint64_t seed) {
    Report report = begin(trial, "vjp agrees with finite differences");
    const Answer answer = trial.answer(trial.cotangent());
    if (!counts_fit(report, answer.gradient.size(), trial.inputs().size(), "gradient"))
        return report;
    const Budget budget = trial.budget(trial.cotangent());
    const WeightedDirection along = weighted(trial, budget, seed);
    if (along.usable && std::isfinite(along.budget)) {
        using Sum =
            scalar::Wide<1000>;  // weights span 2^2000: the subject's projection loses nothing
        Sum projection = 0;
        bool finite = true;
        for (std::size_t i = 0; i < answer.gradient.size(); ++i) {
            if (along.direction.weights[i] == 0) continue;
            finite = finite && std::isfinite(answer.gradient[i]);
            projection += Sum(along.direction.weights[i]) * Sum(answer.gradient[i]);
        }
        const oracle::Point point{trial.function(), trial.inputs(), trial.cotangent()};
        const oracle::Derivative truth = oracle::derivative(point, along.direction, along.budget);
        if (const auto* smooth = std::get_if<oracle::Smooth>(&truth); smooth != nullptr && finite) {
            const Real gap(abs(projection - Sum(smooth->slope.value)));
            if (gap <= Real(along.budget) + smooth->slope.bound) {
                report.counts.directions = 1;
                const bool sees_nothing =
                    Real(along.budget) > abs(smooth->slope.value) / 8 && along.budget > 0;
                if (sees_nothing) report.counts.powerless += 1;
                report.counts.largest_share =
                    gap == 0 ? 0
                             : Real(gap / (Real(along.budget) + smooth->slope.bound))
                                   .convert_to<double>();
                return report;
            }
        }
    }
    judge_entries(report, trial, answer, budget, Keep::failures);
    return report;
}

}  // namespace gradproof::check
