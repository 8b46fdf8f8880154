// What a trial's form adds to the laws of gradients.
#include <gradproof/testing/form_laws.hpp>

#include <gradproof/check/check.hpp>
#include <gradproof/check/loss.hpp>
#include <gradproof/laws/comparison.hpp>
#include <gradproof/laws/jvp_agrees.hpp>
#include <gradproof/laws/vjp_agrees.hpp>
#include <gradproof/subject/fault.hpp>
#include <gradproof/testing/derivative_trials.hpp>

#include <algorithm>
#include <cmath>
#include <utility>

namespace gradproof::testing {

namespace {

/// The reply in which all but one block of the Jacobian, or all, are not asked for.
[[nodiscard]] Reply asked_for(const UserTrial& trial, std::optional<std::size_t> block) {
    Call call = trial.blank();
    call.unwanted.assign(call.inputs.size(), true);
    if (block) call.unwanted[*block] = false;
    return trial.call(std::move(call));
}

[[nodiscard]] double factor_for(const JvpTrial& trial) {
    const double largest = scalar::largest(trial.precision());
    const auto fits = [&](double t) { return std::abs(t) <= largest / 2; };
    return std::ranges::all_of(trial.point().tangent, fits) ? -2 : -1;
}

/// Digits are lost from some |x[1]| on, and not from some |J(x)[0,1]|.
[[nodiscard]] check::Report of_inputs(const JacobianTrial& trial, check::Report report) {
    for (std::size_t i = 0; i < trial.inputs().size(); ++i) {
        const std::string name = "|" + trial.entry_name(i) + "|";
        const std::size_t at = report.remark.find(name);
        if (at == std::string::npos) continue;
        report.remark.replace(at, name.size(), "|" + trial.input_name(i) + "|");
    }
    return report;
}

}  // namespace

check::Report jvp_agrees(const UserTrial& trial, std::uint64_t seed) {
    check::Report report = laws::vjp_agrees(trial, seed);
    report.law = laws::kJvpAgrees;
    for (check::Entry& entry : report.entries)
        entry.primal.reset();  // the place on the line is none
    return report;
}

check::Report jacobian_agrees(const UserTrial& trial, std::uint64_t seed) {
    check::Report report = laws::vjp_agrees(trial, seed);
    report.law = kJacobianAgrees;
    return report;
}

check::Report blocks_alone(const UserTrial& trial, std::uint64_t) {
    check::Report report = laws::begin(kBlocksAlone, trial);
    const Reply together = trial.call(trial.untouched());
    subject::Answer all, alone;
    all.gradient = together.derivative;
    const std::size_t inputs = trial.point().inputs.size();
    for (std::size_t i = 0; i < inputs && inputs > 1; ++i) {
        const std::vector<double> block = asked_for(trial, i).derivative;
        alone.gradient.insert(alone.gradient.end(), block.begin(), block.end());
    }
    if (inputs > 1) laws::compare_bits(report, trial, all, alone, "asked for alone");
    const std::vector<double> value = asked_for(trial, std::nullopt).value;
    for (std::size_t k = 0; k < value.size(); ++k) {
        laws::compare(report,
                      {"result[" + std::to_string(k) + "], without a Jacobian", value[k],
                       oracle::Real(together.value[k]), 0},
                      trial.precision());
    }
    return report;
}

check::Report jvp_is_linear(const UserTrial& trial, std::uint64_t) {
    check::Report report = laws::begin(kJvpIsLinear, trial);
    const auto& jvp = dynamic_cast<const JvpTrial&>(trial);
    const double factor = factor_for(jvp);
    const std::vector<double>& tangent = jvp.point().tangent;
    std::vector<double> scaled = tangent;
    for (double& t : scaled) t *= factor;
    const std::vector<double> once = jvp.along(tangent), multiple = jvp.along(scaled),
                              zero = jvp.along(std::vector<double>(tangent.size(), 0.0));
    const scalar::Budget own = jvp.budget_along(tangent), of_scaled = jvp.budget_along(scaled);
    const std::string times = factor == -2 ? "-2 t" : "-t";
    for (std::size_t k = 0; k < once.size(); ++k) {
        laws::Comparison comparison;
        comparison.name = trial.entry_name(k) + " for " + times + ", against t";
        comparison.subject = multiple[k];
        comparison.wanted = oracle::Real(factor) * oracle::Real(once[k]);
        comparison.allowed = of_scaled.largest_bound(k) - factor * own.largest_bound(k);
        comparison.judgeable = own.every_branch;
        laws::compare(report, comparison, trial.precision());
        laws::compare(report, {trial.entry_name(k) + " for 0", zero[k], 0, 0}, trial.precision());
    }
    return report;
}

bool is_agreement(std::string_view law) {
    return law == laws::kVjpAgrees || law == laws::kJvpAgrees || law == kJacobianAgrees;
}

check::Report with_cause(const UserTrial& trial, check::Report report) {
    try {
        if (trial.claim().form == Form::vjp || trial.claim().form == Form::gradient)
            return check::with_cause(trial, std::move(report));
        const JacobianTrial whole(trial.claim(), trial.subject_name(), trial.point());
        if (trial.claim().form == Form::jacobian)
            return of_inputs(whole, check::with_cause(whole, std::move(report)));
        check::Report of_columns = check::gradient(whole);
        if (of_columns.holds()) return report;
        of_columns = of_inputs(whole, check::with_cause(whole, std::move(of_columns)));
        for (check::Entry& entry : report.entries) {
            if (entry.verdict == report.verdict) entry.verdict = of_columns.verdict;
        }
        report.verdict = of_columns.verdict;
        report.lost = of_columns.lost;
        if (report.remark.empty()) report.remark = of_columns.remark;
    } catch (const subject::Fault&) {
    }
    return report;
}

}  // namespace gradproof::testing
