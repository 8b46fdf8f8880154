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

// clang-format off
/// x where it is positive, else a x, with the slope a an attribute.
template <class S>
struct LeakyRelu {
    S a;
    explicit LeakyRelu(const Attributes& attributes) : a(static_cast<S>(attributes[0])) {}
    S primal(const S& x) const { return x > S(0) ? x : a * x; }
    S pull(const S& g, const S&, const S& x) const { return x > S(0) ? g : a * g; }
    S second_form(const S& x) const { return ((S(1) + a) * x + (S(1) - a) * magnitude(x)) / S(2); }
};
/// x within two bounds, which belong to the inside.
template <class S>
struct Clamp {
    S lower, upper;
    explicit Clamp(const Attributes& a) : lower(static_cast<S>(a[0])), upper(static_cast<S>(a[1])) {}
    S primal(const S& x) const { return x < lower ? lower : (upper < x ? upper : x); }
    S pull(const S& g, const S&, const S& x) const { return x < lower || upper < x ? S(0) : g; }
    S second_form(const S& x) const { return (lower + upper + magnitude(x - lower) - magnitude(x - upper)) / S(2); }
};
struct Hardsigmoid {
    template <class S> static S primal(const S& x) { return x < S(3) ? (x > S(-3) ? (x + S(3)) / S(6) : S(0)) : S(1); }
    template <class S> static S pull(const S& g, const S&, const S& x) { return x < S(3) && x > S(-3) ? g / S(6) : S(0); }
    template <class S> static S second_form(const S& x) { return S(1) / S(2) + (magnitude(x + S(3)) - magnitude(x - S(3))) / S(12); }
};
// clang-format on

/// a at 0.
void slope_at_zero(const Application& application, std::span<const double> cotangent,
                   Inputs<double> inputs, Accumulators<double> gradient) {
    for (std::size_t i = 0; i < cotangent.size(); ++i)
        gradient[0][i] = (inputs[0][i] <= 0 ? application.attributes[0] : 1) * cotangent[i];
}
/// 1 at both bounds.
void one_at_bounds(const Application& application, std::span<const double> cotangent,
                   Inputs<double> inputs, Accumulators<double> gradient) {
    const double lower = application.attributes[0], upper = application.attributes[1];
    for (std::size_t i = 0; i < cotangent.size(); ++i) {
        const bool inside = inputs[0][i] >= lower && inputs[0][i] <= upper;
        gradient[0][i] = inside ? cotangent[i] : 0;
    }
}

Shape clamp_shape(std::span<const Shape> operands, const Attributes& attributes) {
    if (!(attributes[0] < attributes[1])) {
        refuse_shape("clamp",
                     "lower " + std::to_string(attributes[0]) + " and upper " +
                         std::to_string(attributes[1]),
                     "lower < upper");
    }
    return operands[0];
}
/// Three of four pairs from the hard points of the operand, where it is drawn on purpose.
std::optional<Attributes> two_bounds(std::span<const Shape>, const backprop::Below& below) {
    constexpr double hard[] = {-1, 0.5, 2};
    if (below(4) != 0) {
        const std::size_t first = below(2), second = first + 1 + below(2 - first);
        return Attributes{hard[first], hard[second]};
    }
    const double lower = (static_cast<double>(below(401)) - 200) / 100;
    return Attributes{lower, lower + static_cast<double>(1 + below(400)) / 100};
}

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
        with_rules<UnaryWithAttributes<LeakyRelu>>({.name = "leaky_relu", .operands = {"x"}, .attributes = {"a"},
            .formula = "x for x > 0, else a x", .shape = same_shape, .domains = {at_zero},
            .attribute_domains = {{.lower = 0, .upper = 1, .upper_open = true}}, .at_tie = slope_at_zero,
            .tie_points = [](const Attributes&) { return std::vector<double>{0}; },
            .convention = "leaky_relu'(0) = a", .source = "1 for x > 0, a for x < 0"}),
        with_rules<UnaryWithAttributes<Clamp>>({.name = "clamp", .operands = {"x"}, .attributes = {"lower", "upper"},
            .formula = "min(upper, max(lower, x))", .shape = clamp_shape, .domains = {{.hard_points = {-1, 0.5, 2}}},
            .attribute_domains = {line, line}, .fitting = two_bounds, .at_tie = one_at_bounds,
            .tie_points = [](const Attributes& bounds) { return bounds; },
            .convention = "clamp'(lower) = clamp'(upper) = 1", .source = "1 from lower to upper, 0 beyond"}),
        with_rules<Unary<Hardsigmoid>>({.name = "hardsigmoid", .operands = {"x"}, .formula = "min(1, max(0, (x + 3)/6))",
            .shape = same_shape, .domains = {{.hard_points = {-3, 3}}}, .kinks = {{-3, 0}, {3, 0}},
            .convention = "hardsigmoid'(-3) = hardsigmoid'(3) = 0", .source = "1/6 for |x| < 3, 0 for |x| > 3"}),
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
