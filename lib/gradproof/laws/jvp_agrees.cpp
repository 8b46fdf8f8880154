// Outputs together, then one by one.
#include <gradproof/laws/jvp_agrees.hpp>

#include <gradproof/case/along_direction.hpp>
#include <gradproof/check/allowed_set.hpp>
#include <gradproof/check/check.hpp>
#include <gradproof/check/weighted_direction.hpp>
#include <gradproof/laws/comparison.hpp>
#include <gradproof/laws/drawn_direction.hpp>

#include <cmath>
#include <optional>
#include <random>
#include <utility>
#include <variant>
#include <vector>

namespace gradproof::laws {

namespace {

using oracle::Real;

class Outputs {
public:
    Outputs(check::Report& report, const subject::ProgramTrial& trial, const cases::Case& drawn,
            const oracle::Direction& tangent, const std::vector<double>& answer,
            const cases::Budget& budget, scalar::Ties conventions)
        : report_(report),
          trial_(trial),
          drawn_(drawn),
          tangent_(tangent),
          answer_(answer),
          budget_(budget),
          conventions_(conventions) {}

    /// False where the oracle has no answer along the tangent, unless there is no other: then that is
    /// what the report says.
    [[nodiscard]] bool judge(std::uint64_t seed, bool last) {
        if (answer_.size() > 1 && !budget_.open() && together(seed)) return true;
        for (std::size_t k = 0; k < answer_.size(); ++k) {
            if (unresolved_ && !last) return false;
            judge_one(k);
        }
        if (unresolved_ && !last) return false;
        check::judge_together(report_, answer_, budget_);
        return true;
    }

private:
    check::Report& report_;
    const subject::ProgramTrial& trial_;
    const cases::Case& drawn_;
    const oracle::Direction& tangent_;
    const std::vector<double>& answer_;
    const cases::Budget& budget_;
    scalar::Ties conventions_;
    bool unresolved_ = false;

    /// True where the outputs that rounding leaves finite agree in one weighted sum.
    [[nodiscard]] bool together(std::uint64_t seed) {
        std::vector<std::size_t> seen;
        for (std::size_t k = 0; k < answer_.size(); ++k) {
            if (check::can_be_weighted(budget_.gradient[k])) seen.push_back(k);
        }
        if (seen.empty()) return false;
        std::vector<double> weights(answer_.size(), 0.0);
        const std::vector<long> exponents = check::exponents_by_cost(
            budget_.gradient, seen, check::unit_roundoff(drawn_.precision));
        std::mt19937_64 random(seed);
        for (std::size_t n = 0; n < seen.size(); ++n) {
            weights[seen[n]] =
                std::ldexp(check::drawn_mantissa(random()), static_cast<int>(exponents[n]));
        }
        const Projection sum = projection(weights, answer_, budget_);
        const double budget = sum.allowed.convert_to<double>();
        if (!sum.finite || !sum.bounded || !std::isfinite(budget)) return false;
        const oracle::Derivative truth =
            oracle::derivative({trial_.function(), trial_.inputs(), weights}, tangent_, budget);
        note(truth);
        const auto* smooth = std::get_if<oracle::Smooth>(&truth);
        if (smooth == nullptr || check::conventions_decide(truth)) return false;
        if (!agrees_along(report_, sum, smooth->slope)) return false;
        check::count_unseen(report_, budget_.gradient, check::unit_roundoff(drawn_.precision));
        return true;
    }

    void note(const oracle::Derivative& truth) {
        unresolved_ = unresolved_ || std::holds_alternative<oracle::Unresolved>(truth);
    }

    void judge_one(std::size_t k) {
        std::vector<double> unit(answer_.size(), 0.0);
        unit[k] = 1;
        check::Question q = check::question(trial_, budget_);
        // A direction crosses several kinks at once, as a program does.
        q.single_primitive = false;
        q.name = "tangent of result[" + std::to_string(k) + "]";
        q.subject = answer_[k];
        q.allowance = budget_.gradient[k];
        if (!budget_.branches.empty()) {
            q.hull = check::hull_over(
                budget_.branches, [k](const scalar::Branch& branch) { return branch.gradient[k]; });
        }
        const double asked = std::isfinite(q.allowance.bound) ? q.allowance.bound : 0;
        q.truth = oracle::derivative({trial_.function(), trial_.inputs(), unit}, tangent_, asked);
        note(q.truth);
        if (conventions_ == scalar::Ties::declared && check::conventions_decide(q.truth))
            q.declared = promised(unit, q);
        check::Entry entry = check::judge(q);
        if (entry.verdict == check::Verdict::wrong && has_no_derivative(unit, q)) {
            entry.verdict = check::Verdict::nonsmooth;
            entry.at_kink = true;
            entry.remark = "partial derivatives do not add up to the slope: there is no derivative";
        } else if (entry.verdict == check::Verdict::wrong && behind_infinite_slope(unit, q)) {
            entry.verdict = check::Verdict::agrees;
            entry.standing = check::Standing::out_of_range;
        }
        check::file(report_, std::move(entry), check::unit_roundoff(drawn_.precision));
    }

