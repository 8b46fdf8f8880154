// What the gradient of a program written out twice must be.
#include <gradproof/laws/used_twice_accumulates.hpp>

#include <gradproof/case/written_twice.hpp>
#include <gradproof/laws/comparison.hpp>

#include <cmath>
#include <limits>
#include <vector>

namespace gradproof::laws {

check::Report used_twice_accumulates(const subject::ProgramSubject& subject,
                                     const cases::Case& drawn) {
    const cases::Case doubled = cases::written_twice(drawn);
    const subject::ProgramTrial once(subject, drawn), twice(subject, doubled);
    check::Report report = begin(kUsedTwiceAccumulates, once);
    const subject::Answer single = once.answer(drawn.cotangent),
                          both = twice.answer(drawn.cotangent);
    if (!complete(report, once, single) || !complete(report, twice, both)) return report;
    const cases::Budget single_budget = once.budget(drawn.cotangent),
                        both_budget = twice.budget(drawn.cotangent);
    for (std::size_t i = 0; i < single.gradient.size(); ++i) {
        Comparison comparison;
        comparison.name = once.entry_name(i);
        comparison.subject = both.gradient[i];
        comparison.wanted = 2 * oracle::Real(single.gradient[i]);
        comparison.allowed = both_budget.largest_bound(i) + 2 * single_budget.largest_bound(i);
        comparison.judgeable = single_budget.every_branch && both_budget.every_branch;
        // Where the single sweep itself is not finite there is nothing to double.
        if (!std::isfinite(single.gradient[i]))
            comparison.allowed = std::numeric_limits<double>::infinity();
        if (!std::isfinite(single.gradient[i])) comparison.wanted = 0;
        compare(report, comparison, drawn.precision);
    }
    return report;
}

}  // namespace gradproof::laws
