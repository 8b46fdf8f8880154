// Copying a program's body behind itself.
#include <gradproof/case/written_twice.hpp>

#include <gradproof/primitives/catalogue.hpp>

#include <vector>

namespace gradproof::cases {

Case written_twice(const Case& drawn) {
    using backprop::NodeId;
    Case doubled = drawn;
    std::vector<NodeId> copy_of(drawn.graph.nodes.size());
    for (NodeId id = 0; id < drawn.graph.nodes.size(); ++id) {
        const backprop::Node& node = drawn.graph.nodes[id];
        copy_of[id] = id;
        if (node.primitive == nullptr) continue;
        std::vector<NodeId> operands;
        for (const NodeId operand : node.operands) operands.push_back(copy_of[operand]);
        copy_of[id] = doubled.graph.apply(*node.primitive, operands, node.application.attributes);
    }
    doubled.graph.apply(primitives::primitive("add"),
                        {drawn.graph.output, copy_of[drawn.graph.output]});
    return doubled;
}

}  // namespace gradproof::cases
