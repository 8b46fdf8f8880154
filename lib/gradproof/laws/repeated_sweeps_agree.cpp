// Three questions, the second with another cotangent: the first and third answers are one.
#include <gradproof/laws/repeated_sweeps_agree.hpp>

#include <gradproof/laws/comparison.hpp>

#include <bit>
#include <cstdint>
#include <vector>

namespace gradproof::laws {

check::Report repeated_sweeps_agree(const subject::Trial& trial) {
    check::Report report = begin(kRepeatedSweepsAgree, trial);
    const subject::Answer first = trial.answer(trial.cotangent());
    std::vector<double> other(trial.cotangent().begin(), trial.cotangent().end());
    for (double& u : other) u = 1 - u;
    (void)trial.answer(other);
    const subject::Answer again = trial.answer(trial.cotangent());
    if (!complete(report, trial, first) || !complete(report, trial, again)) return report;
    for (std::size_t i = 0; i < first.gradient.size(); ++i) {
        const bool same = std::bit_cast<std::uint64_t>(first.gradient[i]) ==
                          std::bit_cast<std::uint64_t>(again.gradient[i]);
        report.counts.entries += 1;
        if (same) {
            report.counts.agrees += 1;
            continue;
        }
        check::Entry entry;
        entry.name = trial.entry_name(i) + ", asked again";
        entry.verdict = check::Verdict::wrong;
        entry.subject = again.gradient[i];
        entry.truth = oracle::Estimate{oracle::Real(first.gradient[i]), 0};
        entry.share = std::numeric_limits<double>::infinity();
        entry.remark = "\"oracle\" is the first answer";
        report.entries.push_back(std::move(entry));
        report.verdict = check::Verdict::wrong;
        report.counts.wrong += 1;
    }
    return report;
}

}  // namespace gradproof::laws
