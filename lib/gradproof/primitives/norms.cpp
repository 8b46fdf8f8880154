// How large a vector is: its largest entry, the sum of its magnitudes, its Euclidean length.
#include <gradproof/primitives/norms.hpp>

#include <gradproof/primitives/elementwise.hpp>

#include <algorithm>
#include <vector>

namespace gradproof::primitives {

namespace {

using namespace gradproof::scalar;  // sqrt, hypot of built-in types; others by argument

/// The larger of the halves' largest, with no comparison: (a + b + |a - b|)/2.
template <class S>
S largest_by_halves(std::span<const S> x) {
    if (x.size() == 1) return x[0];
    const S a = largest_by_halves(x.first(x.size() / 2));
    const S b = largest_by_halves(x.subspan(x.size() / 2));
    return (a + b + hypot(a - b, S(0))) / S(2);
}

struct Max {
    template <class S>
    static std::size_t place(std::span<const S> x) {
        std::size_t largest = 0;
        for (std::size_t i = 1; i < x.size(); ++i) {
            if (x[largest] < x[i]) largest = i;
        }
        return largest;
    }
    template <class S>
    static void primal(const Application&, Inputs<S> inputs, std::span<S> result) {
        result[0] = inputs[0][place(inputs[0])];
    }
    template <class S>
    static void pullback(const Application&, std::span<const S> cotangent, std::span<const S>,
                         Inputs<S> inputs, Accumulators<S> accumulators) {
        if (exactly_zero(cotangent[0])) return;
        accumulators[0][place(inputs[0])] += cotangent[0];
    }
    template <class S>
    static void second_form(const Application&, Inputs<S> inputs, std::span<S> result) {
        result[0] = largest_by_halves(inputs[0]);
    }
    static void at_tie(const Application&, std::span<const double> cotangent, Inputs<double> inputs,
                       Accumulators<double> gradient) {
        const std::span<const double> x = inputs[0];
        std::fill(gradient[0].begin(), gradient[0].end(), 0.0);
        gradient[0][static_cast<std::size_t>(std::max_element(x.begin(), x.end()) - x.begin())] =
            cotangent[0];
    }
};

struct L1Norm {
    template <class S>
    static void primal(const Application&, Inputs<S> inputs, std::span<S> result) {
        S sum(0);
        for (const S& x : inputs[0]) sum += x > S(0) ? x : S(0) - x;
        result[0] = sum;
    }
    template <class S>
    static void pullback(const Application&, std::span<const S> cotangent, std::span<const S>,
                         Inputs<S> inputs, Accumulators<S> accumulators) {
        if (exactly_zero(cotangent[0])) return;
        for (std::size_t i = 0; i < inputs[0].size(); ++i) {
            const S& x = inputs[0][i];
            accumulators[0][i] += x > S(0) ? cotangent[0] : (x < S(0) ? -cotangent[0] : S(0));
        }
    }
    /// Last to first, with |x| = hypot(x, 0).
    template <class S>
    static void second_form(const Application&, Inputs<S> inputs, std::span<S> result) {
        result[0] = S(0);
        for (std::size_t i = inputs[0].size(); i-- > 0;) result[0] += hypot(inputs[0][i], S(0));
    }
    static void at_tie(const Application&, std::span<const double> cotangent, Inputs<double> inputs,
                       Accumulators<double> gradient) {
        const auto sign = [](double x) { return static_cast<double>(x > 0) - (x < 0); };
        for (std::size_t i = 0; i < inputs[0].size(); ++i)
            gradient[0][i] = sign(inputs[0][i]) * cotangent[0];
    }
};

/// A vector relative to its largest magnitude: squares neither over- nor underflow to no avail.
template <class S>
struct Scaled {
    S scale{};              ///< the largest magnitude as a constant; 1 where all entries are 0
    std::vector<S> ratios;  ///< x_i / scale
    S length{};             ///< of the ratios: at least 1, or 0

    explicit Scaled(std::span<const S> x) {
        // Any constant scale leaves the norm as it is: which one is no property of the function, and
        // the steps stay off the record.
        scale = S(0);
        for (const S& entry : x) {
            const S size = unrecorded(detached(precedes(entry, S(0)) ? -entry : entry));
            if (precedes(scale, size)) scale = size;
        }
        const bool all_zero = !precedes(S(0), scale);
        if (all_zero) scale = S(1);
        S sum(0), squares(0);
        for (const S& entry : x) {
            ratios.push_back(unrecorded(entry) / scale);
            sum += ratios.back();
            squares += ratios.back() * ratios.back();
        }
        // At 0 a root has lost what is known of its operand; the length is at most the sum of errors.
        length = all_zero ? sum : sqrt(squares);
    }
};

struct Norm {
    template <class S>
    static void primal(const Application&, Inputs<S> inputs, std::span<S> result) {
        result[0] = S(0);
        if (inputs[0].empty()) return;
        const Scaled<S> scaled(inputs[0]);
        result[0] = on_record(scaled.scale * scaled.length, recorded_one(inputs[0]));
    }
    /// g x_i / |x|, with both relative to the scale: next to the smallest numbers |x| is rounded coarsely.
    template <class S>
    static void pullback(const Application&, std::span<const S> cotangent, std::span<const S>,
                         Inputs<S> inputs, Accumulators<S> accumulators) {
        if (exactly_zero(cotangent[0])) return;
        const Scaled<S> scaled(inputs[0]);
        if (!(scaled.length > S(0))) return;
        for (std::size_t i = 0; i < inputs[0].size(); ++i)
            accumulators[0][i] += cotangent[0] * (scaled.ratios[i] / scaled.length);
    }
    /// Pythagoras, one entry after the other.
    template <class S>
    static void second_form(const Application&, Inputs<S> inputs, std::span<S> result) {
        result[0] = S(0);
        for (const S& x : inputs[0]) result[0] = hypot(result[0], x);
    }
    /// Only the zero vector is a kink.
    static void at_tie(const Application&, std::span<const double>, Inputs<double>,
                       Accumulators<double> gradient) {
        std::fill(gradient[0].begin(), gradient[0].end(), 0.0);
    }
};

Shape max_shape(std::span<const Shape> operands, const Attributes&) {
    require_entries("max", operands[0], "nothing has no largest entry");
    return {};
}

}  // namespace

std::vector<Primitive> norms() {
    using backprop::with_rules;
    const scalar::Domain line, at_zero{.hard_points = {0}};
    // clang-format off
    return {
        with_rules<Max>({.name = "max", .operands = {"x"}, .formula = "max_i x_i",
            .shape = max_shape, .domains = {line}, .at_tie = Max::at_tie,
            .convention = "the first of the largest entries gets the whole cotangent",
            .source = "1 for the largest entry, 0 for the others"}),
        with_rules<L1Norm>({.name = "l1_norm", .operands = {"x"}, .formula = "sum_i |x_i|",
            .shape = scalar_shape, .domains = {at_zero}, .at_tie = L1Norm::at_tie,
            .tie_points = [](const Attributes&) { return std::vector<double>{0}; },
            .convention = "the slope in an entry 0 is 0", .source = "the sign of each entry; the empty sum is 0"}),
        with_rules<Norm>({.name = "norm", .operands = {"x"}, .formula = "sqrt(sum_i x_i^2)",
            .shape = scalar_shape, .domains = {at_zero}, .at_tie = Norm::at_tie,
            .convention = "the gradient at 0 is 0",
            .source = "x/|x|, relative to the largest magnitude: squares underflow from 1e-162 down, overflow from 1e154 on"}),
    };
    // clang-format on
}

}  // namespace gradproof::primitives
