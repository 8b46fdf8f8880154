// Pooling over lines and planes: each window's largest entry, or its mean. Windows may overlap.
//
// Padding is no entry: it is never the largest, and a mean is over the entries that are there, so that a
// window over the edge divides by fewer. Less padding than a window has places leaves each window one.
#include <gradproof/primitives/pooling.hpp>

#include <gradproof/primitives/drawn_size.hpp>
#include <gradproof/primitives/elementwise.hpp>
#include <gradproof/primitives/windows.hpp>

#include <algorithm>
#include <array>
#include <string>

namespace gradproof::primitives {

namespace {

using namespace gradproof::scalar;  // hypot of built-in types; others by argument

/// The windows along axis `k` of `axes`: the attributes are sizes, strides and paddings.
[[nodiscard]] WindowsAlongAxis along(const Shape& x, const Attributes& attributes, std::size_t axes,
                                     std::size_t k) {
    const auto count = [&](std::size_t attribute) {
        return static_cast<std::size_t>(attributes[attribute * axes + k]);
    };
    return {x[x.size() - axes + k], count(0), count(1), count(2)};
}

[[nodiscard]] Windows windows_of(const Application& a) {
    const std::size_t axes = a.attributes.size() / 3;
    Windows windows;
    windows.columns = along(a.operands[0], a.attributes, axes, axes - 1);
    if (axes == 2) windows.rows = along(a.operands[0], a.attributes, axes, 0);
    return windows;
}

/// The entries of window `flat` of the whole result, in the order of its places.
[[nodiscard]] std::vector<std::size_t> entries_of(const Windows& windows, std::size_t flat) {
    std::vector<std::size_t> entries;
    const std::size_t plane = flat / windows.count() * windows.entries();
    windows.for_each_entry(flat % windows.count(), [&](std::size_t, std::size_t entry) {
        entries.push_back(plane + entry);
    });
    return entries;
}

struct MaxPool {
    template <class S>
    [[nodiscard]] static std::size_t place(std::span<const S> x,
                                           const std::vector<std::size_t>& entries) {
        std::size_t largest = entries[0];
        for (const std::size_t entry : entries) {
            if (entry != largest && x[largest] < x[entry]) largest = entry;
        }
        return largest;
    }
    template <class S>
    static void primal(const Application& a, Inputs<S> inputs, std::span<S> result) {
        const Windows windows = windows_of(a);
        for (std::size_t at = 0; at < result.size(); ++at)
            result[at] = inputs[0][place(inputs[0], entries_of(windows, at))];
    }
    template <class S>
    static void pullback(const Application& a, std::span<const S> cotangent, std::span<const S>,
                         Inputs<S> inputs, Accumulators<S> accumulators) {
        const Windows windows = windows_of(a);
        for (std::size_t at = 0; at < cotangent.size(); ++at) {
            if (exactly_zero(cotangent[at])) continue;
            accumulators[0][place(inputs[0], entries_of(windows, at))] += cotangent[at];
        }
    }
    /// Last to first, the larger of two as (a + b + |a - b|)/2, with no comparison.
    template <class S>
    static void second_form(const Application& a, Inputs<S> inputs, std::span<S> result) {
        const Windows windows = windows_of(a);
        for (std::size_t at = 0; at < result.size(); ++at) {
            const std::vector<std::size_t> entries = entries_of(windows, at);
            S largest = inputs[0][entries.back()];
            for (std::size_t k = entries.size() - 1; k-- > 0;) {
                const S& x = inputs[0][entries[k]];
                largest = (largest + x + hypot(largest - x, S(0))) / S(2);
            }
            result[at] = largest;
        }
    }
    static void at_tie(const Application& a, std::span<const double> cotangent,
                       Inputs<double> inputs, Accumulators<double> gradient) {
        const Windows windows = windows_of(a);
        std::fill(gradient[0].begin(), gradient[0].end(), 0.0);
        for (std::size_t at = 0; at < cotangent.size(); ++at) {
            const std::vector<std::size_t> entries = entries_of(windows, at);
            const auto first = std::max_element(
                entries.begin(), entries.end(),
                [&](std::size_t i, std::size_t k) { return inputs[0][i] < inputs[0][k]; });
            gradient[0][*first] += cotangent[at];
        }
    }
};

struct AveragePool {
    template <class S>
    static void primal(const Application& a, Inputs<S> inputs, std::span<S> result) {
        const Windows windows = windows_of(a);
        for (std::size_t at = 0; at < result.size(); ++at) {
            const std::vector<std::size_t> entries = entries_of(windows, at);
            S sum(0);
            for (const std::size_t entry : entries) sum += inputs[0][entry];
            result[at] = sum / number_of<S>(entries.size());
        }
    }
    template <class S>
    static void pullback(const Application& a, std::span<const S> cotangent, std::span<const S>,
                         Inputs<S>, Accumulators<S> accumulators) {
        const Windows windows = windows_of(a);
        for (std::size_t at = 0; at < cotangent.size(); ++at) {
            if (exactly_zero(cotangent[at])) continue;
            const std::vector<std::size_t> entries = entries_of(windows, at);
            const S each = cotangent[at] / number_of<S>(entries.size());
            for (const std::size_t entry : entries) accumulators[0][entry] += each;
        }
    }

