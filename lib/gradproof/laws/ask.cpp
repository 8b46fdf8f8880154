// Faults and refusals become reports.
#include <gradproof/laws/ask.hpp>

#include <gradproof/subject/fault.hpp>

#include <string>

namespace gradproof::laws {

check::Report ask(const Law& law, const subject::ProgramSubject& subject, const cases::Case& drawn,
                  std::uint64_t seed) {
    check::Report report;
    report.law = law.name;
    report.subject = subject.name();
    try {
        return law.holds(subject, drawn, seed);
    } catch (const subject::Fault& fault) {
        report.verdict = check::Verdict::wrong;
        report.fault = fault.kind();
        report.remark = fault.what();
    } catch (const subject::Unsupported& refusal) {
        report.remark = refusal.what();
        report.counts.not_offered = 1;
    }
    return report;
}

}  // namespace gradproof::laws
