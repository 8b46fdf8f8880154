// One rung of the ladder: differences of a callable in one wide type, and whether to believe them.
//
// Questions are asked in this order: is the point in the domain; did rounding leave a comparison
// open; does the output depend on the input at all; what do the differences say. With step h and
// h' = h/16 the forward, backward and central quotients D have
//     bound = 2 |D(h) - D(h')| + round-off,   round-off = (e + e) / h' one-sided, e / h' central,
// where e is the largest running error over the stencil: the first term is above the truncation error
// of D(h') as soon as it shrinks with the step, the second is proven.
#pragma once

#include <gradproof/oracle/oracle.hpp>
#include <gradproof/oracle/trace_agreement.hpp>

#include <algorithm>
#include <map>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

namespace gradproof::oracle {

/// A rung that could not answer, why, and how many more bits the round-off alone would need.
struct Climb {
    Unresolved::Reason reason = Unresolved::Reason::bound;
    std::int64_t missing_bits = 0;
    std::optional<Estimate> best;
};

using Attempt = std::variant<Derivative, Climb>;

/// The k of the first step 2^-k |x| of a rung: large enough for the truncation error, small enough for
/// the round-off, and leaving bits for x itself.
template <unsigned Digits>
inline constexpr int kStepBits = Digits == 50 ? 53 : Digits == 100 ? 110 : Digits == 300 ? 330 : 1110;

/// log2 of h/h'.
inline constexpr int kStepRatioBits = 4;

/// The estimate's bound that is good enough: max(budget/8, 2^-57 |slope|, 2^-1078).
[[nodiscard]] inline scalar::Magnitude acceptable(double budget, const scalar::Magnitude& slope) {
    const scalar::Magnitude floor = scalar::Magnitude::power_of_two(-1078);
    return std::max(std::max(scalar::Magnitude(budget / 8), slope * scalar::Magnitude::power_of_two(-57)),
                    floor);
}

template <unsigned Digits>
class Rung {
    using Number = scalar::Witness<Digits>;
    using Value = scalar::Wide<Digits>;
    using Magnitude = scalar::Magnitude;
    using Trace = scalar::Trace<Digits>;

public:
    /// `step_bits` is the k of the first step; `last` admits infinite slopes as an answer.
    explicit Rung(const Point& point, bool last = false, int step_bits = kStepBits<Digits>)
        : point_(point), step_bits_(step_bits), last_(last) {
        scalar::open_exponent_range();
    }

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
        const Direction nowhere{std::vector<double>(point_.inputs.size(), 0.0), 0};
        direction_ = &nowhere;
        const Sample centre = at(0, 0);
        if (centre.failure) return failed(*centre.failure);
        Number phi;
        for (std::size_t k = 0; k < centre.outputs.size(); ++k) phi += term(k, centre.outputs[k]);
        const Quotient result{phi.value(), phi.bound(), phi.bound()};
        const Magnitude wanted = std::max(Magnitude(tolerance), acceptable(0, size(phi.value())));
        if (phi.bound() > wanted) return climb_for(result, wanted);
        return Derivative(Smooth{estimate(result), Sides::both, false, Digits});
    }

    /// Second derivative along two directions (single entries) by mixed differences.
    [[nodiscard]] Attempt mixed(const Direction& first, const Direction& second, bool same, double budget) {
        const int h = static_cast<int>(scalar::kWideBits<Digits> / 4);
        const std::vector<Quotient> coarse = mixed_quotients(first, second, same, h);
        if (coarse.empty()) return Climb{mixed_failure_, 0, {}};
        const std::vector<Quotient> fine = mixed_quotients(first, second, same, h + 1);
        if (fine.empty()) return Climb{mixed_failure_, 0, {}};
        const Quotient result = refined(coarse[0], fine[0]);
        // A kink of the slope averages out in the symmetric stencil, not in the one-sided ones.
        for (std::size_t i = 1; i < fine.size(); ++i) {
            const Quotient one_sided = refined(coarse[i], fine[i]);
            if (size(Value(one_sided.value - result.value)) > one_sided.bound + result.bound) return Climb{};
        }
        const Magnitude wanted = acceptable(budget, size(result.value));
        if (result.bound > wanted) return climb_for(result, wanted);
        return Derivative(Smooth{estimate(result), Sides::both, false, Digits});
    }

private:
    enum class Failure { left_domain, undecided, left_range, inexact };

