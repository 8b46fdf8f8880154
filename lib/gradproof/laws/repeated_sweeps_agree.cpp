// Three questions, the second with another cotangent: the first and third answers are one.
#include <gradproof/laws/repeated_sweeps_agree.hpp>

#include <gradproof/laws/comparison.hpp>

#include <vector>

namespace gradproof::laws {

check::Report repeated_sweeps_agree(const subject::Trial& trial) {
    check::Report report = begin(kRepeatedSweepsAgree, trial);
    const subject::Answer first = trial.answer(trial.cotangent());
    std::vector<double> other(trial.cotangent().begin(), trial.cotangent().end());
    for (double& u : other) u = u == 0 ? 1 : -u;  // a number of any precision that u is one of
    (void)trial.answer(other);
    const subject::Answer again = trial.answer(trial.cotangent());
    if (!complete(report, trial, first) || !complete(report, trial, again)) return report;
    compare_bits(report, trial, first, again, "asked again");
    return report;
}

}  // namespace gradproof::laws
