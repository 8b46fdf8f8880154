// Convolutions over lines and planes, with stride, padding and dilation. As everywhere in networks the
// kernel is not turned round: y_o(t) = sum_(c,k) K_oc(k) x_c(t stride + k dilation - padding).
//
// A line is a plane with a single row, so that one rule serves both. What stands beyond the edges adds
// nothing, by selection.
#include <gradproof/primitives/convolutions.hpp>

#include <gradproof/primitives/drawn_size.hpp>
#include <gradproof/primitives/elementwise.hpp>
#include <gradproof/primitives/windows.hpp>

#include <algorithm>
#include <string>

namespace gradproof::primitives {

namespace {

/// Of x [..., c, h, w] and K [o, c, k, l], or [..., c, w] and [o, c, l].
struct ConvolutionSizes {
    Windows windows;
    std::size_t images = 0, channels = 0, outputs = 0;
};

/// The windows along axis `k` of the `axes` axes that are slid over.
[[nodiscard]] WindowsAlongAxis along(const Application& a, std::size_t axes, std::size_t k) {
    const Shape &x = a.operands[0], &kernels = a.operands[1];
    const auto count = [&](std::size_t attribute) {
        return static_cast<std::size_t>(a.attributes[attribute * axes + k]);
    };
    return {x[x.size() - axes + k], kernels[2 + k], count(0), count(1), count(2)};
}

[[nodiscard]] ConvolutionSizes sizes(const Application& a) {
    const Shape& kernels = a.operands[1];
    const std::size_t axes = kernels.size() - 2;
    ConvolutionSizes found;
    found.windows.columns = along(a, axes, axes - 1);
    if (axes == 2) found.windows.rows = along(a, axes, 0);
    found.images = planes(a.operands[0], axes + 1);
    found.channels = kernels[1];
    found.outputs = kernels[0];
    return found;
}

/// Calls visit(output, input, weight), all flat, for each product that there is, by outputs.
template <class Visit>
void for_each_product(const ConvolutionSizes& s, Visit visit) {
    const std::size_t count = s.windows.count();
    for (std::size_t plane = 0; plane < s.images * s.outputs; ++plane) {
        const std::size_t image = plane / s.outputs, o = plane % s.outputs;
        for (std::size_t window = 0; window < count; ++window) {
            for (std::size_t c = 0; c < s.channels; ++c) {
                const std::size_t x = (image * s.channels + c) * s.windows.entries();
                const std::size_t weight = (o * s.channels + c) * s.windows.places();
                s.windows.for_each_entry(window, [&](std::size_t place, std::size_t entry) {
                    visit(plane * count + window, x + entry, weight + place);
                });
            }
        }
    }
}

struct Convolution {
    template <class S>
    static void primal(const Application& a, Inputs<S> inputs, std::span<S> result) {
        std::fill(result.begin(), result.end(), S(0));
        for_each_product(sizes(a), [&](std::size_t y, std::size_t x, std::size_t weight) {
            result[y] += inputs[0][x] * inputs[1][weight];
        });
    }
    /// What an output is the sum of gets its cotangent: g K for x, g x for K.
    template <class S>
    static void pullback(const Application& a, std::span<const S> cotangent, std::span<const S>,
                         Inputs<S> inputs, Accumulators<S> accumulators) {
        std::vector<bool> silent;
        for (const S& g : cotangent) silent.push_back(exactly_zero(g));
        for_each_product(sizes(a), [&](std::size_t y, std::size_t x, std::size_t weight) {
            if (silent[y]) return;
            accumulators[0][x] += cotangent[y] * inputs[1][weight];
            accumulators[1][weight] += cotangent[y] * inputs[0][x];
        });
    }

