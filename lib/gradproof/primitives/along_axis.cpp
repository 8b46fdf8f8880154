// Axes: found, refused, drawn, and followed when a shape shrinks.
#include <gradproof/primitives/along_axis.hpp>

#include <gradproof/primitives/kept_axes.hpp>
#include <gradproof/primitives/whole_attributes.hpp>

#include <string>

namespace gradproof::primitives {

namespace {

/// Throws `ShapeError` for a list that is no axis of the shape.
[[nodiscard]] std::optional<std::size_t> required_axis(std::string_view name, const Shape& shape,
                                                       const Attributes& attributes,
                                                       std::size_t own) {
    if (attributes.size() > own + 1) {
        refuse_shape(name, std::to_string(attributes.size() - own) + " axes", "one or none");
    }
    if (attributes.size() == own) return std::nullopt;
    if (shape.empty()) refuse_shape(name, "an axis of shape []", "none: a scalar has no axis");
    return whole(name, "for shape " + to_string(shape) + " the axis", attributes[own], 0,
                 shape.size() - 1);
}

}  // namespace

Lines lines_of(const Shape& shape, std::optional<std::size_t> axis) {
    if (!axis) return {1, element_count(shape), 1};
    Lines lines{1, shape[*axis], 1};
    for (std::size_t k = 0; k < *axis; ++k) lines.outer *= shape[k];
    for (std::size_t k = *axis + 1; k < shape.size(); ++k) lines.inner *= shape[k];
    return lines;
}

std::optional<std::size_t> listed_axis(const Attributes& attributes, std::size_t own) {
    if (attributes.size() == own) return std::nullopt;
    return static_cast<std::size_t>(attributes[own]);
}

Lines reduced_lines(const Application& application, std::size_t own) {
    return lines_of(application.operands[0], listed_axis(application.attributes, own));
}
Lines mapped_lines(const Application& application, std::size_t own) {
    const std::size_t last = application.operands[0].size() - 1;
    return lines_of(application.operands[0],
                    listed_axis(application.attributes, own).value_or(last));
}

Shape reduced_shape(std::string_view name, const Shape& shape, const Attributes& attributes,
                    std::size_t own) {
    const auto axis = required_axis(name, shape, attributes, own);
    if (!axis) return {};
    Shape rest = shape;
    rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(*axis));
    return rest;
}

Shape reduced_shape_of_some(std::string_view name, const Shape& shape, const Attributes& attributes,
                            std::size_t fewest, std::string_view why, std::size_t own) {
    Shape rest = reduced_shape(name, shape, attributes, own);
    const auto axis = listed_axis(attributes, own);
    if (lines_of(shape, axis).size < fewest) {
        const std::string entries = fewest == 1 ? "one entry" : std::to_string(fewest) + " entries";
        refuse_shape(name,
                     "shape " + to_string(shape) +
                         (axis ? " along axis " + std::to_string(*axis) : std::string()),
                     "at least " + entries + ": " + std::string(why));
    }
    return rest;
}

Shape mapped_shape(std::string_view name, const Shape& shape, const Attributes& attributes,
                   std::size_t own) {
    if (shape.empty()) refuse_shape(name, "shape []", "a shape with an axis to go along");
    static_cast<void>(required_axis(name, shape, attributes, own));
    return shape;
}

scalar::Domain axis_domain() { return {.lower = 0, .upper = 3, .integers_only = true}; }

std::optional<Attributes> fitting_axis(std::span<const Shape> operands,
                                       const backprop::Below& below) {
    const std::size_t rank = operands[0].size();
    if (rank == 0 || below(3) == 0) return Attributes{};
    return Attributes{static_cast<double>(below(rank))};
}

std::optional<Attributes> refitted_axis(std::span<const Shape> from, std::span<const Shape> to,
                                        const Attributes& attributes) {
    return refitted_axis_after(0, from[0], to[0], attributes);
}

std::optional<Attributes> refitted_axis_after(std::size_t own, const Shape& from, const Shape& to,
                                              const Attributes& attributes) {
    const auto axis = listed_axis(attributes, own);
    if (!axis) return attributes;
    const auto kept = kept_axes(from, to, {*axis});
    if (!kept) return std::nullopt;
    Attributes refitted = attributes;
    if (to.empty()) {
        refitted.pop_back();  // a scalar has no axis, and the one left out had one entry
        return refitted;
    }
    const auto there = new_axis(*kept, *axis);
    if (!there) return std::nullopt;
    refitted.back() = static_cast<double>(*there);
    return refitted;
}

}  // namespace gradproof::primitives
