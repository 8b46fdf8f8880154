// Filing comparisons between a subject's own answers.
#include <gradproof/laws/comparison.hpp>

#include <algorithm>

namespace gradproof::laws {

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
