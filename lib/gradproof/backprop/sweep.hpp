// The two sweeps over a graph: forward for the values, backward for the cotangents.
#pragma once

#include <gradproof/backprop/graph.hpp>

#include <cstddef>
#include <span>
#include <vector>

namespace gradproof::backprop {

/// One number type's value (or cotangent) of every node, flat in row-major order.
template <class S>
using PerNode = std::vector<std::vector<S>>;

/// The value of every node; `inputs` has one flat vector an input, in the graph's order.
template <class S>
[[nodiscard]] PerNode<S> forward(const Graph& graph, std::span<const std::vector<S>> inputs) {
    PerNode<S> values(graph.nodes.size());
    for (std::size_t i = 0; i < graph.inputs.size(); ++i) values[graph.inputs[i]] = inputs[i];

    std::vector<std::span<const S>> operands;
    for (NodeId id = 0; id < graph.nodes.size(); ++id) {
        const Node& node = graph.nodes[id];
        if (node.primitive == nullptr) continue;
        operands.clear();
        for (const NodeId operand : node.operands) operands.emplace_back(values[operand]);
        values[id].resize(scalar::element_count(node.shape()));
        node.primitive->rule<S>().primal(node.application, operands, values[id]);
    }
    return values;
}

/// The cotangent of every input, given the values of a forward sweep and the output's cotangent.
///
/// The sweep owns all cotangents, so that a second one gives the same as the first. Nodes are
/// visited once, last to first: when a node's turn comes, every use of it has added its share.
template <class S>
[[nodiscard]] PerNode<S> backward(const Graph& graph, const PerNode<S>& values,
                                  std::span<const S> output_cotangent) {
    PerNode<S> cotangents(graph.nodes.size());
    for (NodeId id = 0; id < graph.nodes.size(); ++id) {
        cotangents[id].assign(scalar::element_count(graph.nodes[id].shape()), S(0));
    }
    cotangents[graph.output].assign(output_cotangent.begin(), output_cotangent.end());

    std::vector<std::span<const S>> operands;
    std::vector<std::span<S>> accumulators;
    for (NodeId id = graph.nodes.size(); id-- > 0;) {
        const Node& node = graph.nodes[id];
        if (node.primitive == nullptr) continue;
        operands.clear();
        accumulators.clear();
        for (const NodeId operand : node.operands) {
            operands.emplace_back(values[operand]);
            accumulators.emplace_back(cotangents[operand]);
        }
        node.primitive->rule<S>().pullback(node.application, cotangents[id], values[id], operands,
                                           accumulators);
    }

    PerNode<S> of_inputs;
    for (const NodeId id : graph.inputs) of_inputs.push_back(std::move(cotangents[id]));
    return of_inputs;
}

}  // namespace gradproof::backprop
