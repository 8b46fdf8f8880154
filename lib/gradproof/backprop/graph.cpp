// Construction of graphs: what is appended fits, so that sweeps need not look again.
#include <gradproof/backprop/graph.hpp>

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace gradproof::backprop {

namespace {

/// n0, n1, ...: what nodes without a name of their own are called.
[[nodiscard]] bool is_node_name(const std::string& name) {
    return name.size() > 1 && name[0] == 'n' &&
           name.find_first_not_of("0123456789", 1) == std::string::npos;
}

}  // namespace

NodeId Graph::add_input(std::string name, Shape shape) {
    if (name.empty() || is_node_name(name)) {
        throw std::invalid_argument("gradproof: an input cannot be called \"" + name +
                                    "\": n0, n1, ... are names of nodes; give it another name");
    }
    for (const NodeId id : inputs) {
        if (nodes[id].name == name) {
            throw std::invalid_argument("gradproof: input \"" + name +
                                        "\" is there already; give each input a name of its own");
        }
    }
    Node node;
    node.name = std::move(name);
    node.application.result = std::move(shape);
    nodes.push_back(std::move(node));
    inputs.push_back(nodes.size() - 1);
    output = nodes.size() - 1;
    return output;
}

NodeId Graph::apply(const Primitive& primitive, std::vector<NodeId> operands,
                    Attributes attributes) {
    const std::string name(primitive.name);
    const std::size_t named = primitive.operands.size() - (primitive.variadic() ? 1 : 0);
    if (operands.size() < named || (operands.size() > named && !primitive.variadic())) {
        throw ShapeError(name + ": given " + std::to_string(operands.size()) +
                         " operands, wanted " + std::to_string(named) +
                         (primitive.variadic() ? " or more" : ""));
    }
    const std::size_t single = primitive.single_attributes();
    if (attributes.size() < single || (attributes.size() > single && !primitive.has_list())) {
        throw ShapeError(name + ": given " + std::to_string(attributes.size()) +
                         " attributes, wanted " + std::to_string(single) +
                         (primitive.has_list() ? " or more" : ""));
    }
    Node node;
    node.primitive = &primitive;
    for (const NodeId id : operands) {
        if (id >= nodes.size()) {
            throw ShapeError(name + ": operand n" + std::to_string(id) +
                             " is no earlier node; a program has no cycles");
        }
        node.application.operands.push_back(nodes[id].shape());
    }
    node.application.result = primitive.shape(node.application.operands, attributes);
    node.application.attributes = std::move(attributes);
    node.operands = std::move(operands);
    nodes.push_back(std::move(node));
    output = nodes.size() - 1;
    return output;
}

std::vector<Shape> Graph::input_shapes() const {
    std::vector<Shape> shapes;
    for (const NodeId id : inputs) shapes.push_back(nodes[id].shape());
    return shapes;
}

std::size_t Graph::input_index(NodeId id) const {
    const auto found = std::find(inputs.begin(), inputs.end(), id);
    if (found == inputs.end()) {
        throw std::invalid_argument("gradproof: node n" + std::to_string(id) +
                                    " is no input; ask for one of Graph::inputs");
    }
    return static_cast<std::size_t>(found - inputs.begin());
}

std::string Graph::node_name(NodeId id) const {
    return nodes[id].primitive == nullptr ? nodes[id].name : "n" + std::to_string(id);
}

Graph with_primitive(Graph graph, const Primitive& replacement) {
    for (Node& node : graph.nodes) {
        if (node.primitive != nullptr && node.primitive->name == replacement.name) {
            node.primitive = &replacement;
        }
    }
    return graph;
}
Graph with_primitives(Graph graph, std::span<const Primitive* const> replacements) {
    for (const Primitive* replacement : replacements) {
        graph = with_primitive(std::move(graph), *replacement);
    }
    return graph;
}

Variable input(Graph& graph, std::string name, Shape shape) {
    return {&graph, graph.add_input(std::move(name), std::move(shape))};
}

Variable apply(const Primitive& primitive, std::vector<Variable> operands, Attributes attributes) {
    if (operands.empty()) throw ShapeError(std::string(primitive.name) + ": given no operand");
    Graph* graph = operands.front().graph;
    std::vector<NodeId> ids;
    for (const Variable& operand : operands) {
        if (operand.graph != graph) {
            throw std::invalid_argument(std::string(primitive.name) +
                                        ": operands of two programs; build both in one graph");
        }
        ids.push_back(operand.id);
    }
    return {graph, graph->apply(primitive, std::move(ids), std::move(attributes))};
}

}  // namespace gradproof::backprop
