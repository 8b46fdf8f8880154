// Exponential linear units: x to the right of 0, an exponential that levels off to its left.
//
// Their slopes to the left are multiples of exp(x), and are computed as such. Implementations that keep
// only the result y take y + alpha, which has lost every digit once exp(x) is below u.
#include <gradproof/primitives/exponential_units.hpp>

#include <gradproof/primitives/exponential_factor.hpp>

namespace gradproof::primitives {

namespace {

using namespace gradproof::scalar;  // expm1, tanh of built-in types; others by argument

// The scale and the alpha of selu, for which mean 0 and variance 1 are a fixed point. Source: Klambauer,
// Unterthiner, Mayr, Hochreiter, "Self-Normalizing Neural Networks", NeurIPS 2017, equation (14) and its
// closed forms, to the digits of binary64; a test computes them anew. The function is that of these two
// numbers, in every number type.
constexpr double kScale = 1.0507009873554805;
constexpr double kAlpha = 1.6732632423543772;

/// min(x, 0) without a comparison.
template <class S>
S negative_part(const S& x) {
    return (x - hypot(x, S(0))) / S(2);
}
/// exp(x) - 1 = 2 t/(1 - t), t = tanh(x/2).
template <class S>
S exponential_less_one(const S& x) {
    const S t = tanh(x / S(2));
    return S(2) * t / (S(1) - t);
}

// clang-format off
template <class S>
struct Elu {
    S alpha;
    explicit Elu(const Attributes& a) : alpha(static_cast<S>(a[0])) {}
    S primal(const S& x) const { return x > S(0) ? x : alpha * expm1(x); }
    S pull(const S& g, const S&, const S& x) const { return x > S(0) ? g : with_exponential(g, alpha, x); }
    S second_form(const S& x) const {
        const S left = negative_part(x);
        return (x - left) + alpha * exponential_less_one(left);
    }
};
struct Selu {
    template <class S> static S primal(const S& x) { return x > S(0) ? S(kScale) * x : S(kScale) * S(kAlpha) * expm1(x); }
    template <class S> static S pull(const S& g, const S&, const S& x) {
        return x > S(0) ? g * S(kScale) : with_exponential(g, S(kScale) * S(kAlpha), x);
    }
    template <class S> static S second_form(const S& x) {
        const S left = negative_part(x);
        return S(kScale) * ((x - left) + S(kAlpha) * exponential_less_one(left));
    }
};
template <class S>
struct Celu {
    S alpha;
    explicit Celu(const Attributes& a) : alpha(static_cast<S>(a[0])) {}
    S primal(const S& x) const { return x > S(0) ? x : alpha * expm1(x / alpha); }
    S pull(const S& g, const S&, const S& x) const { return x > S(0) ? g : g * exp(x / alpha); }
    S second_form(const S& x) const {
        const S left = negative_part(x);
        return (x - left) + alpha * exponential_less_one(left / alpha);
    }
};
// clang-format on

Shape celu_shape(std::span<const Shape> operands, const Attributes& attributes) {
    require_positive("celu", "alpha", attributes[0]);
    return operands[0];
}

/// alpha at 0.
void alpha_at_zero(const Application& application, std::span<const double> cotangent,
                   Inputs<double> inputs, Accumulators<double> gradient) {
    for (std::size_t i = 0; i < cotangent.size(); ++i) {
        const double x = inputs[0][i], alpha = application.attributes[0];
        gradient[0][i] = x > 0 ? cotangent[i] : with_exponential(cotangent[i], alpha, x);
    }
}

}  // namespace

std::vector<Primitive> exponential_units() {
    using backprop::with_rules;
    const scalar::Domain line{
        .hard_points = {0, -36.7368005696771, -708.396418532264, -745.133219101941}};
    // clang-format off
    return {
        with_rules<UnaryWithAttributes<Elu>>({.name = "elu", .operands = {"x"}, .attributes = {"alpha"},
            .formula = "x for x > 0, else alpha (exp(x) - 1)", .shape = same_shape, .domains = {line},
            .attribute_domains = {{.lower = 0, .upper = 8}}, .at_tie = alpha_at_zero,
            .tie_points = [](const Attributes&) { return std::vector<double>{0}; },
            .convention = "elu'(0) = alpha",
            .source = "1 for x > 0, else alpha exp(x); the result + alpha has lost every digit from x = -37.5 on"}),
        with_rules<Unary<Selu>>({.name = "selu", .operands = {"x"},
            .formula = "1.05070 x for x > 0, else 1.05070 1.67326 (exp(x) - 1)", .shape = same_shape, .domains = {line},
            .kinks = {{0, kScale * kAlpha}}, .convention = "selu'(0) = 1.05070 1.67326, the slope to its left",
            .source = "1.05070 for x > 0, else 1.05070 1.67326 exp(x) (Klambauer et al. 2017, equation 14)"}),
        with_rules<UnaryWithAttributes<Celu>>({.name = "celu", .operands = {"x"}, .attributes = {"alpha"},
            .formula = "x for x > 0, else alpha (exp(x/alpha) - 1)", .shape = celu_shape, .domains = {line},
            .attribute_domains = {{.lower = 0.125, .upper = 8}},
            .source = "1 for x > 0, else exp(x/alpha) (Barron, \"Continuously differentiable exponential linear units\", 2017)"}),
    };
    // clang-format on
}

}  // namespace gradproof::primitives
