// The drawing of nets, layer by layer, until the bound on their entries is reached.
#include <gradproof/generate/net_case.hpp>

#include <gradproof/generate/numbers.hpp>
#include <gradproof/generate/simpler_cases.hpp>
#include <gradproof/primitives/builders.hpp>

#include <array>
#include <cmath>
#include <string>

namespace gradproof::generate {

namespace {

using backprop::Graph;
using backprop::Variable;
using cases::Case;
namespace build = primitives;

[[nodiscard]] std::vector<double> normals(Dice& dice, std::size_t count, double deviation) {
    std::vector<double> values(count);
    for (double& value : values) value = deviation * dice.normal();
    return values;
}

[[nodiscard]] Variable activated(Dice& dice, Variable z) {
    switch (dice.weighted({3, 3, 2, 1, 1, 1})) {
        case 0: return build::relu(z);
        case 1: return build::sigmoid(z);
        case 2: return build::tanh(z);
        case 3: return build::softplus(z);
        case 4: return build::square(z);
        default: return build::log_softmax(z);
    }
}

/// W h + b with fresh inputs, numbered by `layer`; false in half of the layers without b.
[[nodiscard]] Variable affine(Graph& graph, Variable h, std::size_t units, std::size_t layer,
                              bool with_bias) {
    const std::string number = std::to_string(layer);
    const Variable W = backprop::input(graph, "W" + number, {units, h.shape()[0]});
    const Variable z = build::matvec(W, h);
    return with_bias ? build::add(z, backprop::input(graph, "b" + number, {units})) : z;
}

[[nodiscard]] std::size_t entries_of(const Graph& graph) {
    std::size_t count = 0;
    for (const scalar::Shape& shape : graph.input_shapes()) count += scalar::element_count(shape);
    return count;
}

}  // namespace

Case draw_net_case(Dice& dice, Style style, const NetBounds& bounds, scalar::Precision precision) {
    Case drawn;
    drawn.precision = precision;
    Graph& graph = drawn.graph;
    const std::size_t layers = 1 + dice.below(bounds.most_layers);
    Variable h = backprop::input(graph, "x", {1 + dice.below(bounds.most_units)});
    for (std::size_t layer = 1; layer <= layers; ++layer) {
        const std::size_t left = bounds.most_entries - entries_of(graph);
        const std::size_t units =
            std::min(1 + dice.below(bounds.most_units), left / (h.shape()[0] + 1));
        if (units == 0) break;
        h = activated(dice, affine(graph, h, units, layer, dice.chance(50)));
    }
    if (bounds.losses && dice.chance(50) &&
        entries_of(graph) + h.shape()[0] <= bounds.most_entries) {
        switch (dice.below(3)) {
            case 0: h = build::sum(h); break;
            case 1: h = build::mean_squared_error(h, backprop::input(graph, "t", h.shape())); break;
            default:
                h = build::softmax_cross_entropy(h, backprop::input(graph, "t", h.shape()));
                break;
        }
    }
    for (const scalar::Shape& shape : graph.input_shapes()) {
        drawn.inputs.push_back(draw_numbers(dice, scalar::element_count(shape), {}, precision,
                                            style, Arrangement::independent));
    }
    drawn.cotangent = draw_cotangent(dice, scalar::element_count(graph.output_shape()), precision);
    return drawn;
}

Case draw_sigmoid_net(Dice& dice, const std::vector<std::size_t>& sizes) {
    Case drawn;
    Variable h = backprop::input(drawn.graph, "x", {sizes.front()});
    drawn.inputs.push_back(normals(dice, sizes.front(), 1));
    for (std::size_t layer = 1; layer < sizes.size(); ++layer) {
        const std::size_t fan_in = sizes[layer - 1];
        h = build::sigmoid(affine(drawn.graph, h, sizes[layer], layer, true));
        drawn.inputs.push_back(
            normals(dice, sizes[layer] * fan_in, 1 / std::sqrt(static_cast<double>(fan_in))));
        drawn.inputs.push_back(normals(dice, sizes[layer], 1));
    }
    drawn.cotangent = normals(dice, sizes.back(), 1);
    return drawn;
}

rc::Gen<Case> net_case(const NetBounds& bounds, scalar::Precision precision) {
    return [bounds, precision](const rc::Random& random, int) {
        Dice dice(random);
        constexpr std::array styles{Style::well_scaled, Style::one_decimal, Style::badly_scaled};
        const Style style = styles[dice.below(styles.size())];
        return shrinkable(draw_net_case(dice, style, bounds, precision));
    };
}

}  // namespace gradproof::generate
