// Handing a node's buffers to the rule of its primitive.
#include <gradproof/subject/node_rules.hpp>

#include <utility>

namespace gradproof::subject {

using backprop::Node;

PrimitiveRules::PrimitiveRules(std::vector<const backprop::Primitive*> replacements)
    : replacements_(std::move(replacements)) {}

const backprop::Primitive& PrimitiveRules::of(const Node& node) const {
    for (const backprop::Primitive* replacement : replacements_) {
        if (replacement->name == node.primitive->name) return *replacement;
    }
    return *node.primitive;
}

// clang-format off
void PrimitiveRules::primal(const Node& node, Inputs<float> inputs, std::span<float> result) const {
    of(node).rule<float>().primal(node.application, inputs, result);
}
void PrimitiveRules::primal(const Node& node, Inputs<double> inputs, std::span<double> result) const {
    of(node).rule<double>().primal(node.application, inputs, result);
}
void PrimitiveRules::pullback(const Node& node, std::span<const float> cotangent, std::span<const float> result, Inputs<float> inputs, Accumulators<float> accumulators) const {
    of(node).rule<float>().pullback(node.application, cotangent, result, inputs, accumulators);
}
void PrimitiveRules::pullback(const Node& node, std::span<const double> cotangent, std::span<const double> result, Inputs<double> inputs, Accumulators<double> accumulators) const {
    of(node).rule<double>().pullback(node.application, cotangent, result, inputs, accumulators);
}
// clang-format on

}  // namespace gradproof::subject
