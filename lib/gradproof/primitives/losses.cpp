// Losses of single numbers, entry by entry: Huber's, and the cross-entropy of a logit with a probability.
#include <gradproof/primitives/losses.hpp>

#include <gradproof/primitives/elementwise.hpp>

namespace gradproof::primitives {

namespace {

using namespace gradproof::scalar;  // exp, log1p, hypot of built-in types; others by argument

/// x^2/2 within delta of 0, straight on beyond. Both pieces have the slope delta where they meet.
template <class S>
struct Huber {
    S delta;
    explicit Huber(const Attributes& a) : delta(static_cast<S>(a[0])) {}
    S primal(const S& x) const {
        if (delta < x) return delta * (x - delta / S(2));
        if (x < -delta) return delta * (-x - delta / S(2));
        return x * x / S(2);
    }
    S pull(const S& g, const S&, const S& x) const {
        if (delta < x) return g * delta;
        return x < -delta ? -(g * delta) : g * x;
    }
    /// (x^2 - max(0, |x| - delta)^2)/2 as a product of sum and difference.
    S second_form(const S& x) const {
        const S size = hypot(x, S(0)), beyond = (size - delta + hypot(size - delta, S(0))) / S(2);
        return (size - beyond) * (size + beyond) / S(2);
    }
};

/// Half of them at the hard points of the operand, where it is drawn on purpose.
std::optional<Attributes> some_delta(std::span<const Shape>, const backprop::Below& below) {
    constexpr double at_hard_points[] = {0.5, 1, 2};
    if (below(2) == 0) return Attributes{at_hard_points[below(3)]};
    return Attributes{static_cast<double>(1 + below(500)) / 100};
}

/// With z the logit and t the probability: -t log sigma(z) - (1 - t) log sigma(-z).
struct SigmoidCrossEntropy {
    template <class S>
    static S primal(const S& z, const S& t) {
        return t * softplus(-z) + (S(1) - t) * softplus(z);
    }
    template <class S>
    static S pull_first(const S& g, const S&, const S& z, const S& t) {
        return g * ((S(1) - t) * sigmoid(z) - t * sigmoid(-z));
    }
    template <class S>
    static S pull_second(const S& g, const S&, const S& z, const S&) {
        return -(g * z);
    }
    /// max(z, 0) - z t + log(1 + exp(-|z|)).
    template <class S>
    static S second_form(const S& z, const S& t) {
        const S size = hypot(z, S(0));
        return (z + size) / S(2) - z * t + log1p(exp(-size));
    }
};

Shape huber_shape(std::span<const Shape> operands, const Attributes& attributes) {
    require_positive("huber", "delta", attributes[0]);
    return operands[0];
}

}  // namespace

std::vector<Primitive> losses() {
    using backprop::with_rules;
    const scalar::Domain logit{.hard_points = {0, 36.7368005696771, -36.7368005696771,
                                               709.782712893384, -709.782712893384,
                                               745.133219101941, -745.133219101941}};
    // clang-format off
    return {
        with_rules<UnaryWithAttributes<Huber>>({.name = "huber", .operands = {"x"}, .attributes = {"delta"},
            .formula = "x^2/2 for |x| <= delta, else delta (|x| - delta/2)", .shape = huber_shape,
            .domains = {{.hard_points = {0, 0.5, -0.5, 1, -1, 2, -2}}},
            .attribute_domains = {{.lower = 0, .lower_open = true}}, .fitting = some_delta,
            .source = "x for |x| <= delta, else +-delta (Huber 1964)"}),
        with_rules<Binary<SigmoidCrossEntropy>>({.name = "sigmoid_cross_entropy", .operands = {"z", "t"},
            .formula = "-t_i log sigma(z_i) - (1 - t_i) log sigma(-z_i)", .shape = common_shape,
            .domains = {logit, {.lower = 0, .upper = 1}},
            .source = "(1 - t) sigma(z) - t sigma(-z), -z for t; sigma(z) - t has lost every digit at t = 1 from z = 37.5 on"}),
    };
    // clang-format on
}

}  // namespace gradproof::primitives
