// Filing comparisons between a subject's own answers.
#include <gradproof/laws/comparison.hpp>

#include <algorithm>
#include <bit>
#include <cstdint>
#include <limits>
#include <optional>
#include <utility>

namespace gradproof::laws {

namespace {

[[nodiscard]] bool same(double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); }

}  // namespace

void compare(check::Report& report, const Expectation& expectation, scalar::Precision precision) {
    check::Question question;
    question.name = expectation.name;
    question.subject = expectation.subject;
    question.allowance = {expectation.expected.convert_to<double>(), expectation.allowed};
    question.truth = oracle::Smooth{{expectation.expected, 0}};
    question.precision = precision;
    question.judgeable = expectation.judgeable;
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
        if (same(straight[i], other[i])) {
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
        if (std::bit_cast<std::uint64_t>(first.gradient[i]) ==
            std::bit_cast<std::uint64_t>(second.gradient[i])) {
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
    if (answer.gradient.size() == trial.inputs().size()) return true;
    report.verdict = check::Verdict::wrong;
    report.remark = "the subject's gradient has " + std::to_string(answer.gradient.size()) +
                    " numbers, wanted " + std::to_string(trial.inputs().size());
    return false;
}

}  // namespace gradproof::laws
