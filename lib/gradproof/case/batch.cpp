// Shapes with an axis more, numbers one slice behind the other.
#include <gradproof/case/batch.hpp>

#include <gradproof/primitives/elementwise.hpp>

#include <algorithm>
#include <stdexcept>
#include <utility>
#include <vector>

namespace gradproof::cases {

bool acts_entry_by_entry(const backprop::Node& node) {
    return node.primitive != nullptr && (node.primitive->shape == primitives::same_shape ||
                                         node.primitive->shape == primitives::common_shape);
}

bool acts_entry_by_entry(const backprop::Graph& graph) {
    return std::ranges::all_of(graph.nodes, [](const backprop::Node& node) {
        return node.primitive == nullptr || acts_entry_by_entry(node);
    });
}

Case stacked(const Case& first, const Case& second) {
    if (!acts_entry_by_entry(first.graph)) {
        throw std::invalid_argument(
            "batch: the program has nodes that do not act entry by entry; give one without them");
    }
    Case both;
    both.precision = first.precision;
    std::vector<backprop::NodeId> place;
    for (const backprop::Node& node : first.graph.nodes) {
        if (node.primitive == nullptr) {
            scalar::Shape shape{2};
            shape.insert(shape.end(), node.shape().begin(), node.shape().end());
            place.push_back(both.graph.add_input(node.name, std::move(shape)));
            continue;
        }
        std::vector<backprop::NodeId> operands;
        for (const backprop::NodeId operand : node.operands) operands.push_back(place[operand]);
        place.push_back(
            both.graph.apply(*node.primitive, std::move(operands), node.application.attributes));
    }
    both.graph.output = place[first.graph.output];
    const auto behind = [](std::vector<double> numbers, const std::vector<double>& more) {
        numbers.insert(numbers.end(), more.begin(), more.end());
        return numbers;
    };
    for (std::size_t i = 0; i < first.inputs.size(); ++i)
        both.inputs.push_back(behind(first.inputs[i], second.inputs[i]));
    both.cotangent = behind(first.cotangent, second.cotangent);
    return both;
}

}  // namespace gradproof::cases
