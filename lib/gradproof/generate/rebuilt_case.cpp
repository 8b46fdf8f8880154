// The rebuilding of cases, node by node.
#include <gradproof/generate/rebuilt_case.hpp>

#include <algorithm>
#include <set>
#include <stdexcept>
#include <utility>

namespace gradproof::generate {

namespace {

using backprop::Graph;
using backprop::Node;
using backprop::NodeId;
using cases::Case;

/// An input's values in another shape: a block of them, zeros where an axis grows, or all of them where it
/// loses axes of size 1.
[[nodiscard]] std::vector<double> reshaped(const std::vector<double>& values,
                                           const scalar::Shape& from, const scalar::Shape& to,
                                           Block block) {
    return to.size() == from.size() ? block_of(values, from, to, block, 0) : values;
}

}  // namespace

RebuiltCase& RebuiltCase::with_attributes(NodeId node, backprop::Attributes attributes) {
    attributes_[node] = std::move(attributes);
    return *this;
}

RebuiltCase& RebuiltCase::with_bypassed(NodeId node, NodeId other) {
    bypassed_[node] = other;
    return *this;
}

RebuiltCase& RebuiltCase::with_input(NodeId node, std::vector<double> values) {
    made_input_[node] = std::move(values);
    return *this;
}

RebuiltCase& RebuiltCase::with_shapes(std::map<NodeId, scalar::Shape> shapes) {
    shapes_ = std::move(shapes);
    return *this;
}

RebuiltCase& RebuiltCase::with_dead_nodes() {
    with_dead_nodes_ = true;
    return *this;
}

RebuiltCase& RebuiltCase::without(NodeId node) {
    left_out_.insert(node);
    return *this;
}

std::optional<Case> RebuiltCase::up_to(NodeId output) const {
    std::set<NodeId> needed;
    std::vector<NodeId> open{standing_for(output)};
    for (NodeId id = 0; with_dead_nodes_ && id < source_.graph.nodes.size(); ++id) {
        const bool applied = source_.graph.nodes[id].primitive != nullptr;
        if (applied && !left_out_.contains(id) && !bypassed_.contains(id)) open.push_back(id);
    }
    while (!open.empty()) {
        const NodeId id = open.back();
        open.pop_back();
        if (!needed.insert(id).second || made_input_.contains(id)) continue;
        for (const NodeId operand : source_.graph.nodes[id].operands)
            open.push_back(standing_for(operand));
    }
    Case result;
    result.precision = source_.precision;
    std::map<NodeId, NodeId> place;
    try {
        for (const NodeId id : needed) append(result, place, id);
    } catch (const std::invalid_argument&) {
        return std::nullopt;
    }
    result.graph.output = place.at(standing_for(output));
    if (result.graph.nodes[result.graph.output].primitive == nullptr) return std::nullopt;
    if (!fit_cotangent(result, output)) return std::nullopt;
    return result;
}

NodeId RebuiltCase::standing_for(NodeId id) const {
    for (auto found = bypassed_.find(id); found != bypassed_.end(); found = bypassed_.find(id))
        id = found->second;
    return id;
}

const std::vector<double>& RebuiltCase::values_of(NodeId input) const {
    const auto& inputs = source_.graph.inputs;
    const auto at = std::find(inputs.begin(), inputs.end(), input) - inputs.begin();
    return source_.inputs[static_cast<std::size_t>(at)];
}

std::string RebuiltCase::fresh_name(NodeId id) const {
    std::string name = "v" + std::to_string(id);
    const auto taken = [&](const std::string& candidate) {
        return std::any_of(source_.graph.nodes.begin(), source_.graph.nodes.end(),
                           [&](const Node& node) { return node.name == candidate; });
    };
    while (taken(name)) name += "v";
    return name;
}

void RebuiltCase::append(Case& result, std::map<NodeId, NodeId>& place, NodeId id) const {
    const Node& node = source_.graph.nodes[id];
    if (const auto made = made_input_.find(id); made != made_input_.end()) {
        place[id] = result.graph.add_input(fresh_name(id), node.shape());
        result.inputs.push_back(made->second);
        return;
    }
    if (node.primitive == nullptr) {
        const auto shape = shapes_.find(id);
        const scalar::Shape& to = shape == shapes_.end() ? node.shape() : shape->second;
        place[id] = result.graph.add_input(node.name, to);
        result.inputs.push_back(reshaped(values_of(id), node.shape(), to, block_));
        return;
    }
    std::vector<NodeId> operands;
    for (const NodeId operand : node.operands) operands.push_back(place.at(standing_for(operand)));
    place[id] =
        result.graph.apply(*node.primitive, operands, attributes_for(id, result.graph, operands));
}

backprop::Attributes RebuiltCase::attributes_for(NodeId id, const Graph& graph,
                                                 const std::vector<NodeId>& operands) const {
    if (const auto given = attributes_.find(id); given != attributes_.end()) return given->second;
    const Node& node = source_.graph.nodes[id];
    std::vector<scalar::Shape> shapes;
    for (const NodeId operand : operands) shapes.push_back(graph.nodes[operand].shape());
    const auto refitted = node.primitive->refitted;
    if (refitted == nullptr || shapes == node.application.operands)
        return node.application.attributes;
    auto followed = refitted(node.application.operands, shapes, node.application.attributes);
    if (!followed) throw backprop::ShapeError("no attributes for these shapes");
    return *std::move(followed);
}

bool RebuiltCase::fit_cotangent(Case& result, NodeId old_output) const {
    const scalar::Shape& to = result.graph.output_shape();
    const scalar::Shape& from = source_.graph.nodes[source_.graph.output].shape();
    if (old_output != source_.graph.output) {
        result.cotangent.assign(scalar::element_count(to), 1.0);
        return true;
    }
    if (to.size() != from.size()) {
        const std::size_t count = scalar::element_count(to);
        if (count > source_.cotangent.size()) return false;
        const std::size_t first =
            block_ == Block::trailing ? source_.cotangent.size() - count : std::size_t{0};
        const auto begin = source_.cotangent.begin() + static_cast<std::ptrdiff_t>(first);
        result.cotangent.assign(begin, begin + static_cast<std::ptrdiff_t>(count));
        return true;
    }
    // The result grows where a kernel shrinks.
    result.cotangent = block_of(source_.cotangent, from, to, block_, 0);
    return true;
}

}  // namespace gradproof::generate
