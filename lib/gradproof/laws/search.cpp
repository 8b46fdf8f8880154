// Drawing, asking, and greedy descent with a bound on tries.
#include <gradproof/laws/search.hpp>

#include <gradproof/check/loss.hpp>
#include <gradproof/generate/simpler_cases.hpp>
#include <gradproof/laws/ask.hpp>
#include <gradproof/laws/diagnosis.hpp>
#include <gradproof/laws/vjp_agrees.hpp>
#include <gradproof/subject/fault.hpp>

#include <rapidcheck/Random.h>
#include <rapidcheck/Shrinkable.h>

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
    finding.minimal = broken;
    finding.law_seed = law_seed;
    finding.report = ask(law, subject, broken, law_seed);
    const auto start = std::chrono::steady_clock::now();
    const auto may_go_on = [&] {
        return finding.shrink_tries < descent.most_tries &&
               std::chrono::steady_clock::now() - start < descent.most_time &&
               (!descent.progress || descent.progress(finding.shrink_tries));
    };
    bool descended = true;
    while (descended && !finding.cut_short) {
        descended = false;
        for (cases::Case& candidate : generate::simpler_cases(finding.minimal)) {
            if (!may_go_on()) {
                finding.cut_short = true;
                break;
            }
            ++finding.shrink_tries;
            check::Report report = ask(law, subject, candidate, law_seed);
            if (!check::same_kind(finding.report, report)) continue;
            finding.minimal = std::move(candidate);
            finding.report = std::move(report);
            ++finding.shrinks;
            descended = true;
            break;
        }
    }
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
