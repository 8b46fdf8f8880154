// Elementwise functions with kinks: piecewise linear ones of one operand, the larger and the smaller
// of two.
//
// Each picks its piece by comparisons, and its pullback by the same ones. The second forms have none:
// they are made of magnitudes, |x| = hypot(x, 0), of which sums are exact in wide numbers.
#include <gradproof/primitives/kinked.hpp>

#include <gradproof/primitives/elementwise.hpp>

namespace gradproof::primitives {

namespace {

using namespace gradproof::scalar;  // hypot of built-in types; others by argument

template <class S>
S magnitude(const S& x) {
    return hypot(x, S(0));
}

// clang-format off
struct Abs {
    // At 0 a constant, of which the slope is 0: forward mode keeps the convention.
    template <class S> static S primal(const S& x) { return x > S(0) ? x : (x < S(0) ? -x : S(0)); }
    template <class S> static S pull(const S& g, const S&, const S& x) { return x > S(0) ? g : (x < S(0) ? -g : S(0)); }
    template <class S> static S second_form(const S& x) { return magnitude(x); }
};
struct Hinge {
    template <class S> static S primal(const S& x) { return x < S(1) ? S(1) - x : S(0); }
    template <class S> static S pull(const S& g, const S&, const S& x) { return x < S(1) ? -g : S(0); }
    template <class S> static S second_form(const S& x) { return ((S(1) - x) + magnitude(S(1) - x)) / S(2); }
};
struct Hardtanh {
    template <class S> static S primal(const S& x) { return x < S(1) ? (x > S(-1) ? x : S(-1)) : S(1); }
    template <class S> static S pull(const S& g, const S&, const S& x) { return x < S(1) && x > S(-1) ? g : S(0); }
    template <class S> static S second_form(const S& x) { return (magnitude(x + S(1)) - magnitude(x - S(1))) / S(2); }
};
struct Maximum {
    template <class S> static S primal(const S& a, const S& b) { return a < b ? b : a; }
    template <class S> static S pull_first(const S& g, const S&, const S& a, const S& b) { return a < b ? S(0) : g; }
    template <class S> static S pull_second(const S& g, const S&, const S& a, const S& b) { return a < b ? g : S(0); }
    template <class S> static S second_form(const S& a, const S& b) { return (a + b + magnitude(a - b)) / S(2); }
};
struct Minimum {
    template <class S> static S primal(const S& a, const S& b) { return b < a ? b : a; }
    template <class S> static S pull_first(const S& g, const S&, const S& a, const S& b) { return b < a ? S(0) : g; }
    template <class S> static S pull_second(const S& g, const S&, const S& a, const S& b) { return b < a ? g : S(0); }
    template <class S> static S second_form(const S& a, const S& b) { return (a + b - magnitude(a - b)) / S(2); }
};
// clang-format on

/// x where it is positive, else a x, with the slope a an attribute.
struct LeakyRelu {
    template <class S>
    static void primal(const Application& application, Inputs<S> inputs, std::span<S> result) {
        const S a = static_cast<S>(application.attributes[0]);
        for (std::size_t i = 0; i < result.size(); ++i) {
            const S& x = inputs[0][i];
            result[i] = x > S(0) ? x : a * x;
        }
    }
    template <class S>
    static void pullback(const Application& application, std::span<const S> cotangent,
                         std::span<const S>, Inputs<S> inputs, Accumulators<S> accumulators) {
        const S a = static_cast<S>(application.attributes[0]);
        for (std::size_t i = 0; i < cotangent.size(); ++i) {
            const S& g = cotangent[i];
            if (!exactly_zero(g)) accumulators[0][i] += inputs[0][i] > S(0) ? g : a * g;
        }
    }
    /// ((1 + a) x + (1 - a) |x|)/2.
    template <class S>
    static void second_form(const Application& application, Inputs<S> inputs, std::span<S> result) {
        const S a = static_cast<S>(application.attributes[0]);
        for (std::size_t i = 0; i < result.size(); ++i) {
            const S& x = inputs[0][i];
            result[i] = ((S(1) + a) * x + (S(1) - a) * magnitude(x)) / S(2);
        }
    }
    /// a at 0.
    static void at_tie(const Application& application, std::span<const double> cotangent,
                       Inputs<double> inputs, Accumulators<double> gradient) {
        for (std::size_t i = 0; i < cotangent.size(); ++i) {
            const double slope = inputs[0][i] <= 0 ? application.attributes[0] : 1;
            gradient[0][i] = slope * cotangent[i];
        }
    }
};

/// What is promised of the larger (the smaller) of two: all of it to the second operand where that is
/// beyond the first, else all of it to the first.
template <bool (*beyond)(double second, double first)>
void whole_to_one(const Application&, std::span<const double> cotangent, Inputs<double> inputs,
                  Accumulators<double> gradient) {
    for (std::size_t i = 0; i < cotangent.size(); ++i) {
        const bool second = beyond(inputs[1][i], inputs[0][i]);
        gradient[second ? 1 : 0][i] = cotangent[i];
        gradient[second ? 0 : 1][i] = 0;
    }
}
bool above(double second, double first) { return second > first; }
bool below(double second, double first) { return second < first; }

}  // namespace

std::vector<Primitive> kinked() {
    using backprop::with_rules;
    const scalar::Domain line, at_zero{.hard_points = {0}};
    // clang-format off
    return {
        with_rules<Unary<Abs>>({.name = "abs", .operands = {"x"}, .formula = "|x|",
            .shape = same_shape, .domains = {at_zero}, .kinks = {{0, 0}},
            .convention = "abs'(0) = 0", .source = "|x|' = 1 for x > 0, -1 for x < 0"}),
        with_rules<Unary<Hinge>>({.name = "hinge", .operands = {"x"}, .formula = "max(0, 1 - x)",
            .shape = same_shape, .domains = {{.hard_points = {1}}}, .kinks = {{1, 0}},
            .convention = "hinge'(1) = 0", .source = "max(0, 1 - x)' = -1 for x < 1, 0 for x > 1"}),
        with_rules<Unary<Hardtanh>>({.name = "hardtanh", .operands = {"x"}, .formula = "min(1, max(-1, x))",
            .shape = same_shape, .domains = {{.hard_points = {-1, 1}}}, .kinks = {{-1, 0}, {1, 0}},
            .convention = "hardtanh'(-1) = hardtanh'(1) = 0", .source = "1 for |x| < 1, 0 for |x| > 1"}),
        with_rules<LeakyRelu>({.name = "leaky_relu", .operands = {"x"}, .attributes = {"a"},
            .formula = "x for x > 0, else a x", .shape = same_shape, .domains = {at_zero},
            .attribute_domains = {{.lower = 0, .upper = 1, .upper_open = true}}, .at_tie = LeakyRelu::at_tie,
            .convention = "leaky_relu'(0) = a", .source = "1 for x > 0, a for x < 0"}),
        with_rules<Binary<Maximum>>({.name = "maximum", .operands = {"a", "b"}, .formula = "max(a_i, b_i)",
            .shape = common_shape, .domains = {line}, .at_tie = whole_to_one<above>,
            .convention = "where a_i = b_i, a_i gets the whole cotangent", .source = "1 for the larger, 0 for the other"}),
        with_rules<Binary<Minimum>>({.name = "minimum", .operands = {"a", "b"}, .formula = "min(a_i, b_i)",
            .shape = common_shape, .domains = {line}, .at_tie = whole_to_one<below>,
            .convention = "where a_i = b_i, a_i gets the whole cotangent", .source = "1 for the smaller, 0 for the other"}),
    };
    // clang-format on
}

}  // namespace gradproof::primitives
