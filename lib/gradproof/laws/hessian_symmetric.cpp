// Two Hessian-vector products against each other.
#include <gradproof/laws/hessian_symmetric.hpp>

#include <gradproof/case/along_direction.hpp>
#include <gradproof/laws/comparison.hpp>
#include <gradproof/laws/drawn_direction.hpp>

#include <vector>

namespace gradproof::laws {

check::Report hessian_symmetric(const subject::ProgramSubject& subject, const cases::Case& drawn,
                                std::uint64_t seed) {
    const subject::ProgramTrial trial(subject, drawn);
    check::Report report = begin(kHessianSymmetric, trial);
    // Any other seed: the two directions must not be one.
    const std::vector<double> s = drawn_direction(drawn, seed, Spread::all).weights;
    const std::vector<double> t = drawn_direction(drawn, ~seed, Spread::all).weights;
    const std::vector<double>& u = drawn.cotangent;
    const auto along_s = subject.hvp(drawn, u, s), along_t = subject.hvp(drawn, u, t);
    if (!along_s || !along_t) return not_offered(std::move(report), "second order");
    for (const auto* answer : {&*along_s, &*along_t}) {
        if (!has_size(report, answer->size(), s.size(), "Hessian-vector product")) return report;
    }
    const cases::Budget of_s = cases::hvp_budget(drawn, u, s, subject.ties());
    const cases::Budget of_t = cases::hvp_budget(drawn, u, t, subject.ties());
    Sides sides{"<t, H s>, against <s, H t>", projection(t, *along_s, of_s),
                projection(s, *along_t, of_t)};
    sides.judgeable = of_s.every_branch && of_t.every_branch;
    compare_sides(report, sides, drawn.precision);
    return report;
}

}  // namespace gradproof::laws
