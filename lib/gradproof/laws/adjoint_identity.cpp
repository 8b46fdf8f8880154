// Both sides, and what they may be off by.
#include <gradproof/laws/adjoint_identity.hpp>

#include <gradproof/case/along_direction.hpp>
#include <gradproof/check/judgement.hpp>
#include <gradproof/laws/comparison.hpp>
#include <gradproof/laws/drawn_direction.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace gradproof::laws {

namespace {

/// How far apart <u, J t> is on the branches of comparisons within rounding: the sweeps may take different
/// ones. Exact ties are not among them.
[[nodiscard]] double spread(const cases::Budget& budget, std::span<const double> cotangent) {
    double lowest = std::numeric_limits<double>::infinity(), highest = -lowest;
    for (const scalar::Branch& branch : budget.branches) {
        double sum = 0;
        for (std::size_t k = 0; k < cotangent.size(); ++k) {
            if (cotangent[k] != 0) sum += cotangent[k] * branch.gradient[k].reference;
        }
        if (std::isnan(sum)) return std::numeric_limits<double>::infinity();
        lowest = std::min(lowest, sum);
        highest = std::max(highest, sum);
    }
    return budget.branches.empty() ? 0 : highest - lowest;
}

/// What a subject that promises nothing at ties may lose over the shares of those that tie. These are any
/// numbers that sum to 1, so that no entry is more than what its largest side contributes; at each tie that it
/// passes a share is rounded, and the product with it. The budget's branches have whole sides, in which
/// nothing of this rounds.
[[nodiscard]] double rounded_shares(const cases::Budget& open, std::span<const double> weights,
                                    scalar::Precision precision) {
    if (open.ties == 0) return 0;
    double sum = 0;
    for (std::size_t k = 0; k < weights.size(); ++k) {
        if (weights[k] == 0) continue;
        double largest = std::abs(open.gradient[k].reference);
        for (const scalar::Branch& branch : open.branches)
            largest = std::max(largest, std::abs(branch.gradient[k].reference));
        sum += std::abs(weights[k]) * largest;
    }
    const double lost = 2 * check::unit_roundoff(precision) * static_cast<double>(open.ties) * sum;
    return std::isnan(lost) ? std::numeric_limits<double>::infinity() : lost;
}

}  // namespace

check::Report adjoint_identity(const subject::ProgramSubject& subject, const cases::Case& drawn,
                               std::uint64_t seed) {
    const subject::ProgramTrial trial(subject, drawn);
    check::Report report = begin(kAdjointIdentity, trial);
    const std::vector<double> t = drawn_direction(drawn, seed, Spread::all).weights;
    const std::vector<double>& u = drawn.cotangent;
    const auto jvp = subject.jvp(drawn, t);
    if (!jvp) return not_offered(std::move(report), "forward mode");
    const subject::Answer vjp = subject.answer(drawn, u);
    if (!has_size(report, jvp->size(), u.size(), "jvp") || !complete(report, trial, vjp))
        return report;
    const cases::Budget of_jvp = cases::jvp_budget(drawn, t, subject.ties());
    const cases::Budget of_vjp = trial.budget(u);
    Sides sides{"<u, J t>, against <J^T u, t>", projection(u, *jvp, of_jvp),
                projection(t, vjp.gradient, of_vjp)};
    const bool undetermined = of_jvp.undetermined + of_vjp.undetermined > 0;
    if (undetermined) sides.between_branches = spread(cases::jvp_budget(drawn, t), u);
    if (subject.ties() == scalar::Ties::open) {
        sides.between_branches +=
            rounded_shares(of_jvp, u, drawn.precision) + rounded_shares(of_vjp, t, drawn.precision);
    }
    sides.judgeable = of_jvp.every_branch && of_vjp.every_branch;
    compare_sides(report, sides, drawn.precision);
    return report;
}

}  // namespace gradproof::laws
