// Names of inputs and nodes, and the order of a graph that keeps them.
#include <gradproof/case/node_names.hpp>

#include <gradproof/case/quotation.hpp>

#include <algorithm>
#include <charconv>
#include <numeric>

namespace gradproof::cases {

namespace {

constexpr std::size_t longest_name = 100;

/// k for "n<k>" as `Graph::node_name` writes it.
[[nodiscard]] std::optional<std::size_t> number_in(std::string_view name) {
    std::size_t number = 0;
    const auto read = std::from_chars(name.data() + 1, name.data() + name.size(), number);
    if (read.ec != std::errc() || name != "n" + std::to_string(number)) return std::nullopt;
    return number;
}

/// Indices by the nodes' names; empty where those allow none.
[[nodiscard]] std::vector<backprop::NodeId> indices_by_name(std::size_t inputs,
                                                            const std::vector<NamedNode>& nodes) {
    std::vector<backprop::NodeId> indices(inputs), of_nodes;
    std::size_t next_input = 0;
    for (const NamedNode& node : nodes) {
        const std::optional<std::size_t> number = number_in(node.name);
        const std::size_t free = next_input + of_nodes.size();
        if (!number || *number < free || *number - free > inputs - next_input) return {};
        for (std::size_t id = free; id < *number; ++id) indices[next_input++] = id;
        of_nodes.push_back(*number);
    }
    while (next_input < inputs) indices[next_input] = next_input + of_nodes.size(), ++next_input;
    indices.insert(indices.end(), of_nodes.begin(), of_nodes.end());

    for (std::size_t i = 0; i < nodes.size(); ++i) {
        for (const std::size_t operand : nodes[i].operands) {
            if (indices[operand] >= indices[inputs + i]) return {};
        }
    }
    return indices;
}

}  // namespace

std::optional<std::string> complaint_about_name(std::string_view name) {
    if (!name.empty() && name.size() <= longest_name && !has_control_characters(name)) {
        return std::nullopt;
    }
    return "given the name " + quotation(name) + ", wanted 1 to " + std::to_string(longest_name) +
           " bytes without control characters; choose another";
}

std::optional<std::string> complaint_about_input_name(std::string_view name) {
    if (auto complaint = complaint_about_name(name)) return complaint;
    const bool like_a_node =
        name.size() > 1 && name[0] == 'n' &&
        std::all_of(name.begin() + 1, name.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (!like_a_node) return std::nullopt;
    return "given an input called " + quotation(name) +
           ", wanted none of n0, n1, n2, ..., which are "
           "names of nodes; call it otherwise";
}

std::vector<backprop::NodeId> graph_indices(std::size_t inputs,
                                            const std::vector<NamedNode>& nodes) {
    std::vector<backprop::NodeId> indices = indices_by_name(inputs, nodes);
    if (indices.empty()) {
        indices.resize(inputs + nodes.size());
        std::iota(indices.begin(), indices.end(), backprop::NodeId{0});
    }
    return indices;
}

}  // namespace gradproof::cases
