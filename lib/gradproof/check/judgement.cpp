// The verdict rules, one answer of the oracle at a time.
#include <gradproof/check/judgement.hpp>

#include <gradproof/scalar/rounding.hpp>

#include <cmath>
#include <limits>
#include <string>
#include <variant>

namespace gradproof::check {

namespace {

using oracle::Estimate;
using oracle::Real;
using scalar::Precision;

[[nodiscard]] double smallest_normal(Precision precision) {
    return precision == Precision::binary32 ? static_cast<double>(std::numeric_limits<float>::min())
                                            : std::numeric_limits<double>::min();
}

/// The spacing of the format at the truth, as ulps are counted.
[[nodiscard]] Real ulp_at(const Real& truth, Precision precision) {
    const int digits = precision == Precision::binary32 ? 24 : 53;
    const int lowest = precision == Precision::binary32 ? -149 : -1074;
    if (truth == 0) return ldexp(Real(1), lowest);
    const long exponent = mpfr_get_exp(truth.backend().data()) - digits;
    return ldexp(Real(1), static_cast<int>(std::max<long>(exponent, lowest)));
}

/// Fills in truth, ulps and share, and says whether the subject lies within what is allowed.
[[nodiscard]] bool within(Entry& entry, const Estimate& truth, const Question& q) {
    entry.truth = truth;
    if (!std::isfinite(entry.subject)) {
        entry.ulps = entry.share = std::numeric_limits<double>::infinity();
        return false;
    }
    const Real gap = abs(Real(entry.subject) - truth.value);
    const Real allowed = Real(entry.budget) + truth.bound;
    entry.ulps = Real(gap / ulp_at(truth.value, q.precision)).convert_to<double>();
    if (gap == 0) {
        entry.share = 0;
    } else {
        entry.share = allowed == 0 ? std::numeric_limits<double>::infinity()
                                   : Real(gap / allowed).convert_to<double>();
    }
    return gap <= allowed;
}

void grade(Entry& entry, const Question& q) {
    const Real size = abs(entry.truth->value);
    if (size != 0 && size < smallest_normal(q.precision)) {
        entry.standing = Standing::out_of_range;
    } else if (entry.budget > 0 && Real(entry.budget) > size / 8) {
        entry.standing = Standing::powerless;
    }
}

[[nodiscard]] Entry smooth(Entry entry, const oracle::Smooth& truth, const Question& q) {
    if (!std::isfinite(entry.budget)) {
        // The reference itself overflows, or rounding may leave a function's domain.
        entry.truth = truth.slope;
        entry.standing =
            std::isfinite(q.allowance.reference) ? Standing::powerless : Standing::out_of_range;
        return entry;
    }
    if (within(entry, truth.slope, q)) {
        grade(entry, q);
        return entry;
    }
    if (q.undetermined) {
        entry.standing = Standing::near_kink;
        entry.verdict = Verdict::undecided;
        entry.remark = "a comparison lies within rounding of a kink";
    } else if (truth.tied && !q.single_primitive) {
        entry.verdict = Verdict::undecided;
        entry.remark = "a tie inside the program: the conventions of its nodes decide";
    } else {
        entry.verdict = Verdict::wrong;
    }
    return entry;
}

[[nodiscard]] Entry nonsmooth(Entry entry, const oracle::Nonsmooth& truth, const Question& q) {
    entry.verdict = Verdict::nonsmooth;
    if (q.declared) {
        entry.remark = "nonsmooth here; the declared convention promises this value";
        if (!within(entry, {Real(*q.declared), 0}, q)) entry.verdict = Verdict::wrong;
        return entry;
    }
    const Real low = std::min(Real(truth.backward.value - truth.backward.bound),
                              Real(truth.forward.value - truth.forward.bound));
    const Real high = std::max(Real(truth.backward.value + truth.backward.bound),
                               Real(truth.forward.value + truth.forward.bound));
    entry.truth = Estimate{(low + high) / 2, (high - low) / 2};
    entry.remark = "nonsmooth here, slopes " + truth.backward.value.str(6) + " and " +
                   truth.forward.value.str(6);
    if (std::isfinite(entry.subject)) {
        const Real value(entry.subject), budget(entry.budget);
        if (value >= low - budget && value <= high + budget) return entry;
    }
    // Which values a program's own conventions add up to is not decided from one entry.
    entry.verdict = q.single_primitive ? Verdict::wrong : Verdict::undecided;
    return entry;
}

[[nodiscard]] Entry infinite(Entry entry, const oracle::InfiniteSlope& truth, const Question& q) {
    const int sign = truth.forward != 0 ? truth.forward : truth.backward;
    entry.verdict = Verdict::nonsmooth;
    if (truth.jump) {
        entry.remark = "the function jumps here";
        entry.verdict = Verdict::undecided;
        return entry;
    }
    entry.remark = sign > 0 ? "the slope is +infinity here" : "the slope is -infinity here";
    if (q.declared && entry.subject == *q.declared) return entry;
    if (!(std::isinf(entry.subject) && std::signbit(entry.subject) == (sign < 0))) {
        entry.verdict = Verdict::wrong;
        entry.ulps = entry.share = std::numeric_limits<double>::infinity();
    }
    return entry;
}

}  // namespace

double unit_roundoff(Precision precision) {
    return precision == Precision::binary32 ? scalar::rounding::unit_roundoff<float>
                                            : scalar::rounding::unit_roundoff<double>;
}

Entry judge(const Question& q) {
    Entry entry;
    entry.name = q.name;
    entry.subject = q.subject;
    entry.budget = q.allowance.bound;
    if (const auto* answer = std::get_if<oracle::Smooth>(&q.truth))
        return smooth(entry, *answer, q);
    if (const auto* answer = std::get_if<oracle::Nonsmooth>(&q.truth))
        return nonsmooth(entry, *answer, q);
    if (const auto* answer = std::get_if<oracle::InfiniteSlope>(&q.truth))
        return infinite(entry, *answer, q);
    entry.verdict = Verdict::undecided;
    if (const auto* answer = std::get_if<oracle::Unresolved>(&q.truth)) {
        entry.truth = answer->best;
        if (q.overflows || !std::isfinite(q.allowance.bound)) {
            // Values beyond the format may be beyond the ladder too: nobody claims a gradient there.
            entry.standing = Standing::out_of_range;
            return entry;
        }
        entry.remark = "unresolved: " + std::string(oracle::to_words(answer->reason));
    } else {
        entry.remark = "the function is not defined at this point";
    }
    return entry;
}

}  // namespace gradproof::check