    /// The outputs at one point of the stencil. phi is never formed: what does not depend on the
    /// input would only drown what does.
    struct Sample {
        std::vector<Number> outputs{};
        bool dependent = false;
        Trace trace{};
        std::optional<Failure> failure{};
    };
    /// A quotient with its whole bound, of which `round_off` is the proven part.
    struct Quotient {
        Value value{};
        Magnitude bound{};
        Magnitude round_off{};
    };
    struct Side {
        bool inside = false;
        int jump = 0;  ///< sign of (limit from this side) - (value at the centre)
        std::optional<Unresolved::Reason> climb{};
        Sample far{}, near{};
    };

    const Point& point_;
    const Direction* direction_ = nullptr;
    int step_bits_ = kStepBits<Digits>;
    bool last_ = false;
    Unresolved::Reason mixed_failure_ = Unresolved::Reason::bound;

    [[nodiscard]] static Magnitude size(const Value& value) { return Number::size(value); }
    [[nodiscard]] static Value as_value(const Magnitude& magnitude) {
        if (magnitude.is_infinite()) return std::numeric_limits<Value>::infinity();
        Value result(magnitude.mantissa());
        mpfr_mul_2si(result.backend().data(), result.backend().data(), magnitude.exponent(), MPFR_RNDU);
        return result;
    }

    /// Adds 2^(step_exponent - k) weight sign to x; false where the sum does not fit the type.
    [[nodiscard]] static bool move(Value& x, double weight, std::int64_t exponent) {
        Value step(weight);
        mpfr_mul_2si(step.backend().data(), step.backend().data(), exponent, MPFR_RNDN);
        return mpfr_add(x.backend().data(), x.backend().data(), step.backend().data(), MPFR_RNDN) == 0;
    }

    /// The inputs are intermediates too, though no trace shows them.
    [[nodiscard]] bool inputs_move_too_far(int k) const {
        for (std::size_t i = 0; i < point_.inputs.size(); ++i) {
            const double weight = direction_->weights[i], x = point_.inputs[i];
            if (weight == 0) continue;
            const Magnitude largest = Magnitude(x == 0 ? 1.0 : std::abs(x), kLargestMoveExponent);
            if (Magnitude(std::abs(weight), direction_->step_exponent - k) > largest) return true;
        }
        return false;
    }

    /// phi at the point moved by sign * 2^-k along the direction (not at all where sign is 0).
    [[nodiscard]] Sample at(int sign, int k) const {
        return evaluated([&](std::size_t entry, Value& x) {
            const double weight = direction_->weights[entry];
            if (weight == 0 || sign == 0) return true;
            return move(x, sign * weight, direction_->step_exponent - k);
        });
    }

    /// phi at the centre as the limit from one side: ties come out as they did there.
    [[nodiscard]] Sample limit_from(const Sample& side) const {
        return evaluated([](std::size_t, Value&) { return true; }, &side.trace);
    }

