// Which zero gradients were wanted.
#include <gradproof/laws/worth.hpp>

#include <gradproof/generate/classes.hpp>

#include <algorithm>

namespace gradproof::laws {

namespace {

using generate::InputClass;

[[nodiscard]] bool hard(const generate::ClassSet& classes) {
    const auto has = [&](InputClass wanted) { return classes.has(wanted); };
    return has(InputClass::zero) || has(InputClass::negative_zero) || has(InputClass::tie) ||
           has(InputClass::hard_point) || has(InputClass::hard_point_neighbour);
}

/// A primitive alone whose shapes, attributes or operands were drawn to be special: it may be constant
/// on one side of a kink, at size 1 (softmax), for an attribute of 0, or where operands tie.
[[nodiscard]] bool special_alone(const cases::Case& drawn) {
    const backprop::Graph& graph = drawn.graph;
    if (graph.nodes.size() != graph.inputs.size() + 1) return false;
    const backprop::Node& node = graph.nodes[graph.output];
    if (node.primitive == nullptr) return false;
    const bool kinked = !node.primitive->kinks.empty();
    bool zero_attribute = false;  // axes and positions are no factors
    for (std::size_t k = 0; k < node.application.attributes.size(); ++k) {
        zero_attribute =
            zero_attribute || (node.application.attributes[k] == 0 &&
                               !node.primitive->attribute_domain(k).integers_only);
    }
    const bool size_1 = std::ranges::any_of(node.application.operands, [](const auto& shape) {
        return generate::classes_of_shape(shape).has(InputClass::size_1);
    });
    const bool tied = std::ranges::adjacent_find(drawn.inputs) != drawn.inputs.end();
    return kinked || zero_attribute || size_1 || tied;
}

}  // namespace

Worth worth(const Setting& setting, std::span<const scalar::Allowance> reference) {
    const auto none = [](double number) { return number == 0; };
    const auto zero = [](const scalar::Allowance& g) { return g.reference == 0 && g.bound == 0; };
    if (!std::ranges::all_of(reference, zero)) return Worth::asks;
    if (std::ranges::all_of(setting.cotangent, none)) return Worth::zero_cotangent;
    if (reference.empty() || setting.special) return Worth::zero_on_purpose;
    if (std::ranges::any_of(setting.cotangent, none)) return Worth::zero_on_purpose;
    for (std::size_t i = 0; i < setting.inputs.size(); ++i) {
        if (hard(generate::classes_of(setting.inputs[i], setting.domains[i], setting.precision))) {
            return Worth::zero_on_purpose;
        }
    }
    return Worth::vacuous;
}

Worth worth(const cases::Case& drawn, std::span<const scalar::Allowance> reference) {
    const backprop::Graph& graph = drawn.graph;
    const backprop::Primitive* primitive = graph.nodes[graph.output].primitive;
    const bool single = graph.nodes.size() == graph.inputs.size() + 1 && primitive != nullptr;
    std::vector<scalar::Domain> domains;
    for (std::size_t i = 0; i < drawn.inputs.size(); ++i) {
        domains.push_back(single ? primitive->domain(i) : scalar::Domain());
    }
    return worth({drawn.inputs, domains, drawn.cotangent, drawn.precision, special_alone(drawn)},
                 reference);
}

}  // namespace gradproof::laws
