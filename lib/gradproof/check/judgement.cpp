// The verdict rules, one answer of the oracle at a time.
#include <gradproof/check/judgement.hpp>

#include <gradproof/scalar/rounding.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <variant>

namespace gradproof::check {

namespace {

using oracle::Estimate;
using oracle::Real;
using scalar::Precision;

/// Decimal digits of the format.
[[nodiscard]] double digits_of(Precision precision) {
    return -std::log10(2 * unit_roundoff(precision));
}

/// The spacing of the format at the truth, as ulps are counted.
[[nodiscard]] Real ulp_at(const Real& truth, Precision precision) {
    const int digits = precision == Precision::binary32 ? 24 : 53;
    const int lowest = precision == Precision::binary32 ? -149 : -1074;
    // A declared convention may be infinite, where the exponent of MPFR is no number to count with.
    if (truth == 0 || !isfinite(truth)) return ldexp(Real(1), lowest);
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
    entry.standing = standing_of(entry.truth->value, Real(entry.budget), q.precision);
}

[[nodiscard]] bool inside_hull(const Entry& entry, const Question& q) {
    return q.hull && entry.subject >= q.hull->low && entry.subject <= q.hull->high;
}

void leave_open(Entry& entry) {
    entry.verdict = Verdict::undecided;
    entry.standing = Standing::near_kink;
    entry.remark = "more comparisons are open here than can be looked at one by one";
}

/// Wrong, unless comparisons are open whose branches nobody has looked at.
void fail(Entry& entry, const Question& q) {
    if (q.judgeable) {
        entry.verdict = Verdict::wrong;
    } else {
        leave_open(entry);
    }
}

/// In a program that is smooth here although something ties: a sound sweep adds up what the
/// conventions of its nodes promise, which need not be the slope.
void at_tie(Entry& entry, const Question& q) {
    entry.at_kink = true;
    if (!q.declared) {
        entry.verdict = q.hull ? Verdict::wrong : Verdict::undecided;
        entry.remark = q.hull ? "a tie inside the program; no side of it gives this value"
                              : "a tie inside the program: the conventions of its nodes decide";
        return;
    }
    const Entry against_truth = entry;
    if (within(entry, {q.declared->value, q.declared->bound}, q)) {
        entry.verdict = Verdict::nonsmooth;
        entry.remark = "a tie inside the program; the declared conventions add up to this value";
        return;
    }
    entry = against_truth;
    entry.verdict = Verdict::wrong;
    entry.remark =
        "a tie inside the program; the declared conventions add up to " + q.declared->value.str(6);
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
    if (inside_hull(entry, q)) {
        if (truth.tied) {
            entry.verdict = Verdict::nonsmooth;
            entry.remark = "a tie inside the program; one side of it gives this value";
        } else {
            entry.standing = Standing::near_kink;
        }
    } else if (!q.judgeable) {
        leave_open(entry);
    } else if ((truth.tied || truth.sides != oracle::Sides::both) && !q.single_primitive) {
        at_tie(entry, q);
    } else {
        entry.verdict = Verdict::wrong;
        entry.at_kink = truth.tied;
    }
    return entry;
}

/// Where the slope is finite, no infinity of a program's sweep is a number: a part of it has overflowed.
[[nodiscard]] bool overflowed(const Question& q) {
    return !q.single_primitive && !std::isfinite(q.allowance.reference);
}

/// Behind an infinite slope a program's sweep need not end in a number: of sqrt(x^2) at 0 it is NaN. Nor
/// need it have the sign of the slope, where that is a factor's within rounding of 0, or of the other side
/// of a tie: then the reference itself has the other sign.
[[nodiscard]] bool beyond_numbers(const Question& q, int sign) {
    const double reference = q.allowance.reference;
    const bool other_sign = std::isinf(reference) && std::signbit(reference) != (sign < 0);
    return !q.single_primitive && (std::isnan(reference) || other_sign);
}

[[nodiscard]] Entry nonsmooth(Entry entry, const oracle::Nonsmooth& truth, const Question& q) {
    if (overflowed(q)) {
        entry.standing = Standing::out_of_range;
        return entry;
    }
    entry.verdict = Verdict::nonsmooth;
    entry.at_kink = true;
    const Real low = std::min(Real(truth.backward.value - truth.backward.bound),
                              Real(truth.forward.value - truth.forward.bound));
    const Real high = std::max(Real(truth.backward.value + truth.backward.bound),
                               Real(truth.forward.value + truth.forward.bound));
    const std::string slopes = "nonsmooth here, slopes " + truth.backward.value.str(6) + " and " +
                               truth.forward.value.str(6);
    if (q.declared) {
        entry.remark = slopes + "; the declared convention promises this value";
        if (within(entry, {q.declared->value, q.declared->bound}, q) || inside_hull(entry, q)) {
            return entry;
        }
        entry.remark = slopes + "; the declared convention promises " + q.declared->value.str(6);
        fail(entry, q);
        return entry;
    }
    entry.truth = Estimate{(low + high) / 2, (high - low) / 2};
    entry.remark = slopes;
    // Where a comparison ties, the sides of all that tie go together, and the hull knows them. At the corner of
    // a norm no branch is the slope of a side: each value between is that of a subgradient.
    const bool sides_are_branches = q.hull && q.hull->low < q.hull->high;
    const bool any_between = q.single_primitive || (!sides_are_branches && q.judgeable);
    if (std::isfinite(entry.subject) && any_between) {
        const Real value(entry.subject), budget(entry.budget);
        if (value >= low - budget && value <= high + budget) return entry;
    }
    if (inside_hull(entry, q)) return entry;
    fail(entry, q);
    return entry;
}

[[nodiscard]] Entry infinite(Entry entry, const oracle::InfiniteSlope& truth, const Question& q) {
    const int sign = truth.forward != 0 ? truth.forward : truth.backward;
    if (beyond_numbers(q, sign)) {
        entry.standing = Standing::out_of_range;
        return entry;
    }
    // Rounding may have moved the sweep away from the point: sin(acos(-1)) is 0, and 1.2e-16 in double.
    if (!q.single_primitive && std::isfinite(q.allowance.reference) &&
        std::isinf(q.allowance.bound)) {
        entry.standing = Standing::powerless;
        return entry;
    }
    entry.verdict = Verdict::nonsmooth;
    entry.at_kink = true;
    // In a program a sweep may meet a kink behind the infinite slope: relu'(0) = 0 makes 0 of it.
    const Real rounding(q.single_primitive ? 0 : entry.budget);
    const bool as_declared =
        q.declared && std::isfinite(entry.subject) &&
        abs(Real(entry.subject) - q.declared->value) <= rounding + q.declared->bound;
    if (truth.jump) {
        entry.remark = "the function jumps here: no number is its derivative";
        if (q.declared && !as_declared) fail(entry, q);
        return entry;
    }
    entry.remark = sign > 0 ? "the slope is +infinity here" : "the slope is -infinity here";
    if (as_declared || inside_hull(entry, q)) return entry;
    if (!(std::isinf(entry.subject) && std::signbit(entry.subject) == (sign < 0))) {
        fail(entry, q);
        entry.ulps = entry.share = std::numeric_limits<double>::infinity();
    }
    return entry;
}

}  // namespace

double unit_roundoff(Precision precision) {
    return precision == Precision::binary32 ? scalar::rounding::unit_roundoff<float>
                                            : scalar::rounding::unit_roundoff<double>;
}

std::string digits_in_words(const Entry& entry, Precision precision) {
    const double digits = digits_of(precision);
    if (entry.digits_lost >= digits) return "every digit";
    if (entry.digits_lost < 1) return "less than a digit";
    return fmt::format("{:.1f} of {:.1f} digits", entry.digits_lost, digits);
}

Entry inaccurate(Entry entry, Precision precision) {
    entry.verdict = Verdict::inaccurate;
    const double digits = digits_of(precision);
    if (!std::isfinite(entry.subject)) {
        entry.digits_lost = digits;
        entry.remark = "the formula is right, but leaves the range of the format on its way";
        return entry;
    }
    const Real gap = abs(Real(entry.subject) - entry.truth->value);
    const double relative =
        entry.truth->value == 0 ? 1 : Real(gap / abs(entry.truth->value)).convert_to<double>();
    entry.digits_lost = std::clamp(digits + std::log10(relative), 0.0, digits);
    entry.remark = "the formula is right; rounding loses " + digits_in_words(entry, precision);
    return entry;
}

Standing standing_of(const Real& truth, const Real& allowed, Precision precision) {
    const Real size = abs(truth);
    if (size != 0 && size < smallest_normal(precision)) return Standing::out_of_range;
    return allowed > size / 8 && allowed > 0 ? Standing::powerless : Standing::judged;
}

bool conventions_decide(const oracle::Derivative& truth) {
    if (const auto* smooth = std::get_if<oracle::Smooth>(&truth))
        return smooth->tied || smooth->sides != oracle::Sides::both;
    return std::holds_alternative<oracle::Nonsmooth>(truth) ||
           std::holds_alternative<oracle::InfiniteSlope>(truth);
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
