// Drawing and asking, case by case.
#include <gradproof/laws/search.hpp>

#include <gradproof/check/loss.hpp>
#include <gradproof/laws/ask.hpp>
#include <gradproof/laws/diagnosis.hpp>
#include <gradproof/laws/vjp_agrees.hpp>
#include <gradproof/subject/fault.hpp>

#include <rapidcheck/Random.h>

#include <utility>

namespace gradproof::laws {

namespace {

/// Asks the subject at other points; one that fails to answer there leaves the report as it is.
void tell_cause(const subject::ProgramSubject& subject, Finding& finding) {
    try {
        finding.report =
            check::with_cause(subject::ProgramTrial(subject, finding.minimal), finding.report);
    } catch (const subject::Fault&) {
    } catch (const subject::Unsupported&) {
    }
}

}  // namespace

Finding minimal(const subject::ProgramSubject& subject, Finding found, const Descent& descent) {
    const Law& law = *found.law;
    const cases::Case broken = found.minimal;
    check::Report again = ask(law, subject, broken, found.law_seed);
    found.cut_short = false;
    found.repeats = !again.holds();
    if (!found.repeats) {
        // What it does depends on what it was asked before, as of a leak that has built up.
        found.report.remark += found.report.remark.empty() ? "" : "; ";
        found.report.remark += "asked about the same case once more, it kept the law";
        return found;
    }
    found.report = std::move(again);
    const Descended down = descend(
        broken,
        [&](const cases::Case& candidate) {
            check::Report report = ask(law, subject, candidate, found.law_seed);
            if (!check::same_kind(found.report, report)) return false;
            found.report = std::move(report);
            return true;
        },
        descent);
    found.minimal = down.minimal;
    found.shrink_tries = down.tries;
    found.shrinks = down.steps;
    found.cut_short = down.cut_short;
    if (law.name == kVjpAgrees && !found.report.fault) tell_cause(subject, found);
    return found;
}

Outcome search(const subject::ProgramSubject& subject, const rc::Gen<cases::Case>& generator,
               const Plan& plan) {
    Outcome outcome;
    outcome.counts.resize(plan.laws.size());
    rc::Random random(plan.seed);
    while (outcome.cases < plan.cases) {
        const cases::Case drawn = generator(random.split(), rc::kNominalSize).value();
        const std::uint64_t law_seed = random.split().next();
        ++outcome.cases;
        bool undecided = false;
        for (std::size_t k = 0; k < plan.laws.size(); ++k) {
            const Law& law = plan.laws[k];
            const check::Report report = ask(law, subject, drawn, law_seed);
            outcome.counts[k] += report.counts;
            undecided = undecided || report.verdict == check::Verdict::undecided;
            if (!report.holds()) {
                Finding found;
                found.law = &law;
                found.minimal = drawn;
                found.report = report;
                found.law_seed = law_seed;
                outcome.finding = minimal(subject, std::move(found), plan.descent);
                outcome.finding->cases = outcome.cases;
                if (outcome.finding->repeats && !outcome.finding->report.fault)
                    outcome.finding->report.diagnosis = diagnosis(
                        subject, law, outcome.finding->minimal, {&drawn, &generator}, plan.seed);
                return outcome;
            }
        }
        if (undecided) ++outcome.undecided_cases;
        if (plan.progress && !plan.progress(outcome.cases)) break;
    }
    return outcome;
}

}  // namespace gradproof::laws
