// How shapes that fit a primitive are found: drawn by its patterns, and its shape rule asked about them,
// so that a new primitive needs no generator of its own.
#include <gradproof/generate/primitive_case.hpp>

#include <gradproof/generate/fitting_shapes.hpp>
#include <gradproof/generate/numbers.hpp>
#include <gradproof/generate/shape.hpp>
#include <gradproof/generate/simpler_cases.hpp>

#include <optional>
#include <stdexcept>
#include <string>

namespace gradproof::generate {

namespace {

using backprop::Primitive;
using cases::Case;
using scalar::Precision;

constexpr Style kStyles[] = {Style::corners, Style::well_scaled, Style::one_decimal,
                             Style::badly_scaled};

/// The attributes of an application to operands of these shapes; nothing where none fit.
[[nodiscard]] std::optional<backprop::Attributes> draw_attributes(
    Dice& dice, const Primitive& primitive, std::span<const scalar::Shape> operands,
    Precision precision) {
    if (primitive.fitting != nullptr) {
        return primitive.fitting(operands, [&](std::size_t count) { return dice.below(count); });
    }
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
    // Of rank 3 and 4 there are few primitives that want it, and many entries.
    ShapeBounds bounds;
    bounds.highest_rank = dice.chance(15) ? 4 : 2;
    bounds.largest_size = bounds.highest_rank > 2 ? 3 : 5;
    FittingShapes fitting;
    std::vector<scalar::Shape> shapes;
    for (std::size_t i = 0; i < count; ++i)
        shapes.push_back(fitting.drawn(shape_pattern(primitive, i), dice, bounds));
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

/// Puts all entries, or some, at one hard point of the domain: a kink of the whole vector (of a norm, at 0)
/// is none of any entry alone.
void put_at_hard_point(Dice& dice, std::vector<double>& values, const scalar::Domain& domain,
                       Precision precision) {
    if (domain.hard_points.empty()) return;
    const double point = rounded(dice.one_of(domain.hard_points), precision);
    if (!contains(domain, point, precision)) return;
    const int percent = dice.chance(50) ? 100 : 50;
    for (double& value : values) {
        if (dice.chance(percent)) value = point;
    }
}

/// Makes `values` share entries with `others` (as many): equal ones and some a few ulps apart, where the
/// domain has them. Two operands tie only entry by entry, which no arrangement of one of them brings about.
void share_entries(Dice& dice, std::vector<double>& values, const std::vector<double>& others,
                   const scalar::Domain& domain, Precision precision) {
    for (std::size_t k = 0; k < values.size(); ++k) {
        if (!dice.chance(60)) continue;
        const double near =
            dice.chance(70) ? others[k] : neighbour(others[k], dice.between(-2, 2), precision);
        if (contains(domain, near, precision)) values[k] = near;
    }
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
