// Each rule is asked once, forward and backward, and the ledger is looked at before and after.
#include <gradproof/case/open_comparisons.hpp>

#include <gradproof/scalar/running.hpp>

#include <cstddef>
#include <span>

namespace gradproof::cases {

namespace {

template <class T>
[[nodiscard]] std::vector<OpenComparisons> met(const Case& drawn) {
    using Number = scalar::Running<T>;
    const backprop::Graph& graph = drawn.graph;
    scalar::Ledger ledger;
    std::vector<std::vector<Number>> values(graph.nodes.size());
    for (std::size_t i = 0; i < graph.inputs.size(); ++i) {
        for (const double x : drawn.inputs[i])
            values[graph.inputs[i]].emplace_back(static_cast<T>(x), 0.0, &ledger);
    }

    std::vector<OpenComparisons> open(graph.nodes.size());
    for (backprop::NodeId id = 0; id < graph.nodes.size(); ++id) {
        const backprop::Node& node = graph.nodes[id];
        if (node.primitive == nullptr) continue;
        const std::size_t ties = ledger.ties(), undetermined = ledger.undetermined();
        std::vector<std::span<const Number>> operands;
        std::vector<std::vector<Number>> cotangents;
        for (const backprop::NodeId operand : node.operands) {
            operands.emplace_back(values[operand]);
            cotangents.emplace_back(values[operand].size(), Number(0));
        }
        const std::vector<std::span<Number>> accumulators(cotangents.begin(), cotangents.end());
        const backprop::Rule<Number>& rule = node.primitive->template rule<Number>();
        values[id].resize(scalar::element_count(node.shape()));
        rule.primal(node.application, operands, values[id]);
        // Which cotangent is all the same: what is compared are operands and result.
        const std::vector<Number> ones(values[id].size(), Number(1));
        rule.pullback(node.application, ones, values[id], operands, accumulators);
        open[id] = {ledger.ties() > ties, ledger.undetermined() > undetermined};
    }
    return open;
}

}  // namespace

std::vector<OpenComparisons> open_comparisons(const Case& drawn) {
    return drawn.precision == Precision::binary32 ? met<float>(drawn) : met<double>(drawn);
}

}  // namespace gradproof::cases