    /// Sums of all that is above and left of a corner, which differ by what a window holds.
    /// Source: Crow, "Summed-area tables for texture mapping", SIGGRAPH 1984.
    template <class S>
    class SummedArea {
    public:
        SummedArea(std::span<const S> plane, const Windows& windows)
            : rows_(windows.rows.entries), columns_(windows.columns.entries) {
            sums_.assign((rows_ + 1) * (columns_ + 1), S(0));
            for (std::size_t r = 1; r <= rows_; ++r) {
                for (std::size_t c = 1; c <= columns_; ++c) {
                    sum(r, c) = plane[(r - 1) * columns_ + c - 1] +
                                (sum(r - 1, c) + (sum(r, c - 1) - sum(r - 1, c - 1)));
                }
            }
        }
        /// Of the rows and columns from the first ends to before the second ones.
        [[nodiscard]] S between(std::array<std::size_t, 2> rows,
                                std::array<std::size_t, 2> columns) {
            return (sum(rows[1], columns[1]) - sum(rows[0], columns[1])) -
                   (sum(rows[1], columns[0]) - sum(rows[0], columns[0]));
        }

    private:
        std::size_t rows_, columns_;
        std::vector<S> sums_;

        [[nodiscard]] S& sum(std::size_t r, std::size_t c) { return sums_[r * (columns_ + 1) + c]; }
    };
    /// Where window w begins and ends within the axis.
    [[nodiscard]] static std::array<std::size_t, 2> ends(const WindowsAlongAxis& axis,
                                                         std::size_t window) {
        const std::size_t begin = window * axis.stride, end = begin + axis.size;
        const auto inside = [&](std::size_t at) {
            return std::min(std::max(at, axis.padding) - axis.padding, axis.entries);
        };
        return {inside(begin), inside(end)};
    }
    template <class S>
    static void second_form(const Application& a, Inputs<S> inputs, std::span<S> result) {
        const Windows windows = windows_of(a);
        const std::size_t count = windows.count(), entries = windows.entries();
        for (std::size_t plane = 0; plane * count < result.size(); ++plane) {
            SummedArea<S> area(inputs[0].subspan(plane * entries, entries), windows);
            for (std::size_t window = 0; window < count; ++window) {
                const auto rows = ends(windows.rows, window / windows.columns.count());
                const auto columns = ends(windows.columns, window % windows.columns.count());
                result[plane * count + window] =
                    area.between(rows, columns) /
                    number_of<S>((rows[1] - rows[0]) * (columns[1] - columns[0]));
            }
        }
    }
};

template <std::size_t axes>
Shape pooled_shape(std::span<const Shape> operands, const Attributes& attributes) {
    constexpr std::string_view name = axes == 1 ? "pooling of lines" : "pooling of planes";
    const Shape& x = operands[0];
    if (x.size() < axes) refuse_shape(name, to_string(x), axes == 1 ? "[..., w]" : "[..., h, w]");
    Shape result(x.begin(), x.end() - static_cast<std::ptrdiff_t>(axes));
    for (std::size_t k = 0; k < axes; ++k) {
        const std::size_t size = whole(name, "size", attributes[k], 1);
        static_cast<void>(whole(name, "stride", attributes[axes + k], 1));
        const std::size_t padding = whole(name, "padding", attributes[2 * axes + k], 0);
        const WindowsAlongAxis windows = along(x, attributes, axes, k);
        if (windows.entries == 0 || padding >= size || !windows.any()) {
            refuse_shape(name,
                         "shape " + to_string(x) + ", a window of " + std::to_string(size) +
                             " and padding of " + std::to_string(padding),
                         "entries, less padding than the window, and room for one window");
        }
        result.push_back(windows.count());
    }
    return result;
}

/// Sizes, strides and paddings that fit; windows overlap where a stride is less than its size.
template <std::size_t axes>
std::optional<Attributes> sliding(std::span<const Shape> operands, const backprop::Below& below) {
    constexpr std::size_t largest = 3;
    if (!small_enough(operands)) return std::nullopt;
    Attributes attributes(3 * axes);
    for (std::size_t k = 0; k < axes; ++k) {
        const std::size_t entries = operands[0][operands[0].size() - axes + k];
        if (entries == 0) return std::nullopt;
        const std::size_t size = 1 + below(std::min(entries, largest));
        attributes[k] = static_cast<double>(size);
        attributes[axes + k] = static_cast<double>(1 + below(largest));
        attributes[2 * axes + k] = static_cast<double>(below(size));
    }
    return attributes;
}

}  // namespace

std::vector<Primitive> pooling() {
    using backprop::with_rules;
    const scalar::Domain line;
    const scalar::Domain places{.lower = 1, .upper = 8, .integers_only = true};
    const scalar::Domain beyond{.lower = 0, .upper = 7, .integers_only = true};
    const auto over_lines = [&](Primitive primitive) {
        primitive.attributes = {"size", "stride", "padding"};
        primitive.shape = pooled_shape<1>;
        primitive.operand_shapes = {"... w"};
        primitive.attribute_domains = {places, places, beyond};
        primitive.fitting = sliding<1>;
        return primitive;
    };
    const auto over_planes = [&](Primitive primitive) {
        primitive.attributes = {"size_h",   "size_w",    "stride_h",
                                "stride_w", "padding_h", "padding_w"};
        primitive.shape = pooled_shape<2>;
        primitive.operand_shapes = {"... h w"};
        primitive.attribute_domains = {places, places, places, places, beyond, beyond};
        primitive.fitting = sliding<2>;
        return primitive;
    };
    const Primitive largest{
        .name = "max_pool1d",
        .operands = {"x"},
        .formula = "max_k x(t stride + k - padding)",
        .domains = {line},
        .at_tie = MaxPool::at_tie,
        .convention =
            "the first of a window's largest entries gets the whole cotangent; padding is no entry",
        .source =
            "1 for a window's largest entry, summed over the windows that it is the largest of",
        .sharpness = {.ulps = 11,
                      .why = "an entry is a sum over up to three windows in a row: 8 + 3"}};
    const Primitive mean{
        .name = "average_pool1d",
        .operands = {"x"},
        .formula = "mean of x(t stride + k - padding) over the k that are no padding",
        .domains = {line},
        .source = "linear: g/n to each of a window's n entries, padding not counted"};
    const auto named = [](Primitive primitive, std::string_view name) {
        primitive.name = name;
        return primitive;
    };
    return {
        with_rules<MaxPool>(over_lines(largest)),
        with_rules<MaxPool>(over_planes(named(largest, "max_pool2d"))),
        with_rules<AveragePool>(over_lines(mean)),
        with_rules<AveragePool>(over_planes(named(mean, "average_pool2d"))),
    };
}

}  // namespace gradproof::primitives
