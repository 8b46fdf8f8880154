// Activations that are x times a gate between 0 and 1: the logistic function (silu), the normal
// distribution (gelu) and its approximation by tanh, the tanh of softplus (mish).
//
// A slope is gate + x gate'. Left of 0 it changes its sign, and no more digits are to be had there than
// x g'(x) leaves; from there on it is written as a product with an exponential, so that nothing is lost
// where the gate itself is subnormal.
#include <gradproof/primitives/gated_units.hpp>

#include <gradproof/primitives/exponential_factor.hpp>

namespace gradproof::primitives {

namespace {

using namespace gradproof::scalar;  // exp, erf, ... of built-in types; others by argument

/// Beyond it, on both sides, exp(-x^2/2) is 0 in every number type: the widest has an exponent of 2^60.
/// What an overflowing power of x would say is not asked for there.
constexpr double kGateShut = 0x1p31;

/// x, or the nearest number with |x| <= 2^31.
template <class S>
S within_gate(const S& x) {
    if (x < S(-kGateShut)) return S(-kGateShut);
    return S(kGateShut) < x ? S(kGateShut) : x;
}

template <class S>
S pi() {
    return S(4) * atan(S(1));
}

struct Silu {
    template <class S>
    static S primal(const S& x) {
        return x * sigmoid(x);
    }
    /// sigma(x) (1 + x sigma(-x)), with sigma(x) = exp(x) sigma(-x).
    template <class S>
    static S pull(const S& g, const S&, const S& x) {
        const S other = sigmoid(-x);
        const S factor = S(1) + x * other;
        if (precedes(x, S(kFarLeft))) return with_exponential(g, factor * other, x);
        return g * (sigmoid(x) * factor);
    }
    template <class S>
    static S second_form(const S& x) {
        return x / (S(1) + exp(-x));
    }
};

struct Gelu {
    template <class S>
    static S primal(const S& x) {
        return x * (erfc(-x / sqrt(S(2))) / S(2));
    }
    /// Phi(x) + x phi(x), 2^65 times until the end: so what is subnormal is rounded there only.
    template <class S>
    static S pull(const S& g, const S&, const S& x) {
        const S lifted(0x1p64), v = within_gate(x), z = v / sqrt(S(2));
        const S twice = precedes(v, S(-1)) ? erfc(-z) : S(1) + erf(z);
        const S root = exp(-(v * v) / S(4));
        const S sum = twice * lifted + (v * root) * (root * lifted) * sqrt(S(2) / pi<S>());
        return g * (sum * S(0x1p-65));
    }
    template <class S>
    static S second_form(const S& x) {
        return x * (S(1) + erf(x * sqrt(S(1) / S(2)))) / S(2);
    }
};

/// x sigma(u), u = sqrt(8/pi) (x + a x^3): (1 + tanh(u/2))/2 = sigma(u).
struct GeluTanh {
    /// a x^2, a = 0.044715. Source: Hendrycks, Gimpel, "Gaussian error linear units", 2016, section 2.
    template <class S>
    static S cubic_share(const S& x) {
        return S(44715) * (x * x) / S(1000000);
    }
    template <class S>
    static S primal(const S& x) {
        const S v = within_gate(x);
        return x * sigmoid(sqrt(S(8) / pi<S>()) * (v + v * cubic_share(v)));
    }
    /// sigma(u) (1 + x u' sigma(-u)).
    template <class S>
    static S pull(const S& g, const S&, const S& x) {
        const S v = within_gate(x), scale = sqrt(S(8) / pi<S>());
        const S cubic = v * cubic_share(v), u = scale * (v + cubic);
        const S other = sigmoid(-u), factor = S(1) + (u + scale * (S(2) * cubic)) * other;
        if (precedes(u, S(kFarLeft))) return with_exponential(g, factor * other, u);
        return g * (sigmoid(u) * factor);
    }
    /// As it is published.
    template <class S>
    static S second_form(const S& x) {
        const S inner = sqrt(S(2) / acos(S(-1))) * (x + S(44715) * (x * (x * x)) / S(1000000));
        return x / S(2) * (S(1) + tanh(inner));
    }
};

struct Mish {
    template <class S>
    static S primal(const S& x) {
        return x * tanh(softplus(x));
    }
    /// tanh(softplus(x)) is e (1 + e/2)/h, h = 1 + e + e^2/2, with e = exp(x), and p/q,
    /// p = 1 + 2 t, q = 1 + 2 t + 2 t^2, with t = exp(-x). The slope is e ((1 + e/2) h + x (1 + e))/h^2 of
    /// the first, (p + 4 x t^2 (1 + t)/q)/q of the second.
    template <class S>
    static S pull(const S& g, const S&, const S& x) {
        if (precedes(x, S(0))) {
            const S e = exp(x), h = S(1) + e + e * e / S(2);
            return with_exponential(g, ((S(1) + e / S(2)) * h + x * (S(1) + e)) / (h * h), x);
        }
        const S t = exp(-x), p = S(1) + S(2) * t, q = p + S(2) * t * t;
        return g * ((p + (x * t) * t * (S(4) * (S(1) + t)) / q) / q);
    }
    template <class S>
    static S second_form(const S& x) {
        const S square = (S(1) + exp(x)) * (S(1) + exp(x));
        return x - S(2) * x / (S(1) + square);
    }
};

}  // namespace

std::vector<Primitive> gated_units() {
    using backprop::with_rules;
    // clang-format off
    return {
        with_rules<Unary<Silu>>({.name = "silu", .operands = {"x"}, .formula = "x/(1 + exp(-x))",
            .shape = same_shape,
            .domains = {{.hard_points = {0, -1.2784645427610738, 36.7368005696771, -36.7368005696771, 709.782712893384, -745.133219101941}}},
            .source = "sigma(x) (1 + x sigma(-x)), left of -80 by halves of exp(x); y/x for sigma(x) is NaN at 0"}),
        with_rules<Unary<Gelu>>({.name = "gelu", .operands = {"x"}, .formula = "x (1 + erf(x/sqrt 2))/2",
            .shape = same_shape, .domains = {{.hard_points = {0, -0.7517915246935645, 8.3, -8.3, -38, 38}}},
            .source = "Phi(x) + x phi(x), Phi by erfc from -1 down: 1 + erf has lost every digit from -8.3 on"}),
        with_rules<Unary<GeluTanh>>({.name = "gelu_tanh", .operands = {"x"},
            .formula = "x (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3)))/2",
            .shape = same_shape, .domains = {{.hard_points = {0, -0.7524614220710162, 7, -7, -21.5, 21.5}}},
            .source = "sigma(u) (1 + x u' sigma(-u)), u = sqrt(8/pi) (x + 0.044715 x^3); 1 + tanh has lost every digit from -7 on"}),
        with_rules<Unary<Mish>>({.name = "mish", .operands = {"x"}, .formula = "x tanh(log(1 + exp(x)))",
            .shape = same_shape, .domains = {{.hard_points = {0, -1.1924312145154952, 20, 36.7368005696771, -36.7368005696771, 355, 709.782712893384, -745.133219101941}}},
            .source = "quotients of polynomials in exp(-|x|), which overflow nowhere"}),
    };
    // clang-format on
}

}  // namespace gradproof::primitives
