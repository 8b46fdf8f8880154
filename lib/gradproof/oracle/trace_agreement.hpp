// Holds the traces of two evaluations against each other: did a comparison come out differently,
// did an intermediate move further than a difference formula can bear?
#pragma once

#include <gradproof/scalar/witness.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace gradproof::oracle {

/// The largest relative change of an intermediate over a stencil that is still believed. With it the
/// neglected terms of a difference formula shrink by 2^-20 each; ablated, tanh(1e40 x) at 0 and
/// sin(1e300) come out wrong.
inline constexpr int kLargestMoveExponent = -20;

struct TraceAgreement {
    bool same_comparisons = true;
    bool moved_too_far = false;
};

namespace detail {

[[nodiscard]] inline bool tiny(const scalar::Event& a) {
    return a.mantissa == 0 || a.exponent <= kLargestMoveExponent;
}

/// |b - a| > 2^-20 |a|, and > 2^-20 where a is 0.
[[nodiscard]] inline bool moved(const scalar::Event& a, const scalar::Event& b) {
    if (a.mantissa == 0) return !tiny(b);
    if (b.mantissa == 0) return true;
    const std::int64_t gap = b.exponent - a.exponent;
    if (gap > 1 || gap < -1) return true;
    const double change = std::ldexp(b.mantissa, static_cast<int>(gap)) - a.mantissa;
    return std::abs(change) > std::ldexp(std::abs(a.mantissa), kLargestMoveExponent);
}

/// An angle that is known less well than that may have moved by whole periods: cos of 2e76 at 50 digits.
template <unsigned Digits>
[[nodiscard]] bool turned(const scalar::Trace<Digits>& centre, const scalar::Event& a,
                          const scalar::Trace<Digits>& side, const scalar::Event& b) {
    const auto& from = centre.angles[static_cast<std::size_t>(a.exponent)];
    const auto& to = side.angles[static_cast<std::size_t>(b.exponent)];
    const scalar::Wide<Digits> farthest = abs(to - from) + a.mantissa + b.mantissa;
    return farthest > ldexp(scalar::Wide<Digits>(1), kLargestMoveExponent);
}

}  // namespace detail

/// Compares `side` with `centre` event by event, up to the first comparison that differs: past it
/// the two run along different branches. `may_vanish` where `centre` is itself a point of the stencil
/// near one that has no trace: then what is small at both may be 0 there, and moves absolutely.
template <unsigned Digits>
[[nodiscard]] TraceAgreement agreement(const scalar::Trace<Digits>& centre,
                                       const scalar::Trace<Digits>& side, bool may_vanish = false) {
    using Kind = scalar::Event::Kind;
    TraceAgreement result;
    const std::size_t shared = std::min(centre.events.size(), side.events.size());
    for (std::size_t i = 0; i < shared; ++i) {
        const scalar::Event& a = centre.events[i];
        const scalar::Event& b = side.events[i];
        if (a.kind != b.kind || (a.kind == Kind::comparison && a.mantissa != b.mantissa)) {
            result.same_comparisons = false;
            return result;
        }
        // What is linear has no terms to neglect, however far it moves.
        if (a.kind == Kind::value && !(a.linear && b.linear) && detail::moved(a, b) &&
            !(may_vanish && detail::tiny(a) && detail::tiny(b))) {
            result.moved_too_far = true;
        }
        if (a.kind == Kind::angle && detail::turned(centre, a, side, b)) {
            result.moved_too_far = true;
        }
    }
    if (centre.events.size() != side.events.size()) result.same_comparisons = false;
    return result;
}

}  // namespace gradproof::oracle
