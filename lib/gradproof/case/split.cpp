// Parts of a program as programs of their own.
#include <gradproof/case/split.hpp>

#include <stdexcept>
#include <string>
#include <utility>

namespace gradproof::cases {

namespace {

using backprop::Graph;
using backprop::Node;
using backprop::NodeId;

/// Appends the node, its operands found at `place`.
[[nodiscard]] NodeId append(Graph& graph, const Node& node, const std::vector<NodeId>& place) {
    std::vector<NodeId> operands;
    for (const NodeId operand : node.operands) operands.push_back(place[operand]);
    return graph.apply(*node.primitive, std::move(operands), node.application.attributes);
}

/// The case without its program: the inputs alone, at `place`.
[[nodiscard]] Case inputs_of(const Case& drawn, std::vector<NodeId>& place) {
    Case alone;
    alone.precision = drawn.precision;
    alone.inputs = drawn.inputs;
    for (const NodeId id : drawn.graph.inputs) {
        const Node& input = drawn.graph.nodes[id];
        place[id] = alone.graph.add_input(input.name, input.shape());
    }
    return alone;
}

}  // namespace

Split::Split(const Case& drawn, std::vector<bool> first) : drawn_(drawn), first_(std::move(first)) {
    const Graph& graph = drawn.graph;
    std::vector<bool> used(graph.nodes.size());
    for (NodeId id = 0; id < graph.nodes.size(); ++id) {
        const Node& node = graph.nodes[id];
        const bool input_outside = node.primitive == nullptr && !first_[id];
        bool closed = !input_outside;
        for (const NodeId operand : node.operands) {
            closed = closed && (first_[operand] || !first_[id]);
            used[operand] = used[operand] || (first_[operand] && !first_[id]);
        }
        if (!closed) {
            throw std::invalid_argument("split: " + graph.node_name(id) +
                                        (input_outside ? " is an input outside of the first part"
                                                       : " has an operand outside of the first "
                                                         "part"));
        }
    }
    if (first_[graph.output]) throw std::invalid_argument("split: the output is in the first part");
    for (NodeId id = 0; id < graph.nodes.size(); ++id) {
        if (used[id]) cut_.push_back(id);
    }
}

std::vector<bool> Split::needed_by(NodeId node) const {
    std::vector<bool> needed(drawn_.graph.nodes.size());
    needed[node] = true;
    for (NodeId id = node + 1; id-- > 0;) {
        if (!needed[id]) continue;
        for (const NodeId operand : drawn_.graph.nodes[id].operands) needed[operand] = true;
    }
    return needed;
}

Case Split::up_to(NodeId node, std::vector<double> cotangent) const {
    std::vector<NodeId> place(drawn_.graph.nodes.size());
    Case part = inputs_of(drawn_, place);
    const std::vector<bool> needed = needed_by(node);
    for (NodeId id = 0; id <= node; ++id) {
        const Node& old = drawn_.graph.nodes[id];
        if (needed[id] && old.primitive != nullptr) place[id] = append(part.graph, old, place);
    }
    part.cotangent = std::move(cotangent);
    return part;
}

Case Split::from_cut(std::vector<std::vector<double>> values) const {
    const Graph& graph = drawn_.graph;
    Case part;
    part.precision = drawn_.precision;
    part.inputs = std::move(values);
    part.cotangent = drawn_.cotangent;
    std::vector<NodeId> place(graph.nodes.size());
    for (const NodeId id : cut_) {
        // No input is called like a node: these names are free but for the case's own inputs.
        const Node& node = graph.nodes[id];
        std::string name = node.primitive == nullptr ? node.name : "cut_" + std::to_string(id);
        const auto taken = [&] {
            for (const NodeId input : graph.inputs) {
                if (input != id && graph.nodes[input].name == name) return true;
            }
            return false;
        };
        while (taken()) name += "_";
        place[id] = part.graph.add_input(name, node.shape());
    }
    for (NodeId id = 0; id < graph.nodes.size(); ++id) {
        if (!first_[id]) place[id] = append(part.graph, graph.nodes[id], place);
    }
    part.graph.output = place[graph.output];
    return part;
}

Case Split::written_out() const {
    const Graph& graph = drawn_.graph;
    std::vector<NodeId> at_inputs(graph.nodes.size());
    Case whole = inputs_of(drawn_, at_inputs);
    std::vector<NodeId> place = at_inputs;
    for (const NodeId node : cut_) {
        const std::vector<bool> needed = needed_by(node);
        std::vector<NodeId> copy = at_inputs;
        for (NodeId id = 0; id <= node; ++id) {
            const Node& old = graph.nodes[id];
            if (needed[id] && old.primitive != nullptr) copy[id] = append(whole.graph, old, copy);
        }
        place[node] = copy[node];
    }
    for (NodeId id = 0; id < graph.nodes.size(); ++id) {
        if (!first_[id]) place[id] = append(whole.graph, graph.nodes[id], place);
    }
    whole.graph.output = place[graph.output];
    whole.cotangent = drawn_.cotangent;
    return whole;
}

}  // namespace gradproof::cases
