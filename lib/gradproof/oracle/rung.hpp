// One rung of the ladder: differences of a callable in one wide type, and whether to believe them.
//
// Questions are asked in this order: is the point in the domain; did rounding leave a comparison
// open; does the output depend on the input at all; what do the differences say. With step h and
// h' = h/16 the forward, backward and central quotients D have
//     bound = 2 |D(h) - D(h')| + round-off,   round-off = (e + e) / h' one-sided, e / h' central,
// where e is the largest running error over the stencil: the first term is above the truncation error
// of D(h') as soon as it shrinks with the step, the second is proven.
#pragma once

#include <gradproof/oracle/quotient.hpp>
#include <gradproof/oracle/sample.hpp>
#include <gradproof/oracle/trace_agreement.hpp>

#include <algorithm>
#include <optional>
#include <vector>

namespace gradproof::oracle {

/// The k of the first step 2^-k |x| of a rung: large enough for the truncation error, small enough for
/// the round-off, and leaving bits for x itself.
template <unsigned Digits>
inline constexpr int kStepBits = Digits == 50    ? 53
                                 : Digits == 100 ? 110
                                 : Digits == 400 ? 330
                                                 : 1110;

/// log2 of h/h'.
inline constexpr int kStepRatioBits = 4;

template <unsigned Digits>
class Rung {
    using Number = scalar::Witness<Digits>;
    using Value = scalar::Wide<Digits>;
    using Magnitude = scalar::Magnitude;
    using Trace = scalar::Trace<Digits>;
    using Sample = oracle::Sample<Digits>;
    using Quotient = oracle::Quotient<Digits>;

public:
    /// `step_bits` is the k of the first step; `last` admits infinite slopes as an answer.
    explicit Rung(const Point& point, bool last = false, int step_bits = kStepBits<Digits>)
        : sampler_(point), step_bits_(step_bits), last_(last) {}

    /// The derivative along `direction`.
    [[nodiscard]] Attempt along(const Direction& direction, double budget) {
        direction_ = &direction;
        const Sample centre = at(0, 0);
        if (centre.failure) return failed(*centre.failure);
        if (!centre.dependent && !centre.trace.tied) {
            return Derivative(Smooth{{}, Sides::both, true, Digits});
        }
        const int h = step_bits_;
        if (inputs_move_too_far(h)) return Climb{Unresolved::Reason::moving, 0, {}};
        const Side forward = side(centre, +1, h);
        if (forward.climb) return Climb{*forward.climb, 0, {}};
        const Side backward = side(centre, -1, h);
        if (backward.climb) return Climb{*backward.climb, 0, {}};
        if (!forward.inside && !backward.inside) return Climb{Unresolved::Reason::domain, 0, {}};
        if (forward.jump != 0 || backward.jump != 0) {
            if (!last_) return Climb{};
            return Derivative(jumped(centre, forward, backward));
        }
        return judged(centre, forward, backward, budget);
    }

    /// phi at the point itself.
    [[nodiscard]] Attempt primal(double tolerance) {
        const Sample centre = unmoved();
        if (centre.failure) return failed(*centre.failure);
        Number phi;
        for (std::size_t k = 0; k < centre.outputs.size(); ++k)
            phi += sampler_.term(k, centre.outputs[k]);
        return resolved(phi, tolerance);
    }

    /// Each output at the point itself, whatever the cotangent is.
    [[nodiscard]] std::vector<Attempt> outputs(std::span<const double> tolerances) {
        const Sample centre = unmoved();
        std::vector<Attempt> attempts;
        for (std::size_t k = 0; k < tolerances.size(); ++k) {
            attempts.push_back(centre.failure ? failed(*centre.failure)
                                              : resolved(centre.outputs[k], tolerances[k]));
        }
        return attempts;
    }

private:
    struct Side {
        bool inside = false;
        int jump = 0;  ///< sign of (limit from this side) - (value at the centre)
        std::optional<Unresolved::Reason> climb{};
        Sample far{}, near{};
    };

    Sampler<Digits> sampler_;
    const Direction* direction_ = nullptr;
    int step_bits_ = kStepBits<Digits>;
    bool last_ = false;

    [[nodiscard]] static Magnitude size(const Value& value) { return Number::size(value); }
    /// The inputs are intermediates too, though no trace shows them.
    [[nodiscard]] bool inputs_move_too_far(int k) const {
        for (std::size_t i = 0; i < sampler_.point().inputs.size(); ++i) {
            const double weight = direction_->weights[i], x = sampler_.point().inputs[i];
            if (weight == 0) continue;
            const Magnitude largest = Magnitude(x == 0 ? 1.0 : std::abs(x), kLargestMoveExponent);
            if (Magnitude(std::abs(weight), direction_->step_exponent - k) > largest) return true;
        }
        return false;
    }

