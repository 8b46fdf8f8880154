// One second derivative along two directions, then one an entry.
#include <gradproof/laws/hvp_agrees.hpp>

#include <gradproof/case/along_direction.hpp>
#include <gradproof/check/check.hpp>
#include <gradproof/check/weighted_direction.hpp>
#include <gradproof/laws/comparison.hpp>
#include <gradproof/laws/drawn_direction.hpp>

#include <cmath>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

namespace gradproof::laws {

namespace {

/// The direction of entry i alone.
[[nodiscard]] oracle::Direction single(const subject::ProgramTrial& trial, std::size_t i) {
    const double x = trial.inputs()[i];
    oracle::Direction direction{std::vector<double>(trial.inputs().size(), 0.0),
                                x == 0 ? 0 : std::ilogb(x)};
    direction.weights[i] = 1;
    return direction;
}

void count_kink(check::Report& report) {
    report.counts.entries += 1;
    report.counts.nonsmooth += 1;
    report.remark =
        "a comparison ties or lies within rounding, or the domain ends: no second derivative";
}

class Entries {
public:
    Entries(check::Report& report, const subject::ProgramTrial& trial,
            const oracle::Direction& direction, const std::vector<double>& answer,
            const cases::Budget& budget)
        : report_(report),
          trial_(trial),
          direction_(direction),
          answer_(answer),
          budget_(budget),
          point_{trial.function(), trial.inputs(), trial.cotangent()} {}

    /// False where the oracle has no answer along the direction, and `last` is not said.
    [[nodiscard]] bool judge(std::uint64_t seed, bool last) {
        for (std::size_t i = 0; i < answer_.size(); ++i) {
            if (check::can_be_weighted(budget_.gradient[i])) seen_.push_back(i);
        }
        check::count_unseen(report_, budget_.gradient, unit());
        if (seen_.empty() || together(seed)) return true;
        if (unresolved_ && !last) return false;
        for (const std::size_t i : seen_) judge_one(i);
        return true;
    }

private:
    check::Report& report_;
    const subject::ProgramTrial& trial_;
    const oracle::Direction& direction_;
    const std::vector<double>& answer_;
    const cases::Budget& budget_;
    oracle::Point point_;
    std::vector<std::size_t> seen_;
    bool unresolved_ = false;

    [[nodiscard]] double unit() const { return check::unit_roundoff(trial_.precision()); }

    [[nodiscard]] bool together(std::uint64_t seed) {
        const check::Weights weights(trial_, budget_, seen_, seed);
        const check::WeightedDirection along = weights.along(seen_);
        const Projection sum = projection(along.direction.weights, answer_, budget_);
        const double budget = sum.allowed.convert_to<double>();
        if (!sum.finite || !sum.bounded || !std::isfinite(budget)) return false;
        const oracle::Derivative truth =
            oracle::second_derivative(point_, direction_, along.direction, budget);
        if (const auto* open = std::get_if<oracle::Unresolved>(&truth); open && open->at_kink) {
            count_kink(report_);
            return true;
        }
        const auto* smooth = std::get_if<oracle::Smooth>(&truth);
        unresolved_ = smooth == nullptr;
        if (unresolved_) return false;
        return agrees_along(report_, sum, smooth->slope);
    }

    void judge_one(std::size_t i) {
        check::Question q = check::question(trial_, budget_);
        q.name = trial_.entry_name(i) + " of H s";
        q.subject = answer_[i];
        q.allowance = budget_.gradient[i];
        q.truth =
            oracle::second_derivative(point_, direction_, single(trial_, i), q.allowance.bound);
        check::file(report_, check::judge(q), unit());
    }
};

}  // namespace

check::Report hvp_agrees(const subject::ProgramSubject& subject, const cases::Case& drawn,
                         std::uint64_t seed) {
    const subject::ProgramTrial trial(subject, drawn);
    if (seed % kSecondOrderEvery != 0) return begin(kHvpAgrees, trial);
    const auto along = [&](const oracle::Direction& direction,
                           bool last) -> std::optional<check::Report> {
        check::Report report = begin(kHvpAgrees, trial);
        const auto answer = subject.hvp(drawn, drawn.cotangent, direction.weights);
        if (!answer) return not_offered(std::move(report), "second order");
        if (!has_size(report, answer->size(), trial.inputs().size(), "Hessian-vector product"))
            return report;
        const cases::Budget budget =
            cases::hvp_budget(drawn, drawn.cotangent, direction.weights, subject.ties());
        if (budget.ties > 0 || budget.open()) {
            count_kink(report);
            return report;
        }
        if (Entries(report, trial, direction, *answer, budget).judge(seed, last)) return report;
        return std::nullopt;
    };
    if (auto report = along(drawn_direction(drawn, seed), false)) return std::move(*report);
    // Entries of very different sizes bear no common step.
    check::Report report = *along(drawn_direction(drawn, seed, Spread::one), true);
    if (report.verdict == check::Verdict::undecided) {
        report.verdict = check::Verdict::agrees;
        report.remark = "some second differences were not resolved";
    }
    return report;
}

}  // namespace gradproof::laws
