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

/// A kinked primitive alone is constant on one side: that side is half of what there is to try.
[[nodiscard]] bool kinked_alone(const backprop::Graph& graph) {
    if (graph.nodes.size() != graph.inputs.size() + 1) return false;
    return !graph.nodes[graph.output].primitive->kinks.empty();
}

}  // namespace

Worth worth(const cases::Case& drawn, std::span<const scalar::Allowance> reference) {
    const auto none = [](double number) { return number == 0; };
    const auto zero = [](const scalar::Allowance& g) { return g.reference == 0 && g.bound == 0; };
    if (!std::ranges::all_of(reference, zero)) return Worth::asks;
    if (std::ranges::all_of(drawn.cotangent, none)) return Worth::zero_cotangent;
    if (reference.empty() || kinked_alone(drawn.graph)) return Worth::zero_on_purpose;
    if (std::ranges::any_of(drawn.cotangent, none)) return Worth::zero_on_purpose;
    const backprop::Node& output = drawn.graph.nodes[drawn.graph.output];
    const bool single = drawn.graph.nodes.size() == drawn.graph.inputs.size() + 1;
    for (std::size_t i = 0; i < drawn.inputs.size(); ++i) {
        const scalar::Domain domain =
            single && output.primitive != nullptr ? output.primitive->domain(i) : scalar::Domain();
        if (hard(generate::classes_of(drawn.inputs[i], domain, drawn.precision))) {
            return Worth::zero_on_purpose;
        }
    }
    return Worth::vacuous;
}

}  // namespace gradproof::laws