    /// phi at the point moved by sign * 2^-k along the direction (not at all where sign is 0).
    [[nodiscard]] Sample at(int sign, int k) const {
        return sampler_.at(direction_->weights, [&](std::size_t entry, Value& x) {
            const double weight = direction_->weights[entry];
            if (weight == 0 || sign == 0) return true;
            return Sampler<Digits>::move(x, sign * weight, direction_->step_exponent - k);
        });
    }

    /// The centre, where nothing is said of what depends on which input.
    [[nodiscard]] Sample unmoved() const {
        return sampler_.at(std::vector<double>(sampler_.point().inputs.size(), 0.0),
                           [](std::size_t, Value&) { return true; });
    }

    [[nodiscard]] static Attempt resolved(const Number& phi, double tolerance) {
        const Quotient result{phi.value(), phi.bound(), phi.bound()};
        const Magnitude wanted = std::max(Magnitude(tolerance), acceptable(0, size(phi.value())));
        if (phi.bound() > wanted) return result.climb_for(wanted);
        return Derivative(Smooth{result.estimate(), Sides::both, false, Digits});
    }

    /// phi at the centre as the limit from one side: ties come out as they did there.
    [[nodiscard]] Sample limit_from(const Sample& side) const {
        return sampler_.at(
            direction_->weights, [](std::size_t, Value&) { return true; }, &side.trace);
    }

    [[nodiscard]] static Attempt failed(Failure failure) {
        if (failure == Failure::left_domain) return Derivative(OutsideDomain{});
        return Climb{reason_of(failure), 0, {}};
    }

    /// Both samples of one side, and whether the traces let them be used: held against the centre's,
    /// or behind a tie against those of the limit from this side.
    [[nodiscard]] Side side(const Sample& centre, int sign, int h) const {
        Side side;
        side.near = at(sign, h + kStepRatioBits);
        const bool tied = centre.trace.tied;
        const Sample limit = tied ? limit_from(side.near) : Sample{};
        const Trace& reference = tied ? limit.trace : centre.trace;
        if (side.near.failure == Failure::left_domain && left_at_edge(reference, side.near.trace))
            return side;
        if (!side.near.failure) side.far = at(sign, h);
        for (const Sample* sample : {&side.near, &side.far}) {
            if (sample->failure) {
                side.climb = reason_of(*sample->failure);
                return side;
            }
        }
        // A limit outside the domain (sin x / x at 0, guarded by a comparison) has no trace: the
        // samples are held against each other.
        const bool no_limit = limit.failure == Failure::left_domain;
        if (limit.failure && !no_limit) side.climb = reason_of(*limit.failure);
        for (const Sample* sample : {&side.near, &side.far}) {
            const TraceAgreement met = no_limit
                                           ? agreement<Digits>(side.near.trace, sample->trace, true)
                                           : agreement<Digits>(reference, sample->trace);
            if (met.moved_too_far) side.climb = Unresolved::Reason::moving;
            if (!met.same_comparisons) side.climb = Unresolved::Reason::comparison;
        }
        if (tied && !limit.failure) {
            const Number gap = sampler_.difference(centre, limit);
            if (size(gap.value()) > gap.bound()) side.jump = gap.value() > 0 ? 1 : -1;
        }
        side.inside = true;
        return side;
    }
    /// The evaluation broke off at an operation that the reference performs on its domain's edge.
    [[nodiscard]] static bool left_at_edge(const Trace& reference, const Trace& side) {
        return std::find(reference.edges.begin(), reference.edges.end(), side.events.size()) !=
               reference.edges.end();
    }

    /// phi(b) - phi(a) over the step 2^-k 2^step_exponent, or over two of them.
    [[nodiscard]] Quotient quotient(const Sample& a, const Sample& b, int k, int steps) const {
        const Number gap = sampler_.difference(a, b);
        return Quotient::scaled(gap, k - direction_->step_exponent - (steps == 2 ? 1 : 0));
    }
    [[nodiscard]] Quotient one_sided(const Sample& centre, const Side& side, int sign) const {
        const int h = step_bits_, near = h + kStepRatioBits;
        if (sign > 0)
            return Quotient::refined(quotient(centre, side.far, h, 1),
                                     quotient(centre, side.near, near, 1));
        return Quotient::refined(quotient(side.far, centre, h, 1),
                                 quotient(side.near, centre, near, 1));
    }
    [[nodiscard]] Quotient central(const Side& forward, const Side& backward) const {
        const int h = step_bits_, near = h + kStepRatioBits;
        return Quotient::refined(quotient(backward.far, forward.far, h, 2),
                                 quotient(backward.near, forward.near, near, 2));
    }

