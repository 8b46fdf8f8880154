// Choosing primitives and drawing cases within what a greeting offers.
#include <gradproof/cli/conformance_cases.hpp>

#include <gradproof/generate/primitive_case.hpp>
#include <gradproof/generate/program_case.hpp>
#include <gradproof/primitives/catalogue.hpp>

#include <algorithm>
#include <limits>

namespace gradproof::cli {

namespace {

using backprop::Primitive;
using scalar::Precision;

constexpr std::size_t kDraws = 200;
constexpr std::size_t kMostNodes = 6;

[[nodiscard]] std::vector<Carrier> carriers() {
    using primitives::primitive;
    return {{&primitive("negate"), true, {}, {}},     {&primitive("add"), false, -0.0, {}},
            {&primitive("subtract"), false, 0.0, {}}, {&primitive("hadamard"), false, 1.0, {}},
            {&primitive("divide"), false, 1.0, {}},   {&primitive("scale"), false, {}, {1}}};
}

/// A point of the domain that is nothing special; nothing where neither 0.5 nor 2 is one.
[[nodiscard]] std::optional<double> plain_point(const scalar::Domain& domain) {
    for (const double point : {0.5, 2.0}) {
        if (point > domain.lower && point < domain.upper && !(domain.integers_only && point == 0.5))
            return point;
    }
    return std::nullopt;
}

template <class Number>
[[nodiscard]] std::vector<double> numbers_of() {
    using Limits = std::numeric_limits<Number>;
    const Number infinity = Limits::infinity();
    return {Number(0.1),
            Number(1) / Number(3),
            Number(0.1) + Number(0.2),
            -Number(2) / Number(3) * Number(1e-20),
            Limits::denorm_min(),
            -(Limits::min() - Limits::denorm_min()),
            Limits::max(),
            Limits::lowest(),
            0.0,
            -0.0,
            infinity,
            -infinity,
            Limits::quiet_NaN()};
}

}  // namespace

std::vector<const Primitive*> offered(const subject::Greeting& greeting) {
    if (!greeting.primitives.empty()) return greeting.primitives;
    std::vector<const Primitive*> all;
    for (const Primitive& primitive : primitives::catalogue()) all.push_back(&primitive);
    return all;
}

std::optional<Carrier> carrier(const subject::Greeting& greeting) {
    const std::vector<const Primitive*> all = offered(greeting);
    for (Carrier& carrier : carriers()) {
        if (std::find(all.begin(), all.end(), carrier.primitive) != all.end())
            return std::move(carrier);
    }
    return std::nullopt;
}

std::vector<std::string> carrier_names() {
    std::vector<std::string> names;
    for (const Carrier& carrier : carriers()) names.emplace_back(carrier.primitive->name);
    return names;
}

cases::Case carrying(const Carrier& carrier, double number, Precision precision) {
    cases::Case drawn;
    drawn.precision = precision;
    std::vector<backprop::NodeId> operands{drawn.graph.add_input("x", {})};
    drawn.inputs = {{number}};
    if (carrier.other) {
        operands.push_back(drawn.graph.add_input("y", {}));
        drawn.inputs.push_back({*carrier.other});
    }
    drawn.graph.apply(*carrier.primitive, std::move(operands), carrier.attributes);
    drawn.cotangent = {number};
    return drawn;
}

std::vector<double> telling_numbers(Precision precision) {
    return precision == Precision::binary32 ? numbers_of<float>() : numbers_of<double>();
}

const Primitive* of_any_shape(const subject::Greeting& greeting) {
    const std::vector<const Primitive*> all = offered(greeting);
    const auto fits = [](const Primitive* primitive) {
        return primitive->operand_shapes.empty() && primitive->attributes.empty() &&
               !primitive->variadic() &&
               std::all_of(primitive->domains.begin(), primitive->domains.end(),
                           [](const scalar::Domain& domain) { return plain_point(domain); });
    };
    const auto found = std::find_if(all.begin(), all.end(), fits);
    return found == all.end() ? nullptr : *found;
}

std::optional<cases::Case> of_shape(const Primitive& primitive, const scalar::Shape& shape,
                                    Precision precision) {
    cases::Case drawn;
    drawn.precision = precision;
    std::vector<backprop::NodeId> operands;
    for (std::size_t k = 0; k < primitive.operands.size(); ++k) {
        operands.push_back(drawn.graph.add_input("x" + std::to_string(k + 1), shape));
        drawn.inputs.emplace_back(scalar::element_count(shape), *plain_point(primitive.domain(k)));
    }
    try {
        drawn.graph.apply(primitive, std::move(operands));
    } catch (const backprop::ShapeError&) {
        return std::nullopt;
    }
    drawn.cotangent.assign(scalar::element_count(drawn.graph.output_shape()), 1);
    return drawn;
}

std::optional<cases::Case> drawn_case(const subject::Greeting& greeting, const Primitive& primitive,
                                      Precision precision) {
    const rc::Random random(1);
    generate::Dice dice(random);
    for (std::size_t draw = 0; draw < kDraws; ++draw) {
        cases::Case drawn = generate::draw_primitive_case(dice, primitive, precision);
        if (!subject::beyond(greeting, drawn)) return drawn;
    }
    return std::nullopt;
}

std::optional<cases::Case> drawn_program(const subject::Greeting& greeting, Precision precision,
                                         std::uint64_t seed) {
    generate::ProgramBounds bounds;
    bounds.most_nodes = std::min(kMostNodes, greeting.most_nodes.value_or(kMostNodes));
    bounds.highest_rank = greeting.highest_rank.value_or(bounds.highest_rank);
    bounds.primitives = greeting.primitives;
    const rc::Random random(seed);
    generate::Dice dice(random);
    try {
        for (std::size_t draw = 0; draw < kDraws; ++draw) {
            cases::Case drawn = generate::draw_program_case(dice, bounds, precision);
            if (drawn.graph.nodes.size() > drawn.graph.inputs.size() + 1 &&
                !subject::beyond(greeting, drawn))
                return drawn;
        }
    } catch (const generate::NothingFits&) {
        // Its single primitives have no case either, which is told of them.
    }
    return std::nullopt;
}

}  // namespace gradproof::cli
