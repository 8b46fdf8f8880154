// Drawing and asking, case by case.
#include <gradproof/laws/search.hpp>

#include <gradproof/check/loss.hpp>
#include <gradproof/laws/ask.hpp>
#include <gradproof/laws/diagnosis.hpp>
#include <gradproof/laws/vjp_agrees.hpp>
#include <gradproof/subject/fault.hpp>

#include <rapidcheck/Random.h>

#include <cmath>
#include <stdexcept>

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

Finding minimal(const subject::ProgramSubject& subject, const Law& law, const cases::Case& broken,
                std::uint64_t law_seed, const Descent& descent) {
    Finding finding;
    finding.law = &law;
    finding.law_seed = law_seed;
    finding.report = ask(law, subject, broken, law_seed);
    const Descended down = descend(
        broken,
        [&](const cases::Case& candidate) {
            check::Report report = ask(law, subject, candidate, law_seed);
            if (!check::same_kind(finding.report, report)) return false;
            finding.report = std::move(report);
            return true;
        },
        descent);
    finding.minimal = down.minimal;
    finding.shrink_tries = down.tries;
    finding.shrinks = down.steps;
    finding.cut_short = down.cut_short;
    if (law.name == kVjpAgrees && !finding.report.fault) tell_cause(subject, finding);
    return finding;
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
                outcome.finding = minimal(subject, law, drawn, law_seed, plan.descent);
                outcome.finding->cases = outcome.cases;
                if (!outcome.finding->report.fault)
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