    [[nodiscard]] Attempt judged(const Sample& centre, const Side& forward, const Side& backward,
                                 double budget) {
        if (!forward.inside || !backward.inside) {
            const Quotient only =
                forward.inside ? one_sided(centre, forward, +1) : one_sided(centre, backward, -1);
            if (only.sharp_enough_for(budget)) {
                return Derivative(Smooth{only.estimate(),
                                         forward.inside ? Sides::forward : Sides::backward, false,
                                         Digits});
            }
            if (last_) {
                if (const auto steep = infinite(centre, forward, backward))
                    return Derivative(*steep);
            }
            return only.climb_for_budget(budget);
        }
        const Quotient f = one_sided(centre, forward, +1), b = one_sided(centre, backward, -1);
        if (size(Value(f.value - b.value)) > f.bound + b.bound) {
            if (f.sharp_enough_for(budget) && b.sharp_enough_for(budget))
                return Derivative(Nonsmooth{b.estimate(), f.estimate(), Digits});
            if (last_) {
                if (const auto steep = infinite(centre, forward, backward))
                    return Derivative(*steep);
            }
            return (f.bound > b.bound ? f : b).climb_for(acceptable(budget, size(f.value)));
        }
        const Quotient result =
            centre.trace.tied ? Quotient::joined(f, b) : central(forward, backward);
        if (result.sharp_enough_for(budget))
            return Derivative(
                Smooth{result.estimate(), Sides::both, false, Digits, centre.trace.tied});
        if (last_) {
            if (const auto steep = infinite(centre, forward, backward)) return Derivative(*steep);
        }
        return result.climb_for_budget(budget);
    }

    /// Sign of a side's quotient where it grows like a power of 1/h, else 0.
    ///
    /// Over a ratio of 16 in the step a slope h^(a - 1) grows by 16^(1 - a), and by the same again
    /// over the next 16: both are asked for, at least 16^(1/64), so that a logarithm does not pass.
    [[nodiscard]] int steep_sign(const Sample& centre, const Side& side, int sign,
                                 bool& jump) const {
        if (!side.inside) return 0;
        const int h = step_bits_;
        const Sample nearest = at(sign, h + 2 * kStepRatioBits);
        if (nearest.failure) return 0;
        const auto slope = [&](const Sample& s, int k) {
            const Quotient q = sign > 0 ? quotient(centre, s, k, 1) : quotient(s, centre, k, 1);
            // Round-off must not pass for growth.
            return size(q.value) > q.round_off * Magnitude(0x1p20) ? q.value : Value(0);
        };
        const Value far = slope(side.far, h), near = slope(side.near, h + kStepRatioBits),
                    closest = slope(nearest, h + 2 * kStepRatioBits);
        if (far == 0 || near == 0 || closest == 0) return 0;
        const double first = Value(near / far).template convert_to<double>();
        const double second = Value(closest / near).template convert_to<double>();
        if (!(first > 1.044 && std::abs(second / first - 1) < 0x1p-10)) return 0;
        jump = jump || first > 16 * (1 - 0x1p-10);
        return far > 0 ? 1 : -1;
    }
    /// The function's value at the centre is not its limit from one side, or both.
    [[nodiscard]] InfiniteSlope jumped(const Sample& centre, const Side& forward,
                                       const Side& backward) const {
        InfiniteSlope result;
        result.jump = true;
        bool power = false;
        result.forward = forward.jump != 0 ? forward.jump : steep_sign(centre, forward, +1, power);
        result.backward =
            backward.jump != 0 ? -backward.jump : steep_sign(centre, backward, -1, power);
        return result;
    }
    [[nodiscard]] std::optional<InfiniteSlope> infinite(const Sample& centre, const Side& forward,
                                                        const Side& backward) const {
        InfiniteSlope result;
        result.forward = steep_sign(centre, forward, +1, result.jump);
        result.backward = steep_sign(centre, backward, -1, result.jump);
        if (result.forward == 0 && result.backward == 0) return std::nullopt;
        return result;
    }
};

}  // namespace gradproof::oracle
