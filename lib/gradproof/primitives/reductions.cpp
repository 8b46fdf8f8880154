// Reductions along an axis or of all entries: sum, mean, product, variance; and the mean squared error.
#include <gradproof/primitives/reductions.hpp>

#include <gradproof/primitives/along_axis.hpp>
#include <gradproof/primitives/halves.hpp>
#include <gradproof/primitives/whole_attributes.hpp>

#include <vector>

namespace gradproof::primitives {

namespace {

struct Sum {
    template <class S>
    static S primal(const Application&, std::span<const S> x) {
        S sum(0);
        for (const S& entry : x) sum += entry;
        return sum;
    }
    template <class S>
    static void pullback(const Application&, const S& g, const S&, std::span<const S>,
                         std::span<S> share) {
        for (S& entry : share) entry += g;
    }
    template <class S>
    static S second_form(const Application&, std::span<const S> x) {
        return sum_of_halves<S>(0, x.size(), [&](std::size_t i) { return x[i]; });
    }
};

struct Mean {
    template <class S>
    static S primal(const Application& a, std::span<const S> x) {
        return Sum::primal(a, x) / number_of<S>(x.size());
    }
    template <class S>
    static void pullback(const Application&, const S& g, const S&, std::span<const S> x,
                         std::span<S> share) {
        const S each = g / number_of<S>(x.size());
        for (S& entry : share) entry += each;
    }
    template <class S>
    static S second_form(const Application&, std::span<const S> x) {
        const S count = number_of<S>(x.size());
        return sum_of_halves<S>(0, x.size(), [&](std::size_t i) { return x[i] / count; });
    }
};

struct ProductOfLine {
    template <class S>
    static S primal(const Application&, std::span<const S> x) {
        S product(1);
        for (const S& entry : x) product *= entry;
        return product;
    }
    /// The product of the others from both sides: no division, so that zeros are entries like others.
    template <class S>
    static void pullback(const Application&, const S& g, const S&, std::span<const S> x,
                         std::span<S> share) {
        std::vector<S> behind(x.size() + 1, S(1));
        for (std::size_t i = x.size(); i-- > 0;) behind[i] = x[i] * behind[i + 1];
        S before(1);
        for (std::size_t i = 0; i < x.size(); ++i) {
            share[i] += g * (before * behind[i + 1]);
            before *= x[i];
        }
    }
    template <class S>
    static S second_form(const Application&, std::span<const S> x) {
        return product_of_halves<S>(0, x.size(), [&](std::size_t i) { return x[i]; });
    }
};

/// The attribute is what is taken off the count n: 0 for a population, 1 for a sample.
struct Variance {
    static constexpr std::size_t own = 1;

