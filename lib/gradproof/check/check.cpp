// The order of a check: the primal's shape and values, then the gradient's shape, then its values.
#include <gradproof/check/check.hpp>

#include <gradproof/check/judgement.hpp>
#include <gradproof/check/localisation.hpp>
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

void file(Report& report, Entry entry, double unit_roundoff, Keep keep) {
    report.counts.add(entry, unit_roundoff);
    const bool beyond =
        entry.verdict == Verdict::undecided && entry.standing == Standing::out_of_range;
    if (!beyond) report.verdict = std::max(report.verdict, entry.verdict);
    const bool failed =
        entry.verdict == Verdict::wrong || (entry.verdict == Verdict::undecided && !beyond);
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
    q.undetermined = budget.undetermined > 0;
    q.overflows = std::any_of(budget.primal.begin(), budget.primal.end(), [](const Allowance& y) {
        return !std::isfinite(y.reference + y.bound);
    });
    q.single_primitive = trial.single_primitive();
    return q;
}

/// The formula in wide numbers against the oracle: what a powerless agreement could not tell.
void check_formula(Entry& entry, const scalar::WideEntry& formula) {
    if (!formula.known || !entry.truth) return;
    const Real gap = abs(formula.value - entry.truth->value);
    if (gap > formula.bound + entry.truth->bound) {
        entry.verdict = Verdict::wrong;
        entry.remark = "the formula itself, in wide numbers, gives " + formula.value.str(17);
    }
}

/// Judges entries of the gradient and files them in `report`; `formula` is asked for once it is needed.
[[nodiscard]] JudgeEntry entry_judge(Report& report, const Trial& trial, const Answer& answer,
                                     const Budget& budget, Keep keep) {
    return [&report, &trial, &answer, &budget, keep,
            formula = std::vector<scalar::WideEntry>()](std::size_t i) mutable {
        const oracle::Point point{trial.function(), trial.inputs(), trial.cotangent()};
        Question q = question(trial, budget);
        q.name = trial.entry_name(i);
        q.subject = answer.gradient[i];
        q.allowance = budget.gradient[i];
        q.declared = trial.declared(i);
        // An infinite budget asks for nothing: let the oracle be as sharp as for a budget of none.
        const double asked = std::isfinite(q.allowance.bound) ? q.allowance.bound : 0;
        q.truth = oracle::derivative(point, i, asked);
        Entry entry = judge(q);
        if (entry.standing == Standing::powerless && entry.verdict == Verdict::agrees) {
            if (formula.empty()) formula = trial.formula();
            if (i < formula.size()) check_formula(entry, formula[i]);
        }
        const Verdict verdict = entry.verdict;
        file(report, std::move(entry), unit_roundoff(trial.precision()), keep);
        return verdict;
    };
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
    const Budget budget = trial.budget(trial.cotangent());
    const JudgeEntry judge_entry = entry_judge(report, trial, answer, budget, keep);
    for (std::size_t i = 0; i < answer.gradient.size(); ++i) judge_entry(i);
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
    return report;
}

}  // namespace gradproof::check
