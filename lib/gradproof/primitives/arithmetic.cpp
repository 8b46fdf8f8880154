// Elementwise arithmetic: sums, differences, products, quotients of operands of one shape.
#include <gradproof/primitives/arithmetic.hpp>

#include <gradproof/primitives/elementwise.hpp>

namespace gradproof::primitives {

namespace {

// clang-format off
struct Add {
    template <class S> static S primal(const S& a, const S& b) { return a + b; }
    template <class S> static S pull_first(const S& g, const S&, const S&, const S&) { return g; }
    template <class S> static S pull_second(const S& g, const S&, const S&, const S&) { return g; }
    template <class S> static S second_form(const S& a, const S& b) { return -((-b) - a); }
};
struct Subtract {
    template <class S> static S primal(const S& a, const S& b) { return a - b; }
    template <class S> static S pull_first(const S& g, const S&, const S&, const S&) { return g; }
    template <class S> static S pull_second(const S& g, const S&, const S&, const S&) { return -g; }
    template <class S> static S second_form(const S& a, const S& b) { return -(b + (-a)); }
};
struct Hadamard {
    template <class S> static S primal(const S& a, const S& b) { return a * b; }
    template <class S> static S pull_first(const S& g, const S&, const S&, const S& b) { return g * b; }
    template <class S> static S pull_second(const S& g, const S&, const S& a, const S&) { return g * a; }
    template <class S> static S second_form(const S& a, const S& b) {
        const S sum = a + b, difference = a - b;
        return (sum * sum - difference * difference) / S(4);
    }
};
struct Divide {
    template <class S> static S primal(const S& a, const S& b) { return a / b; }
    template <class S> static S pull_first(const S& g, const S&, const S&, const S& b) { return g / b; }
    template <class S> static S pull_second(const S& g, const S& y, const S&, const S& b) { return -(g / b) * y; }
    template <class S> static S second_form(const S& a, const S& b) { return a * (S(1) / b); }
};
struct Negate {
    template <class S> static S primal(const S& x) { return -x; }
    template <class S> static S pull(const S& g, const S&, const S&) { return -g; }
    template <class S> static S second_form(const S& x) { return S(0) - x; }
};
// clang-format on

/// factor x, with the factor an attribute: a constant, not an operand.
struct Scale {
    template <class S>
    static void primal(const Application& a, Inputs<S> inputs, std::span<S> result) {
        const S factor = static_cast<S>(a.attributes[0]);
        for (std::size_t i = 0; i < result.size(); ++i) result[i] = factor * inputs[0][i];
    }
    template <class S>
    static void pullback(const Application& a, std::span<const S> cotangent, std::span<const S>,
                         Inputs<S>, Accumulators<S> accumulators) {
        const S factor = static_cast<S>(a.attributes[0]);
        for (std::size_t i = 0; i < cotangent.size(); ++i) {
            if (!exactly_zero(cotangent[i])) accumulators[0][i] += factor * cotangent[i];
        }
    }
    template <class S>
    static void second_form(const Application& a, Inputs<S> inputs, std::span<S> result) {
        const S half = static_cast<S>(a.attributes[0]) / S(2);
        for (std::size_t i = 0; i < result.size(); ++i)
            result[i] = half * inputs[0][i] + half * inputs[0][i];
    }
};

}  // namespace

std::vector<Primitive> arithmetic() {
    using backprop::with_rules;
    const scalar::Domain line;
    // clang-format off
    return {
        with_rules<Binary<Add>>({.name = "add", .operands = {"a", "b"}, .formula = "a + b",
            .shape = common_shape, .domains = {line}, .source = "linear"}),
        with_rules<Binary<Subtract>>({.name = "subtract", .operands = {"a", "b"}, .formula = "a - b",
            .shape = common_shape, .domains = {line}, .source = "linear"}),
        with_rules<Binary<Hadamard>>({.name = "hadamard", .operands = {"a", "b"}, .formula = "a_i b_i",
            .shape = common_shape, .domains = {line}, .source = "product rule"}),
        with_rules<Binary<Divide>>({.name = "divide", .operands = {"a", "b"}, .formula = "a_i / b_i",
            .shape = common_shape, .domains = {line, {.nonzero = true, .hard_points = {0}}},
            .source = "quotient rule as -(g/b)(a/b): b^2 over- and underflows before the result does"}),
        with_rules<Unary<Negate>>({.name = "negate", .operands = {"x"}, .formula = "-x",
            .shape = same_shape, .domains = {line}, .source = "linear"}),
        with_rules<Scale>({.name = "scale", .operands = {"x"}, .attributes = {"factor"},
            .formula = "factor x", .shape = same_shape, .domains = {line}, .attribute_domains = {line}, .source = "linear"}),
    };
    // clang-format on
}

}  // namespace gradproof::primitives
