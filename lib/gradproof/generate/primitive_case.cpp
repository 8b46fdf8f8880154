// How shapes that fit a primitive are found: drawn by its patterns, and its shape rule asked about them,
// so that a new primitive needs no generator of its own.
#include <gradproof/generate/primitive_case.hpp>

#include <gradproof/generate/attributes.hpp>
#include <gradproof/generate/fitting_shapes.hpp>
#include <gradproof/generate/hard_inputs.hpp>
#include <gradproof/generate/numbers.hpp>
#include <gradproof/generate/shape.hpp>
#include <gradproof/generate/simpler_cases.hpp>

#include <numeric>
#include <stdexcept>
#include <string>

namespace gradproof::generate {

namespace {

using backprop::Primitive;
using cases::Case;
using scalar::Precision;

constexpr Style kStyles[] = {Style::corners, Style::well_scaled, Style::one_decimal,
                             Style::badly_scaled};

/// Of all inputs together: what is judged entry by entry costs the square of it, and shows no more.
constexpr std::size_t kMostEntries = 48;

[[nodiscard]] std::string operand_name(const Primitive& primitive, std::size_t operand) {
    const bool named = operand < primitive.operands.size() && primitive.operands[operand] != "...";
    return named ? std::string(primitive.operands[operand]) : "x" + std::to_string(operand);
}

/// The primitive applied to fresh inputs; nothing where the drawn shapes do not fit.
[[nodiscard]] bool try_apply(Dice& dice, const Primitive& primitive, Precision precision,
                             backprop::Graph& graph) {
    std::size_t count = primitive.operands.size();
    if (primitive.variadic()) count = count - 1 + dice.below(3);
    // Of rank 3 and 4 there are few primitives that want it, and many entries.
    ShapeBounds bounds;
    bounds.highest_rank = dice.chance(15) ? 4 : 2;
    bounds.largest_size = bounds.highest_rank > 2 ? 3 : 5;
    FittingShapes fitting;
    std::vector<scalar::Shape> shapes;
    for (std::size_t i = 0; i < count; ++i)
        shapes.push_back(fitting.drawn(shape_pattern(primitive, i), dice, bounds));
    const std::size_t entries = std::accumulate(
        shapes.begin(), shapes.end(), std::size_t{0},
        [](std::size_t sum, const auto& shape) { return sum + scalar::element_count(shape); });
    if (entries > kMostEntries) return false;
    const auto attributes = draw_attributes(dice, primitive, shapes, precision);
    if (!attributes) return false;
    backprop::Graph fresh;
    std::vector<backprop::NodeId> operands;
    for (std::size_t i = 0; i < count; ++i)
        operands.push_back(fresh.add_input(operand_name(primitive, i), shapes[i]));
    try {
        fresh.apply(primitive, operands, *attributes);
    } catch (const backprop::ShapeError&) {
        return false;
    }
    graph = std::move(fresh);
    return true;
}

}  // namespace

Case draw_primitive_case(Dice& dice, const Primitive& primitive, Precision precision) {
    Case drawn;
    drawn.precision = precision;
    constexpr int most_tries = 10000;  // most patterns fit at once; size 0 is refused by some
    int tries = 0;
    while (!try_apply(dice, primitive, precision, drawn.graph)) {
        if (++tries == most_tries) {
            throw std::logic_error("no shapes found that fit " + std::string(primitive.name) +
                                   "; mend its operand_shapes or its fitting attributes");
        }
    }
    const Style style = kStyles[dice.weighted({6, 2, 1, 1})];
    for (std::size_t i = 0; i < drawn.graph.inputs.size(); ++i) {
        const std::size_t count =
            scalar::element_count(drawn.graph.nodes[drawn.graph.inputs[i]].shape());
        drawn.inputs.push_back(draw_numbers(dice, count, primitive.domain(i), precision, style));
        if (dice.chance(20)) {
            put_at_hard_point(dice, drawn.inputs[i], primitive.domain(i), precision);
        }
        if (i > 0 && count == drawn.inputs[0].size() && dice.chance(30)) {
            share_entries(dice, drawn.inputs[i], drawn.inputs[0], primitive.domain(i), precision);
        }
    }
    drawn.cotangent =
        draw_cotangent(dice, scalar::element_count(drawn.graph.output_shape()), precision);
    return drawn;
}

rc::Gen<Case> primitive_case(const Primitive& primitive, Precision precision) {
    return [&primitive, precision](const rc::Random& random, int) {
        Dice dice(random);
        return shrinkable(draw_primitive_case(dice, primitive, precision));
    };
}

}  // namespace gradproof::generate
