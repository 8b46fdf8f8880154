// Any case that a file can hold, sensible or not: programs from the catalogue put together at random,
// numbers of every kind, NaN and the infinities too.
#pragma once

#include <gradproof/case/file.hpp>
#include <gradproof/generate/dice.hpp>
#include <gradproof/generate/number.hpp>
#include <gradproof/primitives/catalogue.hpp>

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace gradproof::cases {

/// The one NaN that a file knows.
[[nodiscard]] inline double without_payload(double value) {
    return std::isnan(value) ? std::numeric_limits<double>::quiet_NaN() : value;
}

/// Numbers by value, by bits and by word, in equal parts.
[[nodiscard]] inline double any_number(generate::Dice& dice, Precision precision) {
    const bool narrow = precision == Precision::binary32;
    switch (dice.below(4)) {
        case 0:
            return without_payload(
                narrow ? std::bit_cast<float>(static_cast<std::uint32_t>(dice.bits()))
                       : std::bit_cast<double>(dice.bits()));
        case 1: {  // subnormal
            const std::uint64_t bits = dice.bits() >> (narrow ? 41U : 12U);
            return narrow ? std::bit_cast<float>(static_cast<std::uint32_t>(bits))
                          : -std::bit_cast<double>(bits);
        }
        case 2: {
            const double infinity = std::numeric_limits<double>::infinity();
            const double narrow_largest = std::numeric_limits<float>::max();
            const double largest = narrow ? narrow_largest : std::numeric_limits<double>::max();
            return dice.one_of<double>({0.0, -0.0, infinity, -infinity, std::nan(""), largest,
                                        -largest, 9007199254740992, 1e22F, 0.1F, 16777216});
        }
        default: {
            const double drawn = generate::draw_number(dice, {});
            return narrow ? static_cast<double>(static_cast<float>(drawn)) : drawn;
        }
    }
}

[[nodiscard]] inline std::vector<double> any_numbers(generate::Dice& dice, std::size_t count,
                                                     Precision precision) {
    std::vector<double> numbers;
    for (std::size_t i = 0; i < count; ++i) numbers.push_back(any_number(dice, precision));
    return numbers;
}

/// Tries one primitive on operands as they come; most do not fit, and those are left out.
inline void try_any_node(generate::Dice& dice, backprop::Graph& graph, Precision precision) {
    const auto& catalogue = primitives::catalogue();
    const backprop::Primitive& primitive = catalogue[dice.below(catalogue.size())];
    std::vector<backprop::NodeId> operands;
    const std::size_t count = primitive.variadic() ? 1 + dice.below(3) : primitive.operands.size();
    for (std::size_t i = 0; i < count; ++i) operands.push_back(dice.below(graph.nodes.size()));
    backprop::Attributes attributes;
    for (const std::string_view name : primitive.attributes) {
        attributes.push_back(name == "factor" ? any_number(dice, precision)
                                              : static_cast<double>(dice.below(4)));
    }
    try {
        graph.apply(primitive, operands, attributes);
    } catch (const backprop::ShapeError&) {
        return;
    }
}

/// A case of up to a dozen nodes, its inputs between them, its output anywhere.
[[nodiscard]] inline Case any_case(generate::Dice& dice) {
    const std::vector<std::string> names{"x",  "W1", "v", "n", "node", "\xCE\xB8 \"quoted\" \\",
                                         "n1x"};
    const std::vector<scalar::Shape> shapes{{},  {3}, {3},    {2, 3},   {3, 2},
                                            {1}, {0}, {2, 0}, {1, 2, 3}};
    Case drawn;
    drawn.precision = dice.chance(50) ? Precision::binary64 : Precision::binary32;
    for (const std::string& name : names) {
        if (!drawn.graph.nodes.empty() && dice.chance(40)) continue;
        const scalar::Shape shape = dice.one_of(shapes);
        drawn.graph.add_input(name, shape);
        drawn.inputs.push_back(any_numbers(dice, scalar::element_count(shape), drawn.precision));
        for (std::size_t tries = dice.below(10); tries > 0; --tries) {
            try_any_node(dice, drawn.graph, drawn.precision);
        }
    }
    drawn.graph.output = dice.below(drawn.graph.nodes.size());
    const std::size_t count = scalar::element_count(drawn.graph.output_shape());
    drawn.cotangent = any_numbers(dice, count, drawn.precision);
    return drawn;
}

}  // namespace gradproof::cases
