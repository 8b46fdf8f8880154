// What inputs and nodes may be called in a case file, and which index a node's name asks for.
#pragma once

#include <gradproof/backprop/graph.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gradproof::cases {

/// What is wrong with a name, as "given ..., wanted ...; remedy"; nothing for a good one: neither
/// empty nor longer than 100 bytes, and without control characters.
[[nodiscard]] std::optional<std::string> complaint_about_name(std::string_view name);

/// The same for an input, which is not called like a node either.
[[nodiscard]] std::optional<std::string> complaint_about_input_name(std::string_view name);

/// A node of a file: its name and its operands, which count the inputs first, then the nodes.
struct NamedNode {
    std::string name;
    std::vector<std::size_t> operands;
};

/// The index in the graph of each input and then of each node. Names n<k> are kept: the node becomes
/// number k, and inputs take the numbers left. Where some name is another one, or that order would
/// put a node before an operand, the inputs come first and the nodes follow in order.
[[nodiscard]] std::vector<backprop::NodeId> graph_indices(std::size_t inputs,
                                                          const std::vector<NamedNode>& nodes);

}  // namespace gradproof::cases
