// Reductions of all entries to a scalar: sum, mean, mean squared error.
#include <gradproof/primitives/reductions.hpp>

#include <gradproof/primitives/elementwise.hpp>

namespace gradproof::primitives {

namespace {

/// Halves are summed on their own: an order that a plain loop does not have.
template <class S, class Term>
S pairwise(std::size_t first, std::size_t last, Term term) {
    if (last == first) return S(0);
    if (last - first == 1) return term(first);
    const std::size_t middle = first + (last - first) / 2;
    return pairwise<S>(middle, last, term) + pairwise<S>(first, middle, term);
}

template <class S>
S number(std::size_t count) {
    return static_cast<S>(static_cast<double>(count));
}

struct Sum {
    template <class S>
    static void primal(const Application&, Inputs<S> inputs, std::span<S> result) {
        S sum(0);
        for (const S& x : inputs[0]) sum += x;
        result[0] = sum;
    }
    template <class S>
    static void pullback(const Application&, std::span<const S> cotangent, std::span<const S>,
                         Inputs<S>, Accumulators<S> accumulators) {
        if (exactly_zero(cotangent[0])) return;
        for (S& share : accumulators[0]) share += cotangent[0];
    }
    template <class S>
    static void second_form(const Application&, Inputs<S> inputs, std::span<S> result) {
        result[0] = pairwise<S>(0, inputs[0].size(), [&](std::size_t i) { return inputs[0][i]; });
    }
};

struct Mean {
    template <class S>
    static void primal(const Application& a, Inputs<S> inputs, std::span<S> result) {
        Sum::primal(a, inputs, result);
        result[0] /= number<S>(inputs[0].size());
    }
    template <class S>
    static void pullback(const Application&, std::span<const S> cotangent, std::span<const S>,
                         Inputs<S> inputs, Accumulators<S> accumulators) {
        if (exactly_zero(cotangent[0])) return;
        const S each = cotangent[0] / number<S>(inputs[0].size());
        for (S& share : accumulators[0]) share += each;
    }
    template <class S>
    static void second_form(const Application&, Inputs<S> inputs, std::span<S> result) {
        const S count = number<S>(inputs[0].size());
        result[0] =
            pairwise<S>(0, inputs[0].size(), [&](std::size_t i) { return inputs[0][i] / count; });
    }
};

struct MeanSquaredError {
    template <class S>
    static void primal(const Application&, Inputs<S> inputs, std::span<S> result) {
        S sum(0);
        for (std::size_t i = 0; i < inputs[0].size(); ++i) {
            const S error = inputs[0][i] - inputs[1][i];
            sum += error * error;
        }
        result[0] = sum / number<S>(inputs[0].size());
    }
    template <class S>
    static void pullback(const Application&, std::span<const S> cotangent, std::span<const S>,
                         Inputs<S> inputs, Accumulators<S> accumulators) {
        if (exactly_zero(cotangent[0])) return;
        const S each = S(2) * (cotangent[0] / number<S>(inputs[0].size()));
        for (std::size_t i = 0; i < inputs[0].size(); ++i) {
            const S share = each * (inputs[0][i] - inputs[1][i]);
            accumulators[0][i] += share;
            accumulators[1][i] += -share;
        }
    }
    /// (x^2 - 2 x t + t^2)/n, summed in halves.
    template <class S>
    static void second_form(const Application&, Inputs<S> inputs, std::span<S> result) {
        const S count = number<S>(inputs[0].size());
        result[0] = pairwise<S>(0, inputs[0].size(), [&](std::size_t i) {
            const S &x = inputs[0][i], &t = inputs[1][i];
            return (x * x - S(2) * x * t + t * t) / count;
        });
    }
};

Shape mean_shape(std::span<const Shape> operands, const Attributes&) {
    require_entries("mean", operands[0], "nothing has no mean");
    return {};
}
Shape error_shape(std::span<const Shape> operands, const Attributes& attributes) {
    require_entries("mean_squared_error", common_shape(operands, attributes),
                    "nothing has no mean");
    return {};
}

}  // namespace

std::vector<Primitive> reductions() {
    using backprop::with_rules;
    const scalar::Domain line;
    // clang-format off
    return {
        with_rules<Sum>({.name = "sum", .operands = {"x"}, .formula = "sum_i x_i",
            .shape = scalar_shape, .domains = {line}, .source = "linear; the empty sum is 0"}),
        with_rules<Mean>({.name = "mean", .operands = {"x"}, .formula = "(1/n) sum_i x_i",
            .shape = mean_shape, .domains = {line}, .source = "linear"}),
        with_rules<MeanSquaredError>({.name = "mean_squared_error", .operands = {"x", "t"},
            .formula = "(1/n) sum_i (x_i - t_i)^2", .shape = error_shape, .domains = {line},
            .source = "(2/n)(x - t), and its negative for t"}),
    };
    // clang-format on
}

}  // namespace gradproof::primitives
