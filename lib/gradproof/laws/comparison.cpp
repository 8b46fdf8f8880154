// Filing comparisons between a subject's own answers.
#include <gradproof/laws/comparison.hpp>

#include <gradproof/check/check.hpp>
#include <gradproof/subject/same.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>

namespace gradproof::laws {

void compare(check::Report& report, const Comparison& comparison, scalar::Precision precision) {
    check::Question question;
    question.name = comparison.name;
    question.subject = comparison.subject;
    question.allowance = {comparison.wanted.convert_to<double>(), comparison.allowed};
    question.truth = oracle::Smooth{{comparison.wanted, 0}};
    question.precision = precision;
    question.judgeable = comparison.judgeable;
    check::Entry entry = check::judge(question);
    report.counts.add(entry, check::unit_roundoff(precision));
    report.verdict = std::max(report.verdict, entry.verdict);
    if (entry.verdict != check::Verdict::agrees) report.entries.push_back(std::move(entry));
}

Allowed allowed_by(const cases::Budget& one, const cases::Budget& other, std::size_t count) {
    Allowed allowed;
    allowed.judgeable = !one.open() && !other.open();
    const std::size_t skipped = one.gradient.size() - count,
                      of_other = other.gradient.size() - count;
    for (std::size_t i = 0; i < count; ++i) {
        allowed.bounds.push_back(one.largest_bound(skipped + i) +
                                 other.largest_bound(of_other + i));
    }
    return allowed;
}

void compare_ways(check::Report& report, const subject::Trial& trial,
                  std::span<const double> straight, std::span<const double> other,
                  const std::function<Allowed()>& allowed) {
    std::optional<Allowed> found;
    for (std::size_t i = 0; i < straight.size(); ++i) {
        if (subject::equal_or_nan(straight[i], other[i])) {
            ++report.counts.entries;
            ++report.counts.agrees;
            report.counts.out_of_range += std::isfinite(straight[i]) ? 0 : 1;
            continue;
        }
        if (!found) found = allowed();
        compare(report,
                {trial.entry_name(i), straight[i], other[i], found->bounds[i], found->judgeable},
                trial.precision());
    }
}

void compare_bits(check::Report& report, const subject::Trial& trial, const subject::Answer& first,
                  const subject::Answer& second, const std::string& when) {
    for (std::size_t i = 0; i < first.gradient.size(); ++i) {
        report.counts.entries += 1;
        if (subject::same_bits(first.gradient[i], second.gradient[i])) {
            report.counts.agrees += 1;
            continue;
        }
        check::Entry entry;
        entry.name = trial.entry_name(i) + ", " + when;
        entry.verdict = check::Verdict::wrong;
        entry.subject = second.gradient[i];
        entry.truth = oracle::Estimate{oracle::Real(first.gradient[i]), 0};
        entry.share = std::numeric_limits<double>::infinity();
        entry.remark = "\"oracle\" is the first answer";
        report.entries.push_back(std::move(entry));
        report.verdict = check::Verdict::wrong;
        report.counts.wrong += 1;
    }
}

check::Report begin(std::string_view law, const subject::Trial& trial) {
    check::Report report;
    report.law = law;
    report.subject = trial.subject_name();
    return report;
}

bool complete(check::Report& report, const subject::Trial& trial, const subject::Answer& answer) {
    return has_size(report, answer.gradient.size(), trial.inputs().size(), "gradient");
}

bool has_size(check::Report& report, std::size_t given, std::size_t wanted, std::string_view what) {
    if (given == wanted) return true;
    report.verdict = check::Verdict::wrong;
    report.remark = "the subject's " + std::string(what) + " has " + std::to_string(given) +
                    " numbers, wanted " + std::to_string(wanted);
    return false;
}

check::Report not_offered(check::Report report, std::string_view what) {
    report.counts.not_offered += 1;
    report.remark = "the subject has no " + std::string(what);
    return report;
}

Projection projection(std::span<const double> weights, std::span<const double> answer,
                      const scalar::Budget& budget) {
    Projection sum;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        if (weights[i] == 0) continue;
        const double bound = budget.largest_bound(i);
        sum.bounded = sum.bounded && std::isfinite(bound);
        if (sum.bounded) sum.allowed += oracle::Real(std::abs(weights[i])) * bound;
        if (std::isfinite(answer[i])) {
            sum.value += scalar::Wide<1000>(weights[i]) * answer[i];
        } else {
            sum.finite = false;
        }
    }
    return sum;
}

bool agrees_along(check::Report& report, const Projection& sum, const oracle::Estimate& slope) {
    const oracle::Real gap(sum.value - scalar::Wide<1000>(slope.value));
    const oracle::Real allowed = sum.allowed + slope.bound;
    if (abs(gap) > allowed) return false;
    const bool powerless = sum.allowed > 0 && sum.allowed > abs(slope.value) / 8;
    const oracle::Real share = gap == 0 ? oracle::Real(0) : oracle::Real(abs(gap) / allowed);
    report.counts.add_direction(powerless, share.convert_to<double>());
    return true;
}

void compare_sides(check::Report& report, const Sides& sides, scalar::Precision precision) {
    check::Entry entry;
    entry.name = sides.name;
    entry.subject = sides.left.finite ? sides.left.value.convert_to<double>()
                                      : std::numeric_limits<double>::quiet_NaN();
    entry.truth = oracle::Estimate{oracle::Real(sides.right.value), 0};
    const bool bounded =
        sides.left.bounded && sides.right.bounded && std::isfinite(sides.between_branches);
    // Fifty digits round each of these sums by less than 2^-150 of it.
    const oracle::Real allowed =
        (sides.left.allowed + sides.right.allowed + sides.between_branches) * (1 + 0x1p-52);
    entry.budget = bounded ? allowed.convert_to<double>() : std::numeric_limits<double>::infinity();
    const oracle::Real gap(abs(sides.left.value - sides.right.value));
    if (!bounded || !sides.right.finite) {
        // A right side that is not finite is for the law about finiteness to report.
        entry.standing = check::Standing::out_of_range;
    } else if (sides.left.finite && gap <= allowed) {
        entry.standing = check::standing_of(entry.truth->value, allowed, precision);
        if (gap != 0) entry.share = oracle::Real(gap / allowed).convert_to<double>();
    } else if (sides.judgeable) {
        entry.verdict = check::Verdict::wrong;
        entry.share = std::numeric_limits<double>::infinity();
        if (sides.left.finite && allowed != 0)
            entry.share = oracle::Real(gap / allowed).convert_to<double>();
    } else {
        entry.verdict = check::Verdict::undecided;
        entry.standing = check::Standing::near_kink;
        entry.remark = "more comparisons are open here than can be looked at one by one";
    }
    check::file(report, std::move(entry), check::unit_roundoff(precision));
}

}  // namespace gradproof::laws
