// Two questions: the program as drawn, and rewritten.
#include <gradproof/laws/rewrites_agree.hpp>

#include <gradproof/generate/program_rewrite.hpp>
#include <gradproof/laws/comparison.hpp>

#include <span>

namespace gradproof::laws {

check::Report rewrites_agree(const subject::ProgramSubject& subject, const cases::Case& drawn,
                             std::uint64_t seed) {
    const subject::ProgramTrial trial(subject, drawn);
    check::Report report = begin(kRewritesAgree, trial);
    generate::Dice dice{rc::Random(seed)};
    const generate::ProgramRewrite rewrite = generate::drawn_rewrite(drawn, dice);
    const subject::ProgramTrial other(subject, rewrite.rewritten);
    const subject::Answer straight = trial.answer(drawn.cotangent),
                          rewritten = other.answer(drawn.cotangent);
    if (!complete(report, trial, straight) || !complete(report, other, rewritten)) return report;
    compare_ways(report, trial, straight.gradient,
                 std::span(rewritten.gradient).subspan(rewrite.constants), [&] {
                     return allowed_by(trial.budget(drawn.cotangent), other.budget(drawn.cotangent),
                                       straight.gradient.size());
                 });
    if (!report.holds()) report.remark = "\"oracle\" is the answer with " + rewrite.what;
    return report;
}

}  // namespace gradproof::laws
