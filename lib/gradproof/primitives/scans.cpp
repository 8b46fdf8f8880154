// Cumulative sums and products along an axis: entry i is made of the entries 0 .. i.
#include <gradproof/primitives/scans.hpp>

#include <gradproof/primitives/along_axis.hpp>
#include <gradproof/primitives/halves.hpp>

#include <vector>

namespace gradproof::primitives {

namespace {

struct CumulativeSum {
    template <class S>
    static void primal(const Application&, std::span<const S> x, std::span<S> y) {
        S sum(0);
        for (std::size_t i = 0; i < x.size(); ++i) y[i] = sum += x[i];
    }
    /// Entry i is in y_i and all behind it: the cumulative sum of g from the back.
    template <class S>
    static void pullback(const Application&, std::span<const S> g, std::span<const S>,
                         std::span<const S>, std::span<S> share) {
        S sum(0);
        for (std::size_t i = g.size(); i-- > 0;) share[i] += sum += g[i];
    }
    template <class S>
    static void second_form(const Application&, std::span<const S> x, std::span<S> y) {
        for (std::size_t i = 0; i < y.size(); ++i)
            y[i] = sum_of_halves<S>(0, i + 1, [&](std::size_t k) { return x[k]; });
    }
};

struct CumulativeProduct {
    template <class S>
    static void primal(const Application&, std::span<const S> x, std::span<S> y) {
        S product(1);
        for (std::size_t i = 0; i < x.size(); ++i) y[i] = product *= x[i];
    }
    /// (x_0 ... x_(i-1)) (g_i + x_(i+1) (g_(i+1) + x_(i+2) (...))): no division, so that zeros are
    /// entries like others.
    template <class S>
    static void pullback(const Application&, std::span<const S> g, std::span<const S>,
                         std::span<const S> x, std::span<S> share) {
        std::vector<S> behind(g.begin(), g.end());
        for (std::size_t i = g.size(); i-- > 1;) {
            if (!exactly_zero(behind[i])) behind[i - 1] += x[i] * behind[i];
        }
        S before(1);
        for (std::size_t i = 0; i < g.size(); ++i) {
            if (!exactly_zero(behind[i])) share[i] += before * behind[i];
            before *= x[i];
        }
    }
    template <class S>
    static void second_form(const Application&, std::span<const S> x, std::span<S> y) {
        for (std::size_t i = 0; i < y.size(); ++i)
            y[i] = product_of_halves<S>(0, i + 1, [&](std::size_t k) { return x[k]; });
    }
};

Shape cumsum_shape(std::span<const Shape> operands, const Attributes& attributes) {
    return mapped_shape("cumsum", operands[0], attributes);
}
Shape cumprod_shape(std::span<const Shape> operands, const Attributes& attributes) {
    return mapped_shape("cumprod", operands[0], attributes);
}

}  // namespace

std::vector<Primitive> scans() {
    using backprop::with_rules;
    const scalar::Domain line, axis = axis_domain();
    // clang-format off
    return {
        with_rules<LineMap<CumulativeSum>>({.name = "cumsum", .operands = {"x"}, .attributes = {"axis..."},
            .formula = "x_0 + ... + x_i", .shape = cumsum_shape, .operand_shapes = {"... n"}, .domains = {line},
            .attribute_domains = {axis}, .fitting = fitting_axis, .refitted = refitted_axis,
            .source = "linear: the sum of g from the back"}),
        with_rules<LineMap<CumulativeProduct>>({.name = "cumprod", .operands = {"x"}, .attributes = {"axis..."},
            .formula = "x_0 ... x_i", .shape = cumprod_shape, .operand_shapes = {"... n"}, .domains = {{.hard_points = {0}}},
            .attribute_domains = {axis}, .fitting = fitting_axis, .refitted = refitted_axis,
            .source = "product rule, by Horner's scheme from the back"}),
    };
    // clang-format on
}

}  // namespace gradproof::primitives
