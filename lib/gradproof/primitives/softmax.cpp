// Softmax, its logarithm, the logarithm of a sum of exponentials, and the cross-entropy of a softmax with a target distribution.
//
// The largest logit p is the pivot: exponentials are taken of x_i - x_p, and where 1 - y_p is wanted
// it is the sum of the other y_i. The textbook y_p (1 - y_p) and g_p - y_p sum(g) have lost every
// digit once the other logits are 37 below.
#include <gradproof/primitives/softmax.hpp>

#include <gradproof/primitives/along_axis.hpp>

namespace gradproof::primitives {

namespace {

using namespace gradproof::scalar;  // exp, log1p of built-in types; others by argument

/// Which logit is largest, its value as a constant, and the exponentials relative to it.
template <class S>
struct Shifted {
    std::size_t pivot = 0;
    S shift{};
    std::vector<S> exponentials{};  ///< exp(x_i - x_pivot), 1 at the pivot
    S others{};                     ///< their sum without the pivot's

    explicit Shifted(std::span<const S> x) {
        for (std::size_t i = 1; i < x.size(); ++i) {
            if (precedes(x[pivot], x[i])) pivot = i;
        }
        // Any constant shift leaves the result as it is, so it has no derivative of its own. Which logit
        // is the pivot is no property of the function either: the steps stay off the record.
        shift = unrecorded(detached(x[pivot]));
        exponentials.reserve(x.size());
        others = S(0);
        for (std::size_t i = 0; i < x.size(); ++i) {
            exponentials.push_back(exp(unrecorded(x[i]) - shift));
            if (i != pivot) others += exponentials[i];
        }
    }
    /// The sum of all exponentials, which is 1 + others where the pivot's is 1.
    [[nodiscard]] S total() const { return exponentials[pivot] + others; }
};

/// Adds to `share` the pullback of log_softmax at x: g_i - y_i sum(g).
template <class S>
void pull_log_softmax(std::span<const S> x, std::span<const S> g, std::span<S> share) {
    const Shifted<S> shifted(x);
    const S total = shifted.total();
    const std::size_t p = shifted.pivot;
    S rest(0);
    for (std::size_t i = 0; i < g.size(); ++i) {
        if (i != p) rest += g[i];
    }
    const S sum = g[p] + rest;
    for (std::size_t i = 0; i < g.size(); ++i) {
        if (i != p) {
            share[i] += g[i] - shifted.exponentials[i] / total * sum;
        } else {
            share[i] += (g[p] * shifted.others - shifted.exponentials[p] * rest) / total;
        }
    }
}

struct Softmax {
    template <class S>
    static void primal(const Application&, std::span<const S> x, std::span<S> y) {
        const Shifted<S> shifted(x);
        const S total = shifted.total();
        const S& record = recorded_one(x);
        for (std::size_t i = 0; i < y.size(); ++i)
            y[i] = on_record(shifted.exponentials[i] / total, record);
    }
    /// y_i (g_i - sum_j y_j g_j), with the pivot's g taken off all g first: sum_j y_j = 1.
    template <class S>
    static void pullback(const Application&, std::span<const S> g, std::span<const S> y,
                         std::span<const S>, std::span<S> share) {
        std::size_t p = 0;
        for (std::size_t i = 1; i < y.size(); ++i) {
            if (precedes(y[p], y[i])) p = i;
        }
        S mean(0);
        for (std::size_t i = 0; i < y.size(); ++i) {
            if (i != p) mean += y[i] * (g[i] - g[p]);
        }
        for (std::size_t i = 0; i < y.size(); ++i)
            share[i] += i == p ? -(y[p] * mean) : y[i] * ((g[i] - g[p]) - mean);
    }
    /// 1 / sum_j exp(x_j - x_i).
    template <class S>
    static void second_form(const Application&, std::span<const S> x, std::span<S> y) {
        for (std::size_t i = 0; i < y.size(); ++i) {
            S sum(0);
            for (const S& other : x) sum += exp(other - x[i]);
            y[i] = S(1) / sum;
        }
    }
};

struct LogSoftmax {
    template <class S>
    static void primal(const Application&, std::span<const S> x, std::span<S> y) {
        const Shifted<S> shifted(x);
        const S p = unrecorded(x[shifted.pivot]) - shifted.shift;
        const S& record = recorded_one(x);
        const S logarithm = p + log1p(shifted.others / shifted.exponentials[shifted.pivot]);
        for (std::size_t i = 0; i < y.size(); ++i)
            y[i] = on_record((unrecorded(x[i]) - shifted.shift) - logarithm, record);
    }
    template <class S>
    static void pullback(const Application&, std::span<const S> g, std::span<const S>,
                         std::span<const S> x, std::span<S> share) {
        pull_log_softmax(x, g, share);
    }
    /// -log sum_j exp(x_j - x_i).
    template <class S>
    static void second_form(const Application&, std::span<const S> x, std::span<S> y) {
        for (std::size_t i = 0; i < y.size(); ++i) {
            S sum(0);
            for (const S& other : x) sum += exp(other - x[i]);
            y[i] = -log(sum);
        }
    }
};

struct LogSumExp {
    template <class S>
    static S primal(const Application&, std::span<const S> x) {
        const Shifted<S> shifted(x);
        const S& largest = x[shifted.pivot];
        // What the others add is on the record: next to a huge logit the result would not show how fast
        // it changes.
        const S rest = log1p(shifted.others / shifted.exponentials[shifted.pivot]);
        return largest + on_record(rest, recorded_one(x));
    }
    /// g softmax(x).
    template <class S>
    static void pullback(const Application&, const S& g, const S&, std::span<const S> x,
                         std::span<S> share) {
        const Shifted<S> shifted(x);
        const S total = shifted.total();
        for (std::size_t i = 0; i < x.size(); ++i)
            share[i] += g * (shifted.exponentials[i] / total);
    }
    /// x_0 + log sum_i exp(x_i - x_0).
    template <class S>
    static S second_form(const Application&, std::span<const S> x) {
        S sum(0);
        for (const S& other : x) sum += exp(other - x[0]);
        return x[0] + log(sum);
    }
};

struct SoftmaxCrossEntropy {
    template <class S>
    static void primal(const Application& a, Inputs<S> inputs, std::span<S> result) {
        std::vector<S> logarithms(inputs[0].size());
        LogSoftmax::primal(a, inputs[0], std::span<S>(logarithms));
        S sum(0);
        for (std::size_t i = 0; i < logarithms.size(); ++i) sum += inputs[1][i] * logarithms[i];
        result[0] = -sum;
    }
    template <class S>
    static void pullback(const Application& a, std::span<const S> cotangent, std::span<const S>,
                         Inputs<S> inputs, Accumulators<S> accumulators) {
        if (exactly_zero(cotangent[0])) return;
        std::vector<S> of_logarithms, logarithms(inputs[0].size());
        for (const S& t : inputs[1]) of_logarithms.push_back(-(cotangent[0] * t));
        pull_log_softmax(inputs[0], std::span<const S>(of_logarithms), accumulators[0]);
        LogSoftmax::primal(a, inputs[0], std::span<S>(logarithms));
        for (std::size_t i = 0; i < logarithms.size(); ++i)
            accumulators[1][i] += -(cotangent[0] * logarithms[i]);
    }
    /// sum_i t_i log sum_j exp(z_j - z_i).
    template <class S>
    static void second_form(const Application& a, Inputs<S> inputs, std::span<S> result) {
        std::vector<S> logarithms(inputs[0].size());
        LogSoftmax::second_form(a, inputs[0], std::span<S>(logarithms));
        S sum(0);
        for (std::size_t i = logarithms.size(); i-- > 0;) sum += -(inputs[1][i] * logarithms[i]);
        result[0] = sum;
    }
};

Shape logits_shape(std::string_view name, const Shape& shape, const Attributes& attributes) {
    Shape result = mapped_shape(name, shape, attributes);
    if (mapped_lines({{shape}, {}, attributes}).size == 0) {
        refuse_shape(name, "shape " + to_string(shape),
                     "at least one entry along the axis: nothing has no largest logit");
    }
    return result;
}
Shape softmax_shape(std::span<const Shape> operands, const Attributes& attributes) {
    return logits_shape("softmax", operands[0], attributes);
}
Shape log_softmax_shape(std::span<const Shape> operands, const Attributes& attributes) {
    return logits_shape("log_softmax", operands[0], attributes);
}
Shape logsumexp_shape(std::span<const Shape> operands, const Attributes& attributes) {
    return reduced_shape_of_some("logsumexp", operands[0], attributes, 1,
                                 "the logarithm of an empty sum is no number");
}
Shape cross_entropy_shape(std::span<const Shape> operands, const Attributes& attributes) {
    const Shape shape = common_shape(operands, attributes);
    if (shape.size() != 1 || shape[0] == 0) {
        refuse_shape("softmax_cross_entropy", "shape " + to_string(shape),
                     "a vector with at least one entry");
    }
    return {};
}

}  // namespace

std::vector<Primitive> softmax_family() {
    using backprop::with_rules;
    const scalar::Domain logits{.hard_points = {0, 37, -37, 745, -745, 1000, -1000}},
        axis = axis_domain();
    // clang-format off
    return {
        with_rules<LineMap<Softmax>>({.name = "softmax", .operands = {"x"}, .attributes = {"axis..."},
            .formula = "exp(x_i) / sum_j exp(x_j)", .shape = softmax_shape, .operand_shapes = {"... n"}, .domains = {logits},
            .attribute_domains = {axis}, .fitting = fitting_axis, .refitted = refitted_axis,
            .source = "y_i (g_i - <y, g>), g relative to the pivot's"}),
        with_rules<LineMap<LogSoftmax>>({.name = "log_softmax", .operands = {"x"}, .attributes = {"axis..."},
            .formula = "x_i - log sum_j exp(x_j)", .shape = log_softmax_shape, .operand_shapes = {"... n"}, .domains = {logits},
            .attribute_domains = {axis}, .fitting = fitting_axis, .refitted = refitted_axis,
            .source = "g_i - y_i sum(g), 1 - y_p as a sum"}),
        with_rules<Reduction<LogSumExp>>({.name = "logsumexp", .operands = {"x"}, .attributes = {"axis..."},
            .formula = "log sum_i exp(x_i)", .shape = logsumexp_shape, .domains = {logits},
            .attribute_domains = {axis}, .fitting = fitting_axis, .refitted = refitted_axis,
            .source = "softmax(x), shifted by the largest: exp(x) overflows from x = 709.8 on"}),
        with_rules<SoftmaxCrossEntropy>({.name = "softmax_cross_entropy", .operands = {"z", "t"},
            .formula = "-sum_i t_i log softmax(z)_i", .shape = cross_entropy_shape, .operand_shapes = {"n"},
            .domains = {logits, {.lower = 0, .upper = 1}},
            .source = "the pullback of log_softmax at -g t; -g log softmax(z) for t"}),
    };
    // clang-format on
}

}  // namespace gradproof::primitives
