// Rearrangements of vectors: concatenate, slice. Every entry is passed on as it is.
#include <gradproof/primitives/rearrangements.hpp>

#include <gradproof/primitives/elementwise.hpp>

#include <cmath>

namespace gradproof::primitives {

namespace {

struct Concatenate {
    template <class S>
    static void primal(const Application&, Inputs<S> inputs, std::span<S> result) {
        std::size_t at = 0;
        for (const auto& input : inputs) {
            for (const S& x : input) result[at++] = x;
        }
    }
    template <class S>
    static void pullback(const Application&, std::span<const S> cotangent, std::span<const S>,
                         Inputs<S>, Accumulators<S> accumulators) {
        std::size_t at = 0;
        for (const auto& share : accumulators) {
            for (S& x : share) x += cotangent[at++];
        }
    }
    template <class S>
    static void second_form(const Application&, Inputs<S> inputs, std::span<S> result) {
        std::size_t at = result.size();
        for (std::size_t k = inputs.size(); k-- > 0;) {
            for (std::size_t i = inputs[k].size(); i-- > 0;) result[--at] = inputs[k][i];
        }
    }
};

struct Slice {
    [[nodiscard]] static std::size_t begin(const Application& a) {
        return static_cast<std::size_t>(a.attributes[0]);
    }
    template <class S>
    static void primal(const Application& a, Inputs<S> inputs, std::span<S> result) {
        for (std::size_t i = 0; i < result.size(); ++i) result[i] = inputs[0][begin(a) + i];
    }
    template <class S>
    static void pullback(const Application& a, std::span<const S> cotangent, std::span<const S>,
                         Inputs<S>, Accumulators<S> accumulators) {
        for (std::size_t i = 0; i < cotangent.size(); ++i)
            accumulators[0][begin(a) + i] += cotangent[i];
    }
    template <class S>
    static void second_form(const Application& a, Inputs<S> inputs, std::span<S> result) {
        const std::size_t end = static_cast<std::size_t>(a.attributes[1]);
        for (std::size_t i = 0; i < result.size(); ++i)
            result[result.size() - 1 - i] = inputs[0][end - 1 - i];
    }
};

Shape concatenate_shape(std::span<const Shape> operands, const Attributes&) {
    std::size_t size = 0;
    for (const Shape& shape : operands) {
        if (shape.size() != 1) refuse_shape("concatenate", "shape " + to_string(shape), "vectors");
        size += shape[0];
    }
    return {size};
}
Shape slice_shape(std::span<const Shape> operands, const Attributes& attributes) {
    if (operands[0].size() != 1)
        refuse_shape("slice", "shape " + to_string(operands[0]), "a vector");
    const double begin = attributes[0], end = attributes[1];
    const double size = static_cast<double>(operands[0][0]);
    if (!(0 <= begin && begin <= end && end <= size) || begin != std::floor(begin) ||
        end != std::floor(end)) {
        refuse_shape("slice", "begin " + std::to_string(begin) + " and end " + std::to_string(end),
                     "integers with 0 <= begin <= end <= " + std::to_string(operands[0][0]));
    }
    return {static_cast<std::size_t>(end - begin)};
}

std::optional<Attributes> part_of_vector(std::span<const Shape> operands,
                                         const backprop::Below& below) {
    const std::size_t begin = below(operands[0][0] + 1);
    const std::size_t end = begin + below(operands[0][0] - begin + 1);
    return Attributes{static_cast<double>(begin), static_cast<double>(end)};
}

}  // namespace

std::vector<Primitive> rearrangements() {
    using backprop::with_rules;
    const scalar::Domain line;
    const scalar::Domain position{.lower = 0, .upper = 8, .integers_only = true};
    // clang-format off
    return {
        with_rules<Concatenate>({.name = "concatenate", .operands = {"x", "..."}, .formula = "(x, y, ...)",
            .shape = concatenate_shape, .operand_shapes = {"_"}, .domains = {line}, .source = "linear"}),
        with_rules<Slice>({.name = "slice", .operands = {"x"}, .attributes = {"begin", "end"},
            .formula = "x_begin ... x_(end-1)", .shape = slice_shape, .operand_shapes = {"n"}, .domains = {line},
            .attribute_domains = {position, position}, .fitting = part_of_vector, .source = "linear"}),
    };
    // clang-format on
}

}  // namespace gradproof::primitives