    /// The window that has `entry` at a place, if one has.
    [[nodiscard]] static std::optional<std::size_t> window_of(const WindowsAlongAxis& axis,
                                                              std::size_t entry,
                                                              std::size_t place) {
        const std::size_t at = entry + axis.padding, before = place * axis.dilation;
        if (at < before || (at - before) % axis.stride != 0) return std::nullopt;
        const std::size_t window = (at - before) / axis.stride;
        const std::size_t last = axis.entries + 2 * axis.padding - axis.reach();
        return window * axis.stride > last ? std::nullopt : std::optional(window);
    }
    /// Each input scatters what it is worth to every output that it is seen by, last to first.
    template <class S>
    static void second_form(const Application& a, Inputs<S> inputs, std::span<S> result) {
        const ConvolutionSizes s = sizes(a);
        const WindowsAlongAxis &rows = s.windows.rows, &columns = s.windows.columns;
        std::fill(result.begin(), result.end(), S(0));
        for (std::size_t at = inputs[0].size(); at-- > 0;) {
            const std::size_t column = at % columns.entries;
            const std::size_t row = at / columns.entries % rows.entries;
            const std::size_t channel = at / s.windows.entries() % s.channels;
            const std::size_t image = at / s.windows.entries() / s.channels;
            for (std::size_t weight = inputs[1].size(); weight-- > 0;) {
                if (weight / s.windows.places() % s.channels != channel) continue;
                const auto down = window_of(rows, row, weight / columns.size % rows.size);
                const auto across = window_of(columns, column, weight % columns.size);
                if (!down || !across) continue;
                const std::size_t o = weight / s.windows.places() / s.channels;
                result[((image * s.outputs + o) * rows.count() + *down) * columns.count() +
                       *across] += inputs[1][weight] * inputs[0][at];
            }
        }
    }
};

template <std::size_t axes>
Shape convolution_shape(std::span<const Shape> operands, const Attributes& attributes) {
    constexpr std::string_view name = axes == 1 ? "conv1d" : "conv2d";
    const Shape &x = operands[0], &kernels = operands[1];
    const std::string given = to_string(x) + " and " + to_string(kernels);
    if (x.size() < axes + 1 || kernels.size() != axes + 2 || x[x.size() - axes - 1] != kernels[1]) {
        refuse_shape(name, given,
                     axes == 1 ? "[..., c, w] and kernels [o, c, l]"
                               : "[..., c, h, w] and kernels [o, c, k, l]");
    }
    for (std::size_t k = 0; k < axes; ++k) {
        static_cast<void>(whole(name, "stride", attributes[k], 1));
        static_cast<void>(whole(name, "padding", attributes[axes + k], 0));
        static_cast<void>(whole(name, "dilation", attributes[2 * axes + k], 1));
    }
    Shape result(x.begin(), x.end() - static_cast<std::ptrdiff_t>(axes + 1));
    result.push_back(kernels[0]);
    const Application application{{x, kernels}, {}, attributes};
    for (std::size_t k = 0; k < axes; ++k) {
        const WindowsAlongAxis windows = along(application, axes, k);
        if (!windows.any())
            refuse_shape(name, given, "kernels with a place, no longer than what they slide over");
        result.push_back(windows.count());
    }
    return result;
}

/// Strides, paddings and dilations of which the kernel fits in: padding where it is longer, then as much
/// dilation as there is room for.
std::optional<Attributes> sliding(std::span<const Shape> operands, const backprop::Below& below) {
    constexpr std::size_t most_padding = 2, most_apart = 3;
    const Shape &x = operands[0], &kernels = operands[1];
    const std::size_t axes = kernels.size() - 2;
    if (!small_enough(operands)) return std::nullopt;
    Attributes attributes(3 * axes);
    for (std::size_t k = 0; k < axes; ++k) {
        const std::size_t entries = x[x.size() - axes + k], size = kernels[2 + k];
        const std::size_t least = size > entries ? (size - entries + 1) / 2 : 0;
        if (size == 0 || least > most_padding) return std::nullopt;
        const std::size_t padding = least + below(most_padding - least + 1);
        if (entries + 2 * padding == 0) return std::nullopt;
        const std::size_t room = size > 1 ? (entries + 2 * padding - 1) / (size - 1) : most_apart;
        attributes[k] = static_cast<double>(1 + below(most_apart));
        attributes[axes + k] = static_cast<double>(padding);
        attributes[2 * axes + k] = static_cast<double>(1 + below(std::min(room, most_apart)));
    }
    return attributes;
}

}  // namespace

std::vector<Primitive> convolutions() {
    using backprop::with_rules;
    const scalar::Domain line;
    const scalar::Domain apart{.lower = 1, .upper = 8, .integers_only = true};
    const scalar::Domain beyond{.lower = 0, .upper = 8, .integers_only = true};
    // clang-format off
    return {
        with_rules<Convolution>({.name = "conv1d", .operands = {"x", "K"}, .attributes = {"stride", "padding", "dilation"},
            .formula = "y_o(t) = sum_(c,k) K_oc(k) x_c(t stride + k dilation - padding)",
            .shape = convolution_shape<1>, .operand_shapes = {"... c w", "o c l"}, .domains = {line},
            .attribute_domains = {apart, beyond, apart}, .fitting = sliding,
            .source = "bilinear: dx_c(t stride + k dilation - padding) = sum_(o,t) K_oc(k) g_o(t), dK_oc(k) = sum_t g_o(t) x_c(...)"}),
        with_rules<Convolution>({.name = "conv2d", .operands = {"x", "K"},
            .attributes = {"stride_h", "stride_w", "padding_h", "padding_w", "dilation_h", "dilation_w"},
            .formula = "conv1d along rows and columns at once",
            .shape = convolution_shape<2>, .operand_shapes = {"... c h w", "o c k l"}, .domains = {line},
            .attribute_domains = {apart, apart, beyond, beyond, apart, apart}, .fitting = sliding,
            .source = "bilinear, as conv1d"}),
    };
    // clang-format on
}

}  // namespace gradproof::primitives
