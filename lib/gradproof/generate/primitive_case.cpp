// How shapes that fit a primitive are found: it is asked about combinations, so that a new primitive
// needs no generator of its own.
#include <gradproof/generate/primitive_case.hpp>

#include <gradproof/generate/numbers.hpp>
#include <gradproof/generate/shape.hpp>
#include <gradproof/generate/simpler_cases.hpp>

#include <stdexcept>
#include <string>

namespace gradproof::generate {

namespace {

using backprop::Primitive;
using cases::Case;
using scalar::Precision;

constexpr Style kStyles[] = {Style::corners, Style::well_scaled, Style::one_decimal,
                             Style::badly_scaled};

/// Shapes of rank 0 to 2 over two sizes: enough for every primitive of two operands to fit.
[[nodiscard]] scalar::Shape draw_operand_shape(Dice& dice, std::size_t a, std::size_t b) {
    const std::vector<scalar::Shape> shapes{{}, {a}, {b}, {a, b}, {b, a}, {a, a}};
    return dice.one_of(shapes);
}

[[nodiscard]] backprop::Attributes draw_attributes(Dice& dice, const Primitive& primitive,
                                                   Precision precision) {
    backprop::Attributes attributes;
    for (const scalar::Domain& domain : primitive.attribute_domains) {
        const Style style = domain.integers_only ? Style::corners : kStyles[dice.below(3)];
        attributes.push_back(domain.integers_only ? static_cast<double>(dice.between(
                                                        static_cast<std::int64_t>(domain.lower),
                                                        static_cast<std::int64_t>(domain.upper)))
                                                  : draw_number(dice, domain, precision, style));
    }
    return attributes;
}

[[nodiscard]] std::string operand_name(const Primitive& primitive, std::size_t operand) {
    const bool named = operand < primitive.operands.size() && primitive.operands[operand] != "...";
    return named ? std::string(primitive.operands[operand]) : "x" + std::to_string(operand);
}

/// The primitive applied to fresh inputs; nothing where the drawn shapes do not fit.
[[nodiscard]] bool try_apply(Dice& dice, const Primitive& primitive, Precision precision,
                             backprop::Graph& graph) {
    std::size_t count = primitive.operands.size();
    if (primitive.variadic()) count = count - 1 + dice.below(3);
    ShapeBounds bounds;
    bounds.largest_size = 5;
    const std::size_t a = draw_dimension(dice, bounds), b = draw_dimension(dice, bounds);
    std::vector<scalar::Shape> shapes;
    const bool same = dice.chance(50);
    for (std::size_t i = 0; i < count; ++i) {
        shapes.push_back(same && i > 0 ? shapes.front() : draw_operand_shape(dice, a, b));
    }
    backprop::Graph fresh;
    std::vector<backprop::NodeId> operands;
    for (std::size_t i = 0; i < count; ++i)
        operands.push_back(fresh.add_input(operand_name(primitive, i), shapes[i]));
    try {
        fresh.apply(primitive, operands, draw_attributes(dice, primitive, precision));
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
    constexpr int most_tries =
        10000;  // the rarest combination, matmul's, fits about one draw in 30
    int tries = 0;
    while (!try_apply(dice, primitive, precision, drawn.graph)) {
        if (++tries == most_tries) {
            throw std::logic_error("no shapes found that fit " + std::string(primitive.name) +
                                   "; extend draw_operand_shape by the ranks it wants");
        }
    }
    const Style style = kStyles[dice.weighted({6, 2, 1, 1})];
    for (std::size_t i = 0; i < drawn.graph.inputs.size(); ++i) {
        const std::size_t count =
            scalar::element_count(drawn.graph.nodes[drawn.graph.inputs[i]].shape());
        drawn.inputs.push_back(draw_numbers(dice, count, primitive.domain(i), precision, style));
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
