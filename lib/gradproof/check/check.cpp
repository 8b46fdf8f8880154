// Each check looks at how many numbers the answer has, then at the numbers, and files what it finds.
#include <gradproof/check/check.hpp>

#include <gradproof/check/allowed_set.hpp>
#include <gradproof/check/judgement.hpp>
#include <gradproof/check/localisation.hpp>
#include <gradproof/check/weighted_direction.hpp>
#include <gradproof/oracle/oracle.hpp>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

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

/// What the declared conventions add up to. Where the wide sweep has no number, behind an infinite slope
/// somewhere in the program, that is what the reference sweep gives: also of a subject that promises
/// nothing, if the slope of the whole is infinite.
[[nodiscard]] std::optional<scalar::WideEntry> promised(const Trial& trial, std::size_t i,
                                                        const Question& q) {
    auto declared = trial.declared(i);
    const Allowance& reference = q.allowance;
    const bool free = trial.ties() == scalar::Ties::open &&
                      !std::holds_alternative<oracle::InfiniteSlope>(q.truth);
    if (declared || free || q.hull || q.single_primitive || !std::isfinite(reference.reference) ||
        !std::isfinite(reference.bound))
        return declared;
    return scalar::WideEntry{true, oracle::Real(reference.reference),
                             oracle::Real(reference.bound)};
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
[[nodiscard]] Entry with_formula(Entry entry, std::size_t i, Formula& formula, const Question& q) {
    if (!entry.truth || entry.at_kink) return entry;
    if (entry.standing == Standing::powerless && entry.verdict == Verdict::agrees) {
        // Where something ties a sound formula gives the slope or what the conventions add up to.
        const bool as_promised =
            q.declared && formula.agrees(i, {q.declared->value, q.declared->bound}) == true;
        if (!as_promised && formula.agrees(i, *entry.truth) == false) {
            entry.verdict = Verdict::wrong;
            entry.remark = "the formula itself, in wide numbers, gives " + formula.value(i);
        }
    } else if (entry.verdict == Verdict::wrong && formula.agrees(i, *entry.truth) == true) {
        return inaccurate(std::move(entry), q.precision);
    }
    return entry;
}

/// Judges entries of the gradient one by one and files them in `report`.
[[nodiscard]] JudgeEntry entry_judge(Report& report, const Trial& trial, const Answer& answer,
                                     const Budget& budget, Keep keep) {
    return [&report, &trial, &answer, &budget, keep,
            formula = Formula(trial)](std::size_t i) mutable {
        const oracle::Point point{trial.function(), trial.inputs(), trial.cotangent()};
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
        if (conventions_decide(q.truth)) q.declared = promised(trial, i, q);
        Entry entry = with_formula(judge(q), i, formula, q);
        entry.primal = trial.inputs()[i];
        const Verdict verdict = entry.verdict;
        file(report, std::move(entry), unit_roundoff(trial.precision()), keep);
        return verdict;
    };
}

}  // namespace

void file(Report& report, Entry entry, double unit_roundoff, Keep keep) {
    report.counts.add(entry, unit_roundoff);
    const bool beyond =
        entry.verdict == Verdict::undecided && entry.standing == Standing::out_of_range;
    if (!beyond) report.verdict = std::max(report.verdict, entry.verdict);
    const bool failed =
        entry.verdict >= Verdict::inaccurate || (entry.verdict == Verdict::undecided && !beyond);
    if (failed || keep == Keep::everything) report.entries.push_back(std::move(entry));
}

void count_unseen(Report& report, std::span<const Allowance> allowances, double unit_roundoff) {
    for (const Allowance& number : allowances) {
        if (can_be_weighted(number)) continue;
        Entry entry;
        entry.standing =
            std::isfinite(number.reference) ? Standing::powerless : Standing::out_of_range;
        file(report, std::move(entry), unit_roundoff);
    }
}

void judge_together(Report& report, std::span<const double> answer, const Budget& budget) {
    if (budget.branches.empty() || report.verdict >= Verdict::inaccurate) return;
    if (!separation(answer, budget.branches)) return;
    report.verdict = Verdict::wrong;
    report.no_side = true;
    report.counts.wrong += 1;
    report.remark =
        "each entry alone is a slope of one side of a tie, but no side has them together";
}

Question question(const Trial& trial, const Budget& budget) {
    Question q;
    q.precision = trial.precision();
    q.judgeable = budget.every_branch;
    q.overflows = std::any_of(budget.primal.begin(), budget.primal.end(), [](const Allowance& y) {
        return !std::isfinite(y.reference + y.bound);
    });
    q.single_primitive = trial.single_primitive();
    return q;
}

Report primal(const Trial& trial, Keep keep) {
    Report report = begin(trial, "primal agrees with its wide value");
    const Answer answer = trial.answer(trial.cotangent());
    const Budget budget = trial.budget(trial.cotangent());
    const std::size_t outputs = trial.function().output_size();
    if (!counts_fit(report, answer.primal.size(), outputs, "primal")) return report;
    std::vector<double> asked;
    for (const Allowance& y : budget.primal)
        asked.push_back(std::isfinite(y.bound) ? y.bound / 8 : 0);
    const std::vector<oracle::Derivative> truths =
        oracle::values(trial.function(), trial.inputs(), asked);
    for (std::size_t k = 0; k < outputs; ++k) {
        Question q = question(trial, budget);
        q.name = "result[" + std::to_string(k) + "]";
        q.subject = answer.primal[k];
        q.allowance = budget.primal[k];
        if (!budget.branches.empty()) {
            q.hull = hull_over(budget.branches,
                               [k](const scalar::Branch& branch) { return branch.primal[k]; });
        }
        q.truth = truths[k];
        file(report, judge(q), unit_roundoff(trial.precision()), keep);
    }
    return report;
}

Report gradient(const Trial& trial, Keep keep) {
    Report report = begin(trial, "vjp agrees with finite differences");
    const Answer answer = trial.answer(trial.cotangent());
    if (!counts_fit(report, answer.gradient.size(), trial.inputs().size(), "gradient"))
        return report;
    const Budget budget = trial.budget(trial.cotangent());
    const JudgeEntry judge_entry = entry_judge(report, trial, answer, budget, keep);
    for (std::size_t i = 0; i < answer.gradient.size(); ++i) judge_entry(i);
    judge_together(report, answer.gradient, budget);
    return report;
}

Report direction(const Trial& trial, std::uint64_t seed) {
    Report report = begin(trial, "vjp agrees with finite differences");
    const Answer answer = trial.answer(trial.cotangent());
    if (!counts_fit(report, answer.gradient.size(), trial.inputs().size(), "gradient"))
        return report;
    const Budget budget = trial.budget(trial.cotangent());
    localise(report, trial, answer, budget, seed,
             entry_judge(report, trial, answer, budget, Keep::failures));
    if (report.counts.directions == 0) judge_together(report, answer.gradient, budget);
    return report;
}

}  // namespace gradproof::check
