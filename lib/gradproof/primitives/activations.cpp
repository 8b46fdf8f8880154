// Elementwise functions of one operand: activations, exponential, logarithm, powers. Gated and exponential
// units have files of their own.
//
// Slopes stay accurate in the tails; the textbook forms beside them do not (see each `source`).
#include <gradproof/primitives/activations.hpp>

#include <gradproof/primitives/elementwise.hpp>
#include <gradproof/primitives/exponential_units.hpp>
#include <gradproof/primitives/gated_units.hpp>

namespace gradproof::primitives {

namespace {

using scalar::Domain;
using namespace gradproof::scalar;  // exp, log, ... of built-in types; others by argument

constexpr double kInf = std::numeric_limits<double>::infinity();

// clang-format off
struct Relu {
    template <class S> static S primal(const S& x) { return x > S(0) ? x : S(0); }
    template <class S> static S pull(const S& g, const S&, const S& x) { return x > S(0) ? g : S(0); }
    template <class S> static S second_form(const S& x) { return (x + sqrt(x * x)) / S(2); }
};
struct Sigmoid {
    template <class S> static S primal(const S& x) { return sigmoid(x); }
    template <class S> static S pull(const S& g, const S& y, const S& x) { return g * (y * sigmoid(-x)); }
    template <class S> static S second_form(const S& x) { return S(1) / (S(1) + exp(-x)); }
};
struct Tanh {
    template <class S> static S primal(const S& x) { return tanh(x); }
    template <class S> static S pull(const S& g, const S&, const S& x) {
        // By the value alone: on either side of 0 this is the same function.
        const S t = exp(precedes(x, S(0)) ? x : -x);
        const S sech = S(2) * t / (S(1) + t * t);
        return g * sech * sech;
    }
    template <class S> static S second_form(const S& x) {
        const S below = expm1(-(x + x));
        return -below / (S(2) + below);
    }
};
struct Softplus {
    template <class S> static S primal(const S& x) { return softplus(x); }
    template <class S> static S pull(const S& g, const S&, const S& x) { return g * sigmoid(x); }
    template <class S> static S second_form(const S& x) { return log1p(exp(x)); }
};
struct LogSigmoid {
    template <class S> static S primal(const S& x) { return -softplus(-x); }
    template <class S> static S pull(const S& g, const S&, const S& x) { return g * sigmoid(-x); }
    template <class S> static S second_form(const S& x) { return log(S(1) / (S(1) + exp(-x))); }
};
struct Softsign {
    template <class S> static S size(const S& x) { return x > S(0) ? x : S(0) - x; }
    template <class S> static S primal(const S& x) { return x / (S(1) + size(x)); }
    template <class S> static S pull(const S& g, const S&, const S& x) {
        const S denominator = S(1) + size_of(x);
        return g / denominator / denominator;
    }
    template <class S> static S second_form(const S& x) { return x / (S(1) + sqrt(x * x)); }
};
struct Exp {
    template <class S> static S primal(const S& x) { return exp(x); }
    template <class S> static S pull(const S& g, const S& y, const S&) { return g * y; }
    template <class S> static S second_form(const S& x) {
        const S half = exp(-x / S(2));
        return S(1) / (half * half);
    }
};
struct Expm1 {
    template <class S> static S primal(const S& x) { return expm1(x); }
    template <class S> static S pull(const S& g, const S&, const S& x) { return g * exp(x); }
    template <class S> static S second_form(const S& x) {
        const S t = tanh(x / S(2));
        return S(2) * t / (S(1) - t);
    }
};
struct Log {
    template <class S> static S primal(const S& x) { return log(x); }
    template <class S> static S pull(const S& g, const S&, const S& x) { return g / x; }
    template <class S> static S second_form(const S& x) { return S(2) * atanh((x - S(1)) / (x + S(1))); }
};
struct Square {
    template <class S> static S primal(const S& x) { return x * x; }
    template <class S> static S pull(const S& g, const S&, const S& x) { return S(2) * (g * x); }
    template <class S> static S second_form(const S& x) { return (x - S(1)) * (x + S(1)) + S(1); }
};
struct Sqrt {
    template <class S> static S primal(const S& x) { return sqrt(x); }
    template <class S> static S pull(const S& g, const S& y, const S&) {
        // sqrt(-0) is -0: adding 0 makes it +0, and the slope +infinity.
        return g / (S(2) * (y + S(0)));
    }
    template <class S> static S second_form(const S& x) { return exp(log(x) / S(2)); }
};
// clang-format on

}  // namespace

std::vector<Primitive> activations() {
    using backprop::with_rules;
    const Domain line;
    // clang-format off
    std::vector<Primitive> all{
        with_rules<Unary<Relu>>({.name = "relu", .operands = {"x"}, .formula = "max(0, x)",
            .shape = same_shape, .domains = {{.hard_points = {0}}}, .kinks = {{0, 0}},
            .convention = "relu'(0) = 0", .source = "max(0, x)' = 1 for x > 0, 0 for x < 0"}),
        with_rules<Unary<Sigmoid>>({.name = "sigmoid", .operands = {"x"}, .formula = "1/(1 + exp(-x))",
            .shape = same_shape,
            .domains = {{.hard_points = {0, 36.7368005696771, -36.7368005696771, 709.782712893384, -745.133219101941}}},
            .source = "sigma(x) sigma(-x); sigma (1 - sigma) has lost every digit from x = 37.5 on"}),
        with_rules<Unary<Tanh>>({.name = "tanh", .operands = {"x"}, .formula = "tanh(x)",
            .shape = same_shape, .domains = {{.hard_points = {0, 19.0615474653985, -19.0615474653985, 372.5, -372.5}}},
            .source = "sech^2 with sech = 2t/(1 + t^2), t = exp(-|x|); 1 - tanh^2 has lost every digit from |x| = 19.1 on"}),
        with_rules<Unary<Softplus>>({.name = "softplus", .operands = {"x"}, .formula = "log(1 + exp(x))",
            .shape = same_shape, .domains = {{.hard_points = {0, 20, -20, 36.7368005696771, -36.7368005696771, 709.782712893384, -745.133219101941}}},
            .source = "sigma(x); exp(x)/(1 + exp(x)) is NaN from x = 709.8 on, and 1 from x = 20 on is off by 2e-9"}),
        with_rules<Unary<LogSigmoid>>({.name = "logsigmoid", .operands = {"x"}, .formula = "-log(1 + exp(-x))",
            .shape = same_shape, .domains = {{.hard_points = {0, 36.7368005696771, -36.7368005696771, -709.782712893384, 745.133219101941}}},
            .source = "sigma(-x); 1 - exp y has lost every digit from x = 37.5 on, and log sigma(x) is infinite from x = -745.2 down"}),
        with_rules<Unary<Softsign>>({.name = "softsign", .operands = {"x"}, .formula = "x/(1 + |x|)",
            .shape = same_shape, .domains = {{.hard_points = {0}}},
            .source = "1/(1 + |x|)^2 as two quotients: the square overflows from 1e154 on"}),
        with_rules<Unary<Exp>>({.name = "exp", .operands = {"x"}, .formula = "exp(x)",
            .shape = same_shape, .domains = {{.upper = 709.78, .hard_points = {0, 709.78, -708.4, -745.13}}},
            .source = "exp' = exp"}),
        with_rules<Unary<Expm1>>({.name = "expm1", .operands = {"x"}, .formula = "exp(x) - 1",
            .shape = same_shape, .domains = {{.upper = 709.78, .hard_points = {0, 709.78, -36.7368005696771, -745.13}}},
            .source = "exp(x); the result + 1 has lost every digit from x = -37.5 on"}),
        with_rules<Unary<Log>>({.name = "log", .operands = {"x"}, .formula = "log(x)",
            .shape = same_shape, .domains = {{.lower = 0, .upper = kInf, .lower_open = true, .hard_points = {0, 1}}},
            .source = "1/x, as a quotient by x: the reciprocal of a subnormal overflows"}),
        with_rules<Unary<Square>>({.name = "square", .operands = {"x"}, .formula = "x^2",
            .shape = same_shape, .domains = {{.hard_points = {0}}}, .source = "2 x"}),
        with_rules<Unary<Sqrt>>({.name = "sqrt", .operands = {"x"}, .formula = "sqrt(x)",
            .shape = same_shape, .domains = {{.lower = 0, .hard_points = {0}}},
            .convention = "the slope at 0 is infinite", .source = "1/(2 sqrt x)"}),
    };
    // clang-format on
    for (auto* further : {gated_units, exponential_units}) {
        for (Primitive& each : further()) all.push_back(std::move(each));
    }
    return all;
}

}  // namespace gradproof::primitives