    /// Whether the answer is what the partial derivatives add up to, and the slope along the tangent is
    /// not: cbrt(x y z) at 0 is linear along every line through 0, and constant along the axes.
    [[nodiscard]] bool has_no_derivative(const std::vector<double>& cotangent,
                                         const check::Question& q) const {
        const auto* along = std::get_if<oracle::Smooth>(&q.truth);
        if (along == nullptr || !std::isfinite(q.subject)) return false;
        Real sum = 0, bound = 0;
        for (std::size_t i = 0; i < tangent_.weights.size(); ++i) {
            if (tangent_.weights[i] == 0) continue;
            const oracle::Derivative partial = oracle::derivative(
                {trial_.function(), trial_.inputs(), cotangent}, i, q.allowance.bound);
            const auto* smooth = std::get_if<oracle::Smooth>(&partial);
            if (smooth == nullptr) return false;
            const Real t(tangent_.weights[i]);
            sum += t * smooth->slope.value;
            bound += abs(t) * smooth->slope.bound;
        }
        return abs(Real(sum - along->slope.value)) > bound + along->slope.bound &&
               abs(Real(Real(q.subject) - sum)) <= bound + Real(q.allowance.bound);
    }

    /// Whether the sweeps multiply an infinite slope by 0: cbrt(x^3) is x, and no sweep sees that at 0. Reverse mode
    /// ends in no number there, forward mode in the 0 that a zero tangent gives.
    [[nodiscard]] bool behind_infinite_slope(const std::vector<double>& cotangent,
                                             const check::Question& q) const {
        if (q.subject != 0 || q.allowance.reference != 0) return false;
        const cases::Budget reverse = trial_.budget(cotangent);
        for (std::size_t i = 0; i < tangent_.weights.size(); ++i) {
            if (tangent_.weights[i] != 0 && !std::isfinite(reverse.gradient[i].reference))
                return true;
        }
        return false;
    }

    /// What the conventions of reverse mode add up to along the tangent, of a subject that keeps them. Behind an
    /// infinite slope, where the wide sweep has no number, that is what the reference gives.
    [[nodiscard]] std::optional<scalar::WideEntry> promised(const std::vector<double>& cotangent,
                                                            const check::Question& q) const {
        const auto gradient = cases::wide_gradient(drawn_, drawn_.graph, cotangent);
        scalar::WideEntry along{true, 0, 0};
        for (std::size_t i = 0; i < gradient.size(); ++i) {
            if (tangent_.weights[i] == 0) continue;
            const Real t(tangent_.weights[i]);
            along.known = along.known && gradient[i].known;
            along.value += t * gradient[i].value;
            // Product and sum are rounded to 50 digits.
            along.bound += abs(t) * (gradient[i].bound + ldexp(abs(gradient[i].value), -160));
        }
        if (along.known) return along;
        if (q.hull || !check::can_be_weighted(q.allowance)) return std::nullopt;
        return scalar::WideEntry{true, Real(q.allowance.reference), Real(q.allowance.bound)};
    }
};

}  // namespace

check::Report jvp_agrees(const subject::ProgramSubject& subject, const cases::Case& drawn,
                         std::uint64_t seed) {
    const subject::ProgramTrial trial(subject, drawn);
    const auto along = [&](const oracle::Direction& tangent,
                           bool last) -> std::optional<check::Report> {
        check::Report report = begin(kJvpAgrees, trial);
        const auto answer = subject.jvp(drawn, tangent.weights);
        if (!answer) return not_offered(std::move(report), "forward mode");
        if (!has_size(report, answer->size(), drawn.cotangent.size(), "jvp")) return report;
        const cases::Budget budget = cases::jvp_budget(drawn, tangent.weights, subject.ties());
        Outputs outputs(report, trial, drawn, tangent, *answer, budget, subject.ties());
        // What was found wrong before the oracle had no answer is wrong all the same.
        if (outputs.judge(seed, last) || !report.holds()) return report;
        return std::nullopt;
    };
    if (auto report = along(drawn_direction(drawn, seed), false)) return std::move(*report);
    // Of several entries at an edge of the domain some leave it on one side, some on the other; entries of
    // very different sizes bear no common step.
    return *along(drawn_direction(drawn, seed, Spread::one), true);
}

}  // namespace gradproof::laws
