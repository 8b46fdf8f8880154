// The two sweeps in float and double behind a plain interface.
#include <gradproof/case/backprop_answer.hpp>

#include <gradproof/backprop/sweep.hpp>
#include <gradproof/primitives/catalogue.hpp>

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <string>
#include <utility>

namespace gradproof::cases {

namespace {

/// A case's numbers as the sweeps take them.
template <class T>
struct Converted {
    std::vector<std::vector<T>> inputs;
    std::vector<T> cotangent;

    Converted(const Case& drawn, std::span<const double> of_output) {
        const auto rounded = [](double x) { return static_cast<T>(x); };
        for (const auto& input : drawn.inputs) {
            auto& numbers = inputs.emplace_back();
            for (const double x : input) numbers.push_back(rounded(x));
        }
        for (const double g : of_output) cotangent.push_back(rounded(g));
    }
};

template <class T>
[[nodiscard]] Answer swept(const backprop::Graph& graph, const Case& drawn,
                           std::span<const double> cotangent) {
    const Converted<T> given(drawn, cotangent);
    const auto values = backprop::forward<T>(graph, given.inputs);
    Answer answer;
    answer.primal.assign(values[graph.output].begin(), values[graph.output].end());
    for (const auto& input : backprop::backward<T>(graph, values, given.cotangent)) {
        answer.gradient.insert(answer.gradient.end(), input.begin(), input.end());
    }
    return answer;
}

template <class T>
[[nodiscard]] std::vector<std::vector<double>> widened(const backprop::PerNode<T>& numbers) {
    std::vector<std::vector<double>> wide;
    for (const auto& of_node : numbers) wide.emplace_back(of_node.begin(), of_node.end());
    return wide;
}

template <class T>
[[nodiscard]] NodeAnswers swept_everywhere(const Case& drawn) {
    const Converted<T> given(drawn, drawn.cotangent);
    const auto values = backprop::forward<T>(drawn.graph, given.inputs);
    // The sweep hands out the cotangents of what the graph calls its inputs: here, of every node.
    backprop::Graph graph = drawn.graph;
    graph.inputs.resize(graph.nodes.size());
    std::iota(graph.inputs.begin(), graph.inputs.end(), backprop::NodeId{0});
    return {widened<T>(values), widened<T>(backprop::backward<T>(graph, values, given.cotangent))};
}

/// Whether the primitive's rule is written once for all number types, as far as can be told: one that
/// differs from the catalogue's in double must differ in wide numbers too.
[[nodiscard]] bool written_once(const backprop::Primitive* replacement) {
    const backprop::Primitive* own = primitives::find(replacement->name);
    if (own == nullptr) return true;
    const auto differs = [](const auto& a, const auto& b) {
        return a.primal != b.primal || a.pullback != b.pullback;
    };
    using Wide = scalar::Witness<100>;
    return differs(replacement->rule<double>(), own->rule<double>()) ==
           differs(replacement->rule<Wide>(), own->rule<Wide>());
}

}  // namespace

std::vector<WideEntry> backprop_formula(const Case& drawn, std::span<const double> cotangent,
                                        std::span<const backprop::Primitive* const> replacements) {
    if (!std::all_of(replacements.begin(), replacements.end(), written_once)) return {};
    return wide_gradient(drawn, backprop::with_primitives(drawn.graph, replacements), cotangent);
}

Answer backprop_answer(const Case& drawn, std::span<const double> cotangent,
                       std::span<const backprop::Primitive* const> replacements) {
    const auto sweep = drawn.precision == Precision::binary32 ? swept<float> : swept<double>;
    if (replacements.empty()) return sweep(drawn.graph, drawn, cotangent);
    return sweep(backprop::with_primitives(drawn.graph, replacements), drawn, cotangent);
}

NodeAnswers backprop_at_nodes(const Case& drawn) {
    return drawn.precision == Precision::binary32 ? swept_everywhere<float>(drawn)
                                                  : swept_everywhere<double>(drawn);
}

std::vector<std::vector<double>> backprop_additions(const Case& drawn, const NodeAnswers& answers,
                                                    backprop::NodeId id) {
    // A program of that node alone, each operand an input of its own: their gradients are the additions.
    const backprop::Node& node = drawn.graph.nodes[id];
    Case alone;
    alone.precision = drawn.precision;
    std::vector<backprop::NodeId> operands;
    for (const backprop::NodeId operand : node.operands) {
        operands.push_back(alone.graph.add_input("operand " + std::to_string(operands.size()),
                                                 drawn.graph.nodes[operand].shape()));
        alone.inputs.push_back(answers.values[operand]);
    }
    alone.graph.apply(*node.primitive, std::move(operands), node.application.attributes);
    const Answer answer = backprop_answer(alone, answers.cotangents[id]);

    std::vector<std::vector<double>> additions;
    auto next = answer.gradient.begin();
    for (const auto& operand : alone.inputs) {
        const auto end = next + static_cast<std::ptrdiff_t>(operand.size());
        additions.emplace_back(next, end);
        next = end;
    }
    return additions;
}

}  // namespace gradproof::cases
