// A program as plain data: a graph of vector-valued nodes in topological order, without numbers.
#pragma once

#include <gradproof/backprop/primitive.hpp>

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gradproof::backprop {

using NodeId = std::size_t;

/// An input (no primitive) or the application of a primitive to earlier nodes.
struct Node {
    const Primitive* primitive = nullptr;
    std::vector<NodeId> operands;
    Application application;  ///< shapes and attributes; of an input, only the result's shape
    std::string name;         ///< of an input; empty for other nodes

    [[nodiscard]] const Shape& shape() const { return application.result; }
};

/// Append order is a topological order: operands come before their use. The output is one node.
struct Graph {
    std::vector<Node> nodes;
    std::vector<NodeId> inputs;
    NodeId output = 0;

    /// Appends an input of this shape. Throws `std::invalid_argument` for a name that is there
    /// already, is empty, or is a node's (n0, n1, ...).
    NodeId add_input(std::string name, Shape shape);
    /// Appends the application of `primitive`, and makes it the output. Throws `ShapeError` where
    /// operands, shapes or attributes do not fit.
    NodeId apply(const Primitive& primitive, std::vector<NodeId> operands,
                 Attributes attributes = {});

    [[nodiscard]] std::vector<Shape> input_shapes() const;
    /// Which of the inputs the node is: i for inputs[i]. Throws `std::invalid_argument` for another node.
    [[nodiscard]] std::size_t input_index(NodeId id) const;
    [[nodiscard]] const Shape& output_shape() const { return nodes[output].shape(); }
    /// "v" for an input of that name, "n3" for the node with index 3.
    [[nodiscard]] std::string node_name(NodeId id) const;
};

/// The graph with every application of the primitive of that name computed by `replacement`.
[[nodiscard]] Graph with_primitive(Graph graph, const Primitive& replacement);
/// The same for each of several.
[[nodiscard]] Graph with_primitives(Graph graph, std::span<const Primitive* const> replacements);

/// A node of a graph under construction, so that programs read like mathematics:
/// `relu(matvec(W1, v))`. Keeps a pointer to the graph, which must outlive it.
struct Variable {
    Graph* graph = nullptr;
    NodeId id = 0;

    [[nodiscard]] const Shape& shape() const { return graph->nodes[id].shape(); }
};

/// Appends an input to `graph`.
[[nodiscard]] Variable input(Graph& graph, std::string name, Shape shape);

/// Applies `primitive` to variables of one graph. Throws `ShapeError` where they do not fit, and
/// `std::invalid_argument` where they belong to different graphs.
[[nodiscard]] Variable apply(const Primitive& primitive, std::vector<Variable> operands,
                             Attributes attributes = {});

}  // namespace gradproof::backprop
