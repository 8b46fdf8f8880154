// Entries in another shape: reshape, broadcast, permute; and the choice between two operands, where.
#include <gradproof/primitives/shapes.hpp>

#include <gradproof/primitives/index_map.hpp>
#include <gradproof/primitives/kept_axes.hpp>
#include <gradproof/primitives/whole_attributes.hpp>

#include <algorithm>
#include <functional>
#include <numeric>
#include <string>

namespace gradproof::primitives {

namespace {

constexpr std::size_t kHighestRank = 4;
constexpr std::size_t kLargestSize = std::size_t{1} << 24;  // of an axis that an attribute gives

[[nodiscard]] Attributes attributes_of(const Shape& sizes) { return {sizes.begin(), sizes.end()}; }

/// The shape that a list of sizes is.
[[nodiscard]] Shape listed_sizes(std::string_view name, const Attributes& sizes) {
    if (sizes.size() > kHighestRank)
        refuse_shape(name, std::to_string(sizes.size()) + " sizes", "at most 4");
    Shape shape;
    for (const double size : sizes) shape.push_back(whole(name, "size", size, 0, kLargestSize));
    return shape;
}

/// The same entries in the same order.
struct Reshape {
    static std::optional<Source> from(const Application&, std::size_t flat, const Index&) {
        return Source{0, flat};
    }
    static bool belongs(const Application& a, std::size_t, const Index& from, const Index& to) {
        const auto number = [](const Shape& shape, const Index& index) {
            return flat_place(shape, [&](std::size_t axis) { return index[axis]; });
        };
        return number(a.operands[0], from) == number(a.result, to);
    }
};

Shape reshape_shape(std::span<const Shape> operands, const Attributes& sizes) {
    Shape shape = listed_sizes("reshape", sizes);
    if (element_count(shape) != element_count(operands[0])) {
        refuse_shape("reshape",
                     "shape " + to_string(operands[0]) + " and sizes " + to_string(shape),
                     "sizes with the product " + std::to_string(element_count(operands[0])));
    }
    return shape;
}
std::optional<Attributes> fitting_reshape(std::span<const Shape> operands,
                                          const backprop::Below& below) {
    std::size_t rest = element_count(operands[0]);
    Attributes sizes(below(kHighestRank) + 1);
    if (rest == 1 && below(3) == 0) return Attributes{};
    if (rest == 0) {
        for (double& size : sizes) size = static_cast<double>(below(3));
        sizes[below(sizes.size())] = 0;
        return sizes;
    }
    for (double& size : sizes) {
        std::vector<std::size_t> divisors;
        for (std::size_t d = 1; d <= rest; ++d) {
            if (rest % d == 0) divisors.push_back(d);
        }
        const bool last = &size == &sizes.back();
        const std::size_t chosen = last ? rest : divisors[below(divisors.size())];
        size = static_cast<double>(chosen);
        rest /= chosen;
    }
    return sizes;
}
/// Sizes no larger than they were, with the new number of entries: the first such in lexical order from
/// above; a vector where there are none.
std::optional<Attributes> refitted_reshape(std::span<const Shape>, std::span<const Shape> to,
                                           const Attributes& attributes) {
    const std::size_t wanted = element_count(to[0]);
    Attributes sizes = attributes;
    const std::function<bool(std::size_t, std::size_t)> found = [&](std::size_t axis,
                                                                    std::size_t product) {
        if (axis == sizes.size()) return product == wanted;
        for (std::size_t size = count_of(attributes[axis]) + 1; size-- > 0;) {
            sizes[axis] = static_cast<double>(size);
            if (found(axis + 1, product * size)) return true;
        }
        return false;
    };
    if (found(0, 1)) return sizes;
    return Attributes{static_cast<double>(wanted)};
}

/// numpy's rule: axes are aligned at the last; one of size 1, or one that is not there, is repeated.
struct Broadcast {
    static std::optional<Source> from(const Application& a, std::size_t, const Index& index) {
        const Shape& shape = a.operands[0];
        const std::size_t further = index.size() - shape.size();
        return Source{0, flat_place(shape, [&](std::size_t axis) {
                          return shape[axis] == 1 ? 0 : index[further + axis];
                      })};
    }
    static bool belongs(const Application& a, std::size_t, const Index& from, const Index& to) {
        for (std::size_t back = 1; back <= from.size(); ++back) {
            const bool repeated = a.operands[0][from.size() - back] == 1;
            if (!repeated && from[from.size() - back] != to[to.size() - back]) return false;
        }
        return true;
    }
};

Shape broadcast_shape(std::span<const Shape> operands, const Attributes& sizes) {
    const Shape &from = operands[0], to = listed_sizes("broadcast", sizes);
    bool fits = to.size() >= from.size();
    for (std::size_t back = 1; fits && back <= from.size(); ++back) {
        const std::size_t size = from[from.size() - back];
        fits = size == 1 || size == to[to.size() - back];
    }
    if (!fits) {
        refuse_shape("broadcast", "shape " + to_string(from) + " and sizes " + to_string(to),
                     "sizes that end as the shape does, but where the shape has a size 1");
    }
    return to;
}
std::optional<Attributes> fitting_broadcast(std::span<const Shape> operands,
                                            const backprop::Below& below) {
    Shape sizes = operands[0];
    for (std::size_t& size : sizes) {
        if (size == 1 && below(4) > 0) size = below(4);
    }
    while (sizes.size() < kHighestRank && below(2) == 0) sizes.insert(sizes.begin(), 1 + below(3));
    return attributes_of(sizes);
}
/// The sizes that were the operand's follow it.
std::optional<Attributes> refitted_broadcast(std::span<const Shape> from, std::span<const Shape> to,
                                             const Attributes& attributes) {
    const auto kept = kept_axes(from[0], to[0]);
    if (!kept) return std::nullopt;
    const std::size_t further = attributes.size() - from[0].size();
    Attributes sizes(attributes.begin(), attributes.begin() + static_cast<std::ptrdiff_t>(further));
    for (std::size_t axis = 0; axis < kept->size(); ++axis) {
        const std::size_t old = (*kept)[axis];
        const bool repeated = from[0][old] == 1;
        sizes.push_back(repeated ? attributes[further + old] : static_cast<double>(to[0][axis]));
    }
    return sizes;
}

/// Axis k of the result is axis axes_k of the operand.
struct Permute {
    static std::optional<Source> from(const Application& a, std::size_t, const Index& index) {
        return Source{0, flat_place(a.operands[0], [&](std::size_t axis) {
                          const auto at = std::find(a.attributes.begin(), a.attributes.end(),
                                                    static_cast<double>(axis));
                          return index[static_cast<std::size_t>(at - a.attributes.begin())];
                      })};
    }
    static bool belongs(const Application& a, std::size_t, const Index& from, const Index& to) {
        for (std::size_t k = 0; k < to.size(); ++k) {
            if (to[k] != from[count_of(a.attributes[k])]) return false;
        }
        return true;
    }
};

Shape permute_shape(std::span<const Shape> operands, const Attributes& axes) {
    Shape shape;
    std::vector<bool> taken(operands[0].size(), false);
    for (const double given : axes) {
        if (operands[0].empty()) refuse_shape("permute", "an axis of shape []", "none");
        const std::size_t axis = whole("permute", "axis", given, 0, operands[0].size() - 1);
        if (taken[axis])
            refuse_shape("permute", "axis " + std::to_string(axis) + " twice", "each axis once");
        taken[axis] = true;
        shape.push_back(operands[0][axis]);
    }
    if (shape.size() != operands[0].size()) {
        refuse_shape("permute",
                     std::to_string(shape.size()) + " axes of shape " + to_string(operands[0]),
                     "each axis once");
    }
    return shape;
}
std::optional<Attributes> fitting_permute(std::span<const Shape> operands,
                                          const backprop::Below& below) {
    Attributes axes(operands[0].size());
    std::iota(axes.begin(), axes.end(), 0.0);
    for (std::size_t k = axes.size(); k-- > 1;) std::swap(axes[k], axes[below(k + 1)]);
    return axes;
}
/// An axis that stays in its place is the first to be left out.
std::optional<Attributes> refitted_permute(std::span<const Shape> from, std::span<const Shape> to,
                                           const Attributes& attributes) {
    std::vector<std::size_t> moved;
    for (std::size_t k = 0; k < attributes.size(); ++k) {
        if (count_of(attributes[k]) != k) moved.push_back(k);
    }
    const auto kept = kept_axes(from[0], to[0], moved);
    if (!kept) return std::nullopt;
    Attributes axes;
    for (const double axis : attributes) {
        if (const auto there = new_axis(*kept, count_of(axis)))
            axes.push_back(static_cast<double>(*there));
    }
    return axes;
}

/// a where the mask is 1, b where it is 0.
struct Where {
    static std::optional<Source> from(const Application& a, std::size_t flat, const Index&) {
        return Source{a.attributes[flat] == 0 ? std::size_t{1} : std::size_t{0}, flat};
    }
    static bool belongs(const Application& a, std::size_t operand, const Index& from,
                        const Index& to) {
        const auto mask = flat_place(a.result, [&](std::size_t axis) { return to[axis]; });
        return from == to && (a.attributes[mask] == 1) == (operand == 0);
    }
};

Shape where_shape(std::span<const Shape> operands, const Attributes& mask) {
    const Shape shape = common_shape(operands, mask);
    if (mask.size() != element_count(shape)) {
        refuse_shape("where",
                     "shape " + to_string(shape) + " and a mask of " + std::to_string(mask.size()),
                     "a mask of " + std::to_string(element_count(shape)));
    }
    for (const double choice : mask) static_cast<void>(whole("where", "mask", choice, 0, 1));
    return shape;
}
std::optional<Attributes> fitting_where(std::span<const Shape> operands,
                                        const backprop::Below& below) {
    Attributes mask(element_count(operands[0]));
    for (double& choice : mask) choice = static_cast<double>(below(2));
    return mask;
}
/// The mask of the entries with the lowest indices.
std::optional<Attributes> refitted_where(std::span<const Shape> from, std::span<const Shape> to,
                                         const Attributes& attributes) {
    if (to[0].size() != from[0].size()) {
        if (element_count(to[0]) != attributes.size()) return std::nullopt;
        return attributes;
    }
    for (std::size_t axis = 0; axis < to[0].size(); ++axis) {
        if (to[0][axis] > from[0][axis]) return std::nullopt;
    }
    Attributes mask;
    for_each_entry(to[0], [&](std::size_t, const Index& index) {
        mask.push_back(attributes[flat_place(from[0], [&](std::size_t k) { return index[k]; })]);
    });
    return mask;
}

}  // namespace

std::vector<Primitive> shapes() {
    using backprop::with_rules;
    const scalar::Domain line;
    const scalar::Domain size{.lower = 0, .upper = 8, .integers_only = true},
        axis{.lower = 0, .upper = 3, .integers_only = true},
        choice{.lower = 0, .upper = 1, .integers_only = true};
    // clang-format off
    return {
        with_rules<IndexMap<Reshape>>({.name = "reshape", .operands = {"x"}, .attributes = {"sizes..."},
            .formula = "x in row-major order", .shape = reshape_shape, .domains = {line}, .attribute_domains = {size},
            .fitting = fitting_reshape, .refitted = refitted_reshape, .source = "linear"}),
        with_rules<IndexMap<Broadcast>>({.name = "broadcast", .operands = {"x"}, .attributes = {"sizes..."},
            .formula = "x, repeated along axes of size 1 and new ones", .shape = broadcast_shape, .domains = {line},
            .attribute_domains = {size}, .fitting = fitting_broadcast, .refitted = refitted_broadcast,
            .source = "linear: the sum over what an entry was repeated to"}),
        with_rules<IndexMap<Permute>>({.name = "permute", .operands = {"x"}, .attributes = {"axes..."},
            .formula = "axis k is axis axes_k of x", .shape = permute_shape, .domains = {line}, .attribute_domains = {axis},
            .fitting = fitting_permute, .refitted = refitted_permute, .source = "linear"}),
        with_rules<IndexMap<Where>>({.name = "where", .operands = {"a", "b"}, .attributes = {"mask..."},
            .formula = "a_i where mask_i = 1, b_i where it is 0", .shape = where_shape, .domains = {line},
            .attribute_domains = {choice}, .fitting = fitting_where, .refitted = refitted_where, .source = "linear"}),
    };
    // clang-format on
}

}  // namespace gradproof::primitives