    template <class Perturb>
    [[nodiscard]] Sample evaluated(Perturb perturb, const Trace* followed = nullptr) const {
        Sample sample;
        sample.trace.followed = followed;
        std::vector<Number> inputs;
        inputs.reserve(point_.inputs.size());
        for (std::size_t entry = 0; entry < point_.inputs.size(); ++entry) {
            Value x(point_.inputs[entry]);
            if (!perturb(entry, x)) {
                sample.failure = Failure::inexact;
                return sample;
            }
            inputs.emplace_back(x, &sample.trace, direction_->weights[entry] != 0);
        }
        try {
            sample.outputs = point_.function.evaluate(std::span<const Number>(inputs));
            for (std::size_t k = 0; k < sample.outputs.size(); ++k) {
                Number& output = sample.outputs[k];
                sample.dependent = sample.dependent || (point_.cotangent[k] != 0 && output.dependent());
                output = unrecorded(output);  // the trace lives and moves with the sample
            }
        } catch (const scalar::LeftDomain&) {
            sample.failure = Failure::left_domain;
        } catch (const scalar::UndecidedComparison&) {
            sample.failure = Failure::undecided;
        } catch (const scalar::LeftRange&) {
            sample.failure = Failure::left_range;
        }
        return sample;
    }

    [[nodiscard]] static Unresolved::Reason reason_of(Failure failure) {
        switch (failure) {
            case Failure::left_domain: return Unresolved::Reason::domain;
            case Failure::undecided: return Unresolved::Reason::comparison;
            case Failure::left_range: return Unresolved::Reason::range;
            case Failure::inexact: return Unresolved::Reason::inexact;
        }
        return Unresolved::Reason::bound;
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
        if (side.near.failure == Failure::left_domain && left_at_edge(reference, side.near.trace)) return side;
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
            const TraceAgreement met = no_limit ? agreement<Digits>(side.near.trace, sample->trace, true)
                                                : agreement<Digits>(reference, sample->trace);
            if (met.moved_too_far) side.climb = Unresolved::Reason::moving;
            if (!met.same_comparisons) side.climb = Unresolved::Reason::comparison;
        }
        if (tied && !limit.failure) {
            const Number gap = difference(centre, limit);
            if (size(gap.value()) > gap.bound()) side.jump = gap.value() > 0 ? 1 : -1;
        }
        side.inside = true;
        return side;
    }
    /// The evaluation broke off at an operation that the reference performs on its domain's edge.
    [[nodiscard]] static bool left_at_edge(const Trace& reference, const Trace& side) {
        return std::find(reference.edges.begin(), reference.edges.end(), side.events.size()) != reference.edges.end();
    }

    /// Output k's share of phi; output entries with a zero cotangent do not belong to it.
    [[nodiscard]] Number term(std::size_t k, const Number& output) const {
        return point_.cotangent[k] == 0 ? Number(0) : Number(point_.cotangent[k]) * output;
    }
    /// phi(b) - phi(a), output by output, with its proven bound. What does not depend on the input
    /// does not move, unless a tie lets the two points take different branches.
    [[nodiscard]] Number difference(const Sample& a, const Sample& b) const {
        Number sum;
        const bool branches = a.trace.tied || b.trace.tied;
        for (std::size_t k = 0; k < b.outputs.size(); ++k) {
            const bool moves = branches || a.outputs[k].dependent() || b.outputs[k].dependent();
            if (moves) sum += term(k, b.outputs[k] - a.outputs[k]);
        }
        return sum;
    }
    /// phi(b) - phi(a) over the step 2^-k 2^step_exponent, or over two of them.
    [[nodiscard]] Quotient quotient(const Sample& a, const Sample& b, int k, int steps) const {
        const Number gap = difference(a, b);
        return scaled(gap, k - direction_->step_exponent - (steps == 2 ? 1 : 0));
    }
    [[nodiscard]] static Quotient scaled(const Number& gap, std::int64_t exponent) {
        Quotient result;
        result.value = gap.value();
        mpfr_mul_2si(result.value.backend().data(), result.value.backend().data(), exponent, MPFR_RNDN);
        result.round_off = gap.bound() * Magnitude::power_of_two(exponent);
        result.bound = result.round_off;
        return result;
    }
    [[nodiscard]] static Magnitude half_unit(const Value& value) {
        return size(value) * Magnitude::power_of_two(-scalar::kWideBits<Digits>);
    }
    [[nodiscard]] static Quotient refined(const Quotient& coarse, const Quotient& fine) {
        Quotient result = fine;
        result.round_off = std::max(coarse.round_off, fine.round_off);
        result.bound = Magnitude(2.0) * size(Value(coarse.value - fine.value)) + result.round_off;
        return result;
    }
    [[nodiscard]] Quotient one_sided(const Sample& centre, const Side& side, int sign) const {
        const int h = step_bits_, near = h + kStepRatioBits;
        if (sign > 0) return refined(quotient(centre, side.far, h, 1), quotient(centre, side.near, near, 1));
        return refined(quotient(side.far, centre, h, 1), quotient(side.near, centre, near, 1));
    }
    [[nodiscard]] Quotient central(const Side& forward, const Side& backward) const {
        const int h = step_bits_, near = h + kStepRatioBits;
        return refined(quotient(backward.far, forward.far, h, 2), quotient(backward.near, forward.near, near, 2));
    }

    [[nodiscard]] Attempt judged(const Sample& centre, const Side& forward, const Side& backward,
                                 double budget) {
        const auto accepted = [&](const Quotient& q) { return !(q.bound > acceptable(budget, size(q.value))); };
        if (!forward.inside || !backward.inside) {
            const Quotient only = forward.inside ? one_sided(centre, forward, +1) : one_sided(centre, backward, -1);
            if (accepted(only)) {
                return Derivative(Smooth{estimate(only), forward.inside ? Sides::forward : Sides::backward, false, Digits});
            }
            if (last_) {
                if (const auto steep = infinite(centre, forward, backward)) return Derivative(*steep);
            }
            return climb_for(only, acceptable(budget, size(only.value)));
        }
        const Quotient f = one_sided(centre, forward, +1), b = one_sided(centre, backward, -1);
        if (size(Value(f.value - b.value)) > f.bound + b.bound) {
            if (accepted(f) && accepted(b)) return Derivative(Nonsmooth{estimate(b), estimate(f), Digits});
            if (last_) {
                if (const auto steep = infinite(centre, forward, backward)) return Derivative(*steep);
            }
            return climb_for(f.bound > b.bound ? f : b, acceptable(budget, size(f.value)));
        }
        const Quotient result = centre.trace.tied ? joined(f, b) : central(forward, backward);
        if (accepted(result)) return Derivative(Smooth{estimate(result), Sides::both, false, Digits, centre.trace.tied});
        if (last_) {
            if (const auto steep = infinite(centre, forward, backward)) return Derivative(*steep);
        }
        return climb_for(result, acceptable(budget, size(result.value)));
    }

    /// One value for two sides that agree within their bounds: the middle, reaching both.
    [[nodiscard]] static Quotient joined(const Quotient& f, const Quotient& b) {
        Quotient result;
        result.value = (f.value + b.value) / 2;
        result.round_off = std::max(f.round_off, b.round_off) + half_unit(f.value) + half_unit(b.value);
        result.bound = std::max(f.bound, b.bound) + size(Value(f.value - b.value)) + half_unit(f.value) + half_unit(b.value);
        return result;
    }

    /// Sign of a side's quotient where it grows like a power of 1/h, else 0.
    ///
    /// Over a ratio of 16 in the step a slope h^(a - 1) grows by 16^(1 - a), and by the same again
    /// over the next 16: both are asked for, at least 16^(1/64), so that a logarithm does not pass.
    [[nodiscard]] int steep_sign(const Sample& centre, const Side& side, int sign, bool& jump) const {
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
    [[nodiscard]] InfiniteSlope jumped(const Sample& centre, const Side& forward, const Side& backward) const {
        InfiniteSlope result;
        result.jump = true;
        bool power = false;
        result.forward = forward.jump != 0 ? forward.jump : steep_sign(centre, forward, +1, power);
        result.backward = backward.jump != 0 ? -backward.jump : steep_sign(centre, backward, -1, power);
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

    /// A corner of a second difference: its weight, and how many steps it is off in both directions.
    struct Corner {
        int weight, along_first, along_second;
    };
    using SecondDifference = std::vector<Corner>;

    /// The symmetric second difference, then the one-sided ones.
    [[nodiscard]] static std::vector<SecondDifference> second_differences(bool same) {
        if (same) {
            return {{{1, 1, 0}, {-2, 0, 0}, {1, -1, 0}},
                    {{1, 2, 0}, {-2, 1, 0}, {1, 0, 0}},
                    {{1, -2, 0}, {-2, -1, 0}, {1, 0, 0}}};
        }
        std::vector<SecondDifference> all{{{1, 1, 1}, {-1, 1, -1}, {-1, -1, 1}, {1, -1, -1}}};
        for (const int s : {1, -1}) {
            for (const int t : {1, -1}) all.push_back({{s * t, s, t}, {-s * t, s, 0}, {-s * t, 0, t}, {s * t, 0, 0}});
        }
        return all;
    }

    /// All second differences with steps 2^-k in each direction; none, and why, where a sample fails.
    [[nodiscard]] std::vector<Quotient> mixed_quotients(const Direction& first, const Direction& second,
                                                        bool same, int k) {
        Direction both{first.weights, 0};
        for (std::size_t i = 0; i < both.weights.size(); ++i) {
            if (second.weights[i] != 0) both.weights[i] = 1;
        }
        direction_ = &both;
        const auto sampled = [&](int a, int b) {
            return evaluated([&](std::size_t entry, Value& x) {
                bool exact = true;
                if (a != 0 && first.weights[entry] != 0) exact = move(x, a, first.step_exponent - k);
                if (b != 0 && second.weights[entry] != 0) exact = move(x, b, second.step_exponent - k) && exact;
                return exact;
            });
        };
        std::map<std::pair<int, int>, Sample> samples;
        const Sample& centre = samples.try_emplace({0, 0}, sampled(0, 0)).first->second;
        if (centre.failure) return refuse(reason_of(*centre.failure));
        if (centre.trace.tied) return refuse(Unresolved::Reason::comparison);
        std::vector<Quotient> quotients;
        for (const SecondDifference& corners : second_differences(same)) {
            Number sum;
            for (const auto& [weight, a, b] : corners) {
                const auto place = std::pair(a, b);
                if (!samples.contains(place)) samples.emplace(place, sampled(a, b));
                const Sample& sample = samples.at(place);
                if (sample.failure) return refuse(reason_of(*sample.failure));
                const TraceAgreement with_centre = agreement<Digits>(centre.trace, sample.trace);
                if (with_centre.moved_too_far) return refuse(Unresolved::Reason::moving);
                if (!with_centre.same_comparisons) return refuse(Unresolved::Reason::comparison);
                // The weights add up to 0, so each corner may count from the centre.
                sum += Number(weight) * difference(centre, sample);
            }
            // Between the corners of the symmetric mixed difference lie two steps in each direction.
            const int halvings = !same && quotients.empty() ? 2 : 0;
            quotients.push_back(scaled(sum, 2 * std::int64_t{k} - first.step_exponent - second.step_exponent - halvings));
        }
        return quotients;
    }
    [[nodiscard]] std::vector<Quotient> refuse(Unresolved::Reason reason) {
        mixed_failure_ = reason;
        return {};
    }

    [[nodiscard]] static Estimate estimate(const Quotient& q) {
        Estimate result;
        result.value = Real(q.value);
        // Handing the value out in 50 digits rounds it once more.
        const Magnitude handed_out = size(q.value) * Magnitude::power_of_two(-scalar::kWideBits<50>);
        result.bound = Real(as_value(q.bound + handed_out));
        return result;
    }
    [[nodiscard]] static Attempt climb_for(const Quotient& q, const Magnitude& wanted) {
        Climb climb{Unresolved::Reason::bound, 0, estimate(q)};
        if (q.round_off > wanted) climb.missing_bits = q.round_off.exponent() - wanted.exponent();
        return climb;
    }
};

}  // namespace gradproof::oracle
