// Parts of tensors along an axis: concatenate, slice, pad, gather. Every entry is passed on as it is.
#include <gradproof/primitives/rearrangements.hpp>

#include <gradproof/primitives/along_axis.hpp>
#include <gradproof/primitives/index_map.hpp>
#include <gradproof/primitives/kept_axes.hpp>
#include <gradproof/primitives/whole_attributes.hpp>

#include <algorithm>
#include <cmath>
#include <string>

namespace gradproof::primitives {

namespace {

constexpr std::size_t kMostPadding = 1024;  // before or after an axis

/// The axis that follows `own` attributes; the first where none is given.
[[nodiscard]] std::size_t axis_after(std::size_t own, const Attributes& attributes) {
    return listed_axis(attributes, own).value_or(0);
}
/// The same, checked.
[[nodiscard]] std::size_t given_axis(std::string_view name, std::size_t own, const Shape& shape,
                                     const Attributes& attributes) {
    static_cast<void>(mapped_shape(name, shape, attributes, own));
    return axis_after(own, attributes);
}
/// Where the axis, which may be the first by default, is in a shape that shrank: as a list.
[[nodiscard]] std::optional<Attributes> refitted_list(std::size_t own, const Shape& from,
                                                      const Shape& to,
                                                      const Attributes& attributes) {
    const std::size_t axis = axis_after(own, attributes);
    const auto kept = kept_axes(from, to, {axis});
    const auto there = kept ? new_axis(*kept, axis) : std::optional<std::size_t>();
    if (!there) return std::nullopt;
    if (*there == 0 && attributes.size() == own) return Attributes{};
    return Attributes{static_cast<double>(*there)};
}

/// The operand's flat place of an entry whose place on `axis` is `on_axis` and else that of `index`.
[[nodiscard]] std::size_t moved(const Shape& shape, const Index& index, std::size_t axis,
                                std::size_t on_axis) {
    return flat_place(shape, [&](std::size_t k) { return k == axis ? on_axis : index[k]; });
}
/// Whether two indices agree on all axes but one.
[[nodiscard]] bool agree_beside(std::size_t axis, const Index& from, const Index& to) {
    for (std::size_t k = 0; k < from.size(); ++k) {
        if (k != axis && from[k] != to[k]) return false;
    }
    return true;
}

struct Concatenate {
    static std::optional<Source> from(const Application& a, std::size_t, const Index& index) {
        const std::size_t axis = axis_after(0, a.attributes);
        std::size_t operand = 0, place = index[axis];
        while (place >= a.operands[operand][axis]) place -= a.operands[operand++][axis];
        return Source{operand, moved(a.operands[operand], index, axis, place)};
    }
    static bool belongs(const Application& a, std::size_t operand, const Index& from,
                        const Index& to) {
        const std::size_t axis = axis_after(0, a.attributes);
        std::size_t place = from[axis];
        for (std::size_t k = 0; k < operand; ++k) place += a.operands[k][axis];
        return place == to[axis] && agree_beside(axis, from, to);
    }
};

Shape concatenate_shape(std::span<const Shape> operands, const Attributes& attributes) {
    const std::size_t axis = given_axis("concatenate", 0, operands[0], attributes);
    Shape result = operands[0];
    for (const Shape& shape : operands.subspan(1)) {
        if (shape.size() != result.size() || !agree_beside(axis, shape, operands[0])) {
            refuse_shape("concatenate",
                         "shapes " + to_string(operands[0]) + " and " + to_string(shape),
                         "the same sizes beside axis " + std::to_string(axis));
        }
        result[axis] += shape[axis];
    }
    return result;
}
/// An axis beside which all shapes agree; the first, which needs no naming, is named now and then.
std::optional<Attributes> fitting_concatenate(std::span<const Shape> operands,
                                              const backprop::Below& below) {
    std::vector<std::size_t> axes;
    for (std::size_t axis = 0; axis < operands[0].size(); ++axis) {
        if (std::ranges::all_of(operands, [&](const Shape& shape) {
                return shape.size() == operands[0].size() && agree_beside(axis, shape, operands[0]);
            }))
            axes.push_back(axis);
    }
    if (axes.empty()) return std::nullopt;
    const std::size_t axis = axes[below(axes.size())];
    if (axis == 0 && below(2) == 0) return Attributes{};
    return Attributes{static_cast<double>(axis)};
}
std::optional<Attributes> refitted_concatenate(std::span<const Shape> from,
                                               std::span<const Shape> to,
                                               const Attributes& attributes) {
    return refitted_list(0, from[0], to[0], attributes);
}

struct Slice {
    static std::optional<Source> from(const Application& a, std::size_t, const Index& index) {
        const std::size_t axis = axis_after(2, a.attributes);
        return Source{0,
                      moved(a.operands[0], index, axis, index[axis] + count_of(a.attributes[0]))};
    }
    /// Counted from the end.
    static bool belongs(const Application& a, std::size_t, const Index& from, const Index& to) {
        const std::size_t axis = axis_after(2, a.attributes), end = count_of(a.attributes[1]);
        const bool before_end = from[axis] < end;
        return before_end && end - from[axis] == a.result[axis] - to[axis] &&
               agree_beside(axis, from, to);
    }
};

Shape slice_shape(std::span<const Shape> operands, const Attributes& attributes) {
    const std::size_t axis = given_axis("slice", 2, operands[0], attributes);
    const double begin = attributes[0], end = attributes[1];
    const double size = static_cast<double>(operands[0][axis]);
    if (!(0 <= begin && begin <= end && end <= size) || begin != std::floor(begin) ||
        end != std::floor(end)) {
        refuse_shape("slice", "begin " + text_of(begin) + " and end " + text_of(end),
                     "integers with 0 <= begin <= end <= " + text_of(size));
    }
    Shape result = operands[0];
    result[axis] = count_of(end - begin);
    return result;
}
std::optional<Attributes> fitting_slice(std::span<const Shape> operands,
                                        const backprop::Below& below) {
    const std::size_t axis = below(operands[0].size()), size = operands[0][axis];
    const std::size_t begin = below(size + 1), end = begin + below(size - begin + 1);
    Attributes attributes{static_cast<double>(begin), static_cast<double>(end)};
    if (axis > 0 || below(2) == 0) attributes.push_back(static_cast<double>(axis));
    return attributes;
}
/// What of the part is left; one entry at least, where there was one.
std::optional<Attributes> refitted_slice(std::span<const Shape> from, std::span<const Shape> to,
                                         const Attributes& attributes) {
    const auto list = refitted_list(2, from[0], to[0], attributes);
    if (!list) return std::nullopt;
    const std::size_t size = to[0][axis_after(0, *list)];
    const std::size_t end = std::min(count_of(attributes[1]), size);
    const bool empty = attributes[0] == attributes[1] || end == 0;
    const std::size_t begin = std::min(count_of(attributes[0]), empty ? end : end - 1);
    Attributes refitted{static_cast<double>(begin), static_cast<double>(end)};
    refitted.insert(refitted.end(), list->begin(), list->end());
    return refitted;
}

/// Zeros around: of axis k as many before as pads_2k, behind as pads_(2k + 1).
struct Pad {
    static std::optional<Source> from(const Application& a, std::size_t, const Index& index) {
        const Shape& shape = a.operands[0];
        for (std::size_t axis = 0; axis < shape.size(); ++axis) {
            const std::size_t before = count_of(a.attributes[2 * axis]);
            if (index[axis] < before || index[axis] >= before + shape[axis]) return std::nullopt;
        }
        return Source{0, flat_place(shape, [&](std::size_t axis) {
                          return index[axis] - count_of(a.attributes[2 * axis]);
                      })};
    }
    /// Counted from the end.
    static bool belongs(const Application& a, std::size_t, const Index& from, const Index& to) {
        for (std::size_t axis = 0; axis < from.size(); ++axis) {
            const std::size_t behind = count_of(a.attributes[2 * axis + 1]);
            if (a.result[axis] - to[axis] != a.operands[0][axis] - from[axis] + behind)
                return false;
        }
        return true;
    }
};

Shape pad_shape(std::span<const Shape> operands, const Attributes& pads) {
    Shape result = operands[0];
    if (pads.size() != 2 * result.size()) {
        refuse_shape("pad",
                     std::to_string(pads.size()) + " pads for shape " + to_string(operands[0]),
                     "two for each axis, before and behind");
    }
    for (std::size_t k = 0; k < pads.size(); ++k)
        result[k / 2] += whole("pad", "pad", pads[k], 0, kMostPadding);
    return result;
}
std::optional<Attributes> fitting_pad(std::span<const Shape> operands,
                                      const backprop::Below& below) {
    Attributes pads(2 * operands[0].size());
    for (double& pad : pads) pad = static_cast<double>(below(3));
    return pads;
}
std::optional<Attributes> refitted_pad(std::span<const Shape> from, std::span<const Shape> to,
                                       const Attributes& attributes) {
    const auto kept = kept_axes(from[0], to[0]);
    if (!kept) return std::nullopt;
    Attributes pads;
    for (const std::size_t axis : *kept) {
        pads.push_back(attributes[2 * axis]);
        pads.push_back(attributes[2 * axis + 1]);
    }
    return pads;
}

/// The entries along an axis in the order of a list, in which one may stand several times or never.
struct Gather {
    static std::optional<Source> from(const Application& a, std::size_t, const Index& index) {
        const std::size_t axis = count_of(a.attributes[0]);
        return Source{0,
                      moved(a.operands[0], index, axis, count_of(a.attributes[1 + index[axis]]))};
    }
    static bool belongs(const Application& a, std::size_t, const Index& from, const Index& to) {
        const std::size_t axis = count_of(a.attributes[0]);
        return a.attributes[1 + to[axis]] == static_cast<double>(from[axis]) &&
               agree_beside(axis, from, to);
    }
};

Shape gather_shape(std::span<const Shape> operands, const Attributes& attributes) {
    if (operands[0].empty()) refuse_shape("gather", "shape []", "a shape with an axis to go along");
    Shape result = operands[0];
    const std::size_t axis = whole("gather", "axis", attributes[0], 0, result.size() - 1);
    for (std::size_t k = 1; k < attributes.size(); ++k) {
        if (operands[0][axis] == 0)
            refuse_shape("gather", "an index on an axis of size 0", "no index");
        static_cast<void>(whole("gather", "index", attributes[k], 0, operands[0][axis] - 1));
    }
    result[axis] = attributes.size() - 1;
    return result;
}
std::optional<Attributes> fitting_gather(std::span<const Shape> operands,
                                         const backprop::Below& below) {
    const std::size_t axis = below(operands[0].size()), size = operands[0][axis];
    Attributes attributes{static_cast<double>(axis)};
    for (std::size_t k = size == 0 ? 0 : below(5); k > 0; --k) {
        const bool again = attributes.size() > 1 && below(3) == 0;
        attributes.push_back(again ? attributes.back() : static_cast<double>(below(size)));
    }
    return attributes;
}
/// Indices beyond the new size become the last.
std::optional<Attributes> refitted_gather(std::span<const Shape> from, std::span<const Shape> to,
                                          const Attributes& attributes) {
    auto refitted = refitted_list(0, from[0], to[0], {attributes[0]});
    if (!refitted) return std::nullopt;
    const std::size_t size = to[0][count_of(refitted->front())];
    if (size == 0 && attributes.size() > 1) return std::nullopt;
    for (std::size_t k = 1; k < attributes.size(); ++k)
        refitted->push_back(std::min(attributes[k], static_cast<double>(size - 1)));
    return refitted;
}

}  // namespace

std::vector<Primitive> rearrangements() {
    using backprop::with_rules;
    const scalar::Domain line, axis = axis_domain();
    const scalar::Domain position{.lower = 0, .upper = 8, .integers_only = true};
    // clang-format off
    return {
        with_rules<IndexMap<Concatenate>>({.name = "concatenate", .operands = {"x", "..."}, .attributes = {"axis..."},
            .formula = "(x, y, ...) along an axis, by default the first", .shape = concatenate_shape, .operand_shapes = {"_ ..."},
            .domains = {line}, .attribute_domains = {axis}, .fitting = fitting_concatenate, .refitted = refitted_concatenate,
            .source = "linear"}),
        with_rules<IndexMap<Slice>>({.name = "slice", .operands = {"x"}, .attributes = {"begin", "end", "axis..."},
            .formula = "x_begin ... x_(end-1) along an axis, by default the first", .shape = slice_shape, .operand_shapes = {"n ..."},
            .domains = {line}, .attribute_domains = {position, position, axis}, .fitting = fitting_slice, .refitted = refitted_slice,
            .source = "linear"}),
        with_rules<IndexMap<Pad>>({.name = "pad", .operands = {"x"}, .attributes = {"pads..."},
            .formula = "zeros before and behind each axis of x", .shape = pad_shape, .domains = {line},
            .attribute_domains = {position}, .fitting = fitting_pad, .refitted = refitted_pad, .source = "linear"}),
        with_rules<IndexMap<Gather>>({.name = "gather", .operands = {"x"}, .attributes = {"axis", "indices..."},
            .formula = "x_(indices_i) along an axis", .shape = gather_shape, .operand_shapes = {"n ..."}, .domains = {line},
            .attribute_domains = {axis, position}, .fitting = fitting_gather, .refitted = refitted_gather,
            .source = "linear: the sum over the places where an index stands"}),
    };
    // clang-format on
}

}  // namespace gradproof::primitives
