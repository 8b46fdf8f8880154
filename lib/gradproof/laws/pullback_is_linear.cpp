// Linearity, asked in two exact ways, and the zero cotangent.
#include <gradproof/laws/pullback_is_linear.hpp>

#include <gradproof/laws/comparison.hpp>

#include <vector>

namespace gradproof::laws {

namespace {

struct Swept {
    subject::Answer answer;
    cases::Budget budget;

    Swept(const subject::Trial& trial, const std::vector<double>& cotangent)
        : answer(trial.answer(cotangent)), budget(trial.budget(cotangent)) {}
};

}  // namespace

check::Report pullback_is_linear(const subject::Trial& trial, std::uint64_t seed) {
    check::Report report = begin(kPullbackIsLinear, trial);
    const std::vector<double> u(trial.cotangent().begin(), trial.cotangent().end());
    std::vector<double> part(u.size(), 0.0), rest(u.size(), 0.0), scaled;
    for (std::size_t k = 0; k < u.size(); ++k) {
        ((seed >> (k % 64)) & 1 ? part : rest)[k] = u[k];
        scaled.push_back(-2 * u[k]);
    }
    const Swept whole(trial, u), of_part(trial, part), of_rest(trial, rest),
        of_scaled(trial, scaled);
    for (const Swept* swept : {&whole, &of_part, &of_rest, &of_scaled}) {
        if (!complete(report, trial, swept->answer)) return report;
    }
    for (std::size_t i = 0; i < trial.inputs().size(); ++i) {
        const double v = whole.answer.gradient[i], a = of_part.answer.gradient[i],
                     b = of_rest.answer.gradient[i];
        const double own = whole.budget.largest_bound(i);
        Comparison sum;
        sum.name = trial.entry_name(i) + " of u, against parts of u";
        sum.subject = v;
        sum.wanted = oracle::Real(a) + oracle::Real(b);
        sum.allowed = own + of_part.budget.largest_bound(i) + of_rest.budget.largest_bound(i);
        sum.judgeable = whole.budget.every_branch;
        compare(report, sum, trial.precision());

        Comparison multiple;
        multiple.name = trial.entry_name(i) + " of -2 u, against u";
        multiple.subject = of_scaled.answer.gradient[i];
        multiple.wanted = -2 * oracle::Real(v);
        multiple.allowed = of_scaled.budget.largest_bound(i) + 2 * own;
        multiple.judgeable = whole.budget.every_branch;
        compare(report, multiple, trial.precision());
    }
    return report;
}

check::Report zero_cotangent_gives_zero(const subject::Trial& trial) {
    check::Report report = begin(kZeroCotangentGivesZero, trial);
    const subject::Answer answer = trial.answer(std::vector<double>(trial.cotangent().size(), 0.0));
    if (!complete(report, trial, answer)) return report;
    for (std::size_t i = 0; i < answer.gradient.size(); ++i) {
        compare(report, {trial.entry_name(i), answer.gradient[i], 0, 0}, trial.precision());
    }
    return report;
}

}  // namespace gradproof::laws