    template <class S>
    static S divisor(const Application& a, std::span<const S> x) {
        return number_of<S>(x.size() - static_cast<std::size_t>(a.attributes[0]));
    }
    template <class S>
    static S primal(const Application& a, std::span<const S> x) {
        const S mean = Mean::primal(a, x);
        S squares(0);
        for (const S& entry : x) squares += (entry - mean) * (entry - mean);
        return squares / divisor(a, x);
    }
    /// The mean has a share of its own, which is 0: deviations sum to 0.
    template <class S>
    static void pullback(const Application& a, const S& g, const S&, std::span<const S> x,
                         std::span<S> share) {
        const S mean = Mean::primal(a, x), each = S(2) * (g / divisor(a, x));
        for (std::size_t i = 0; i < x.size(); ++i) share[i] += each * (x[i] - mean);
    }
    /// Half the mean square of all differences: sum_i sum_k (x_i - x_k)^2 / (2 n (n - correction)).
    template <class S>
    static S second_form(const Application& a, std::span<const S> x) {
        S squares(0);
        for (const S& one : x) {
            for (const S& other : x) squares += (one - other) * (one - other);
        }
        return squares / (S(2) * number_of<S>(x.size()) * divisor(a, x));
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
        result[0] = sum / number_of<S>(inputs[0].size());
    }
    template <class S>
    static void pullback(const Application&, std::span<const S> cotangent, std::span<const S>,
                         Inputs<S> inputs, Accumulators<S> accumulators) {
        if (exactly_zero(cotangent[0])) return;
        const S each = S(2) * (cotangent[0] / number_of<S>(inputs[0].size()));
        for (std::size_t i = 0; i < inputs[0].size(); ++i) {
            const S share = each * (inputs[0][i] - inputs[1][i]);
            accumulators[0][i] += share;
            accumulators[1][i] += -share;
        }
    }
    /// (x^2 - 2 x t + t^2)/n, summed in halves.
    template <class S>
    static void second_form(const Application&, Inputs<S> inputs, std::span<S> result) {
        const S count = number_of<S>(inputs[0].size());
        result[0] = sum_of_halves<S>(0, inputs[0].size(), [&](std::size_t i) {
            const S &x = inputs[0][i], &t = inputs[1][i];
            return (x * x - S(2) * x * t + t * t) / count;
        });
    }
};

Shape sum_shape(std::span<const Shape> operands, const Attributes& attributes) {
    return reduced_shape("sum", operands[0], attributes);
}
Shape mean_shape(std::span<const Shape> operands, const Attributes& attributes) {
    return reduced_shape_of_some("mean", operands[0], attributes, 1, "nothing has no mean");
}
Shape prod_shape(std::span<const Shape> operands, const Attributes& attributes) {
    return reduced_shape("prod", operands[0], attributes);
}
Shape variance_shape(std::span<const Shape> operands, const Attributes& attributes) {
    const std::size_t correction = whole("variance", "correction", attributes[0], 0, 1);
    return reduced_shape_of_some("variance", operands[0], attributes, 1 + correction,
                                 "the variance of a sample takes two, of a population one",
                                 Variance::own);
}
Shape error_shape(std::span<const Shape> operands, const Attributes& attributes) {
    require_entries("mean_squared_error", common_shape(operands, attributes),
                    "nothing has no mean");
    return {};
}

std::optional<Attributes> fitting_variance(std::span<const Shape> operands,
                                           const backprop::Below& below) {
    auto attributes = fitting_axis(operands, below);
    if (attributes) attributes->insert(attributes->begin(), static_cast<double>(below(2)));
    return attributes;
}
std::optional<Attributes> refitted_variance(std::span<const Shape> from, std::span<const Shape> to,
                                            const Attributes& attributes) {
    return refitted_axis_after(Variance::own, from[0], to[0], attributes);
}

}  // namespace

std::vector<Primitive> reductions() {
    using backprop::with_rules;
    const scalar::Domain line, axis = axis_domain(),
                               correction{.lower = 0, .upper = 1, .integers_only = true};
    // clang-format off
    return {
        with_rules<Reduction<Sum>>({.name = "sum", .operands = {"x"}, .attributes = {"axis..."}, .formula = "sum_i x_i",
            .shape = sum_shape, .domains = {line}, .attribute_domains = {axis}, .fitting = fitting_axis,
            .refitted = refitted_axis, .source = "linear; the empty sum is 0"}),
        with_rules<Reduction<Mean>>({.name = "mean", .operands = {"x"}, .attributes = {"axis..."}, .formula = "(1/n) sum_i x_i",
            .shape = mean_shape, .domains = {line}, .attribute_domains = {axis}, .fitting = fitting_axis,
            .refitted = refitted_axis, .source = "linear"}),
        with_rules<Reduction<ProductOfLine>>({.name = "prod", .operands = {"x"}, .attributes = {"axis..."}, .formula = "prod_i x_i",
            .shape = prod_shape, .domains = {{.hard_points = {0}}}, .attribute_domains = {axis}, .fitting = fitting_axis,
            .refitted = refitted_axis,
            .source = "product rule: g times the product of the others, from both sides; the empty product is 1"}),
        with_rules<Reduction<Variance, Variance::own>>({.name = "variance", .operands = {"x"},
            .attributes = {"correction", "axis..."}, .formula = "sum_i (x_i - mean)^2 / (n - correction)",
            .shape = variance_shape, .domains = {line}, .attribute_domains = {correction, axis},
            .fitting = fitting_variance, .refitted = refitted_variance, .source = "2 (x_i - mean)/(n - correction)"}),
        with_rules<MeanSquaredError>({.name = "mean_squared_error", .operands = {"x", "t"},
            .formula = "(1/n) sum_i (x_i - t_i)^2", .shape = error_shape, .domains = {line},
            .source = "(2/n)(x - t), and its negative for t"}),
    };
    // clang-format on
}

}  // namespace gradproof::primitives
