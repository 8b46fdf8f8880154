// How large a vector is: its largest and smallest entry, the sum of its magnitudes, its Euclidean length.
// Each along an axis, or of all entries.
#include <gradproof/primitives/norms.hpp>

#include <gradproof/primitives/along_axis.hpp>

#include <algorithm>
#include <vector>

namespace gradproof::primitives {

namespace {

using namespace gradproof::scalar;  // sqrt, hypot of built-in types; others by argument

/// The place of the first entry that no other is `Beyond`.
template <class Beyond>
struct Extreme {
    template <class S>
    static std::size_t place(std::span<const S> x) {
        std::size_t extreme = 0;
        for (std::size_t i = 1; i < x.size(); ++i) {
            if (Beyond::holds(x[i], x[extreme])) extreme = i;
        }
        return extreme;
    }
    template <class S>
    static S primal(const Application&, std::span<const S> x) {
        return x[place(x)];
    }
    template <class S>
    static void pullback(const Application&, const S& g, const S&, std::span<const S> x,
                         std::span<S> share) {
        share[place(x)] += g;
    }
    template <class S>
    static S second_form(const Application&, std::span<const S> x) {
        return Beyond::by_halves(x);
    }
    static void at_tie(double g, std::span<const double> x, std::span<double> gradient) {
        std::fill(gradient.begin(), gradient.end(), 0.0);
        gradient[static_cast<std::size_t>(Beyond::first_of(x) - x.begin())] = g;
    }
};
struct Above {
    template <class S>
    static bool holds(const S& a, const S& b) {
        return b < a;
    }
    /// The larger of the halves' largest, with no comparison: (a + b + |a - b|)/2.
    template <class S>
    static S by_halves(std::span<const S> x) {
        if (x.size() == 1) return x[0];
        const S a = by_halves(x.first(x.size() / 2)), b = by_halves(x.subspan(x.size() / 2));
        return (a + b + hypot(a - b, S(0))) / S(2);
    }
    static auto first_of(std::span<const double> x) { return std::max_element(x.begin(), x.end()); }
};
struct Below {
    template <class S>
    static bool holds(const S& a, const S& b) {
        return a < b;
    }
    /// (a + b - |a - b|)/2.
    template <class S>
    static S by_halves(std::span<const S> x) {
        if (x.size() == 1) return x[0];
        const S a = by_halves(x.first(x.size() / 2)), b = by_halves(x.subspan(x.size() / 2));
        return (a + b - hypot(a - b, S(0))) / S(2);
    }
    static auto first_of(std::span<const double> x) { return std::min_element(x.begin(), x.end()); }
};
using Max = Reduction<Extreme<Above>>;
using Min = Reduction<Extreme<Below>>;

struct L1Norm {
    template <class S>
    static S primal(const Application&, std::span<const S> x) {
        S sum(0);
        for (const S& entry : x) sum += entry > S(0) ? entry : (entry < S(0) ? -entry : S(0));
        return sum;
    }
    template <class S>
    static void pullback(const Application&, const S& g, const S&, std::span<const S> x,
                         std::span<S> share) {
        for (std::size_t i = 0; i < x.size(); ++i)
            share[i] += x[i] > S(0) ? g : (x[i] < S(0) ? -g : S(0));
    }
    /// Last to first, with |x| = hypot(x, 0).
    template <class S>
    static S second_form(const Application&, std::span<const S> x) {
        S sum(0);
        for (std::size_t i = x.size(); i-- > 0;) sum += hypot(x[i], S(0));
        return sum;
    }
    static void at_tie(double g, std::span<const double> x, std::span<double> gradient) {
        const auto sign = [](double entry) { return static_cast<double>(entry > 0) - (entry < 0); };
        for (std::size_t i = 0; i < x.size(); ++i) gradient[i] = sign(x[i]) * g;
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
        // At 0 a root has lost what is known of its operand; the length is at most the sum of errors, and
        // its slopes are 0 by `hypot`, as the norm's are by convention.
        length = all_zero ? hypot(sum, S(0)) : sqrt(squares);
    }
};

struct Norm {
    template <class S>
    static S primal(const Application&, std::span<const S> x) {
        if (x.empty()) return S(0);
        const Scaled<S> scaled(x);
        return on_record(scaled.scale * scaled.length, recorded_one(x));
    }
    /// g x_i / |x|, with both relative to the scale: next to the smallest numbers |x| is rounded coarsely.
    template <class S>
    static void pullback(const Application&, const S& g, const S&, std::span<const S> x,
                         std::span<S> share) {
        const Scaled<S> scaled(x);
        if (!(scaled.length > S(0))) return;
        for (std::size_t i = 0; i < x.size(); ++i)
            share[i] += g * (scaled.ratios[i] / scaled.length);
    }
    /// Pythagoras, one entry after the other.
    template <class S>
    static S second_form(const Application&, std::span<const S> x) {
        S length(0);
        for (const S& entry : x) length = hypot(length, entry);
        return length;
    }
    /// Only the zero vector is a kink.
    static void at_tie(double, std::span<const double> x, std::span<double> gradient) {
        if (std::all_of(x.begin(), x.end(), [](double entry) { return entry == 0; }))
            std::fill(gradient.begin(), gradient.end(), 0.0);
    }
};

Shape max_shape(std::span<const Shape> operands, const Attributes& attributes) {
    return reduced_shape_of_some("max", operands[0], attributes, 1, "nothing has no largest entry");
}
Shape min_shape(std::span<const Shape> operands, const Attributes& attributes) {
    return reduced_shape_of_some("min", operands[0], attributes, 1,
                                 "nothing has no smallest entry");
}
Shape l1_norm_shape(std::span<const Shape> operands, const Attributes& attributes) {
    return reduced_shape("l1_norm", operands[0], attributes);
}
Shape norm_shape(std::span<const Shape> operands, const Attributes& attributes) {
    return reduced_shape("norm", operands[0], attributes);
}

}  // namespace

std::vector<Primitive> norms() {
    using backprop::with_rules;
    const scalar::Domain line, at_zero{.hard_points = {0}}, axis = axis_domain();
    // clang-format off
    return {
        with_rules<Max>({.name = "max", .operands = {"x"}, .attributes = {"axis..."}, .formula = "max_i x_i",
            .shape = max_shape, .domains = {line}, .attribute_domains = {axis}, .fitting = fitting_axis,
            .refitted = refitted_axis, .at_tie = Max::at_tie,
            .convention = "the first of the largest entries gets the whole cotangent",
            .source = "1 for the largest entry, 0 for the others"}),
        with_rules<Min>({.name = "min", .operands = {"x"}, .attributes = {"axis..."}, .formula = "min_i x_i",
            .shape = min_shape, .domains = {line}, .attribute_domains = {axis}, .fitting = fitting_axis,
            .refitted = refitted_axis, .at_tie = Min::at_tie,
            .convention = "the first of the smallest entries gets the whole cotangent",
            .source = "1 for the smallest entry, 0 for the others"}),
        with_rules<Reduction<L1Norm>>({.name = "l1_norm", .operands = {"x"}, .attributes = {"axis..."}, .formula = "sum_i |x_i|",
            .shape = l1_norm_shape, .domains = {at_zero}, .attribute_domains = {axis}, .fitting = fitting_axis,
            .refitted = refitted_axis, .at_tie = Reduction<L1Norm>::at_tie,
            .tie_points = [](const Attributes&) { return std::vector<double>{0}; },
            .convention = "the slope in an entry 0 is 0", .source = "the sign of each entry; the empty sum is 0"}),
        with_rules<Reduction<Norm>>({.name = "norm", .operands = {"x"}, .attributes = {"axis..."}, .formula = "sqrt(sum_i x_i^2)",
            .shape = norm_shape, .domains = {at_zero}, .attribute_domains = {axis}, .fitting = fitting_axis,
            .refitted = refitted_axis, .at_tie = Reduction<Norm>::at_tie,
            .convention = "the gradient at 0 is 0",
            .source = "x/|x|, relative to the largest magnitude: squares underflow from 1e-162 down, overflow from 1e154 on"}),
    };
    // clang-format on
}

}  // namespace gradproof::primitives
