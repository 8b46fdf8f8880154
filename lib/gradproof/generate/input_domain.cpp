// Looking for the first use of an input.
#include <gradproof/generate/input_domain.hpp>

namespace gradproof::generate {

scalar::Domain input_domain(const backprop::Graph& graph, backprop::NodeId input) {
    for (const backprop::Node& node : graph.nodes) {
        for (std::size_t i = 0; i < node.operands.size(); ++i) {
            if (node.operands[i] == input) return node.primitive->domain(i);
        }
    }
    return {};
}

}  // namespace gradproof::generate
