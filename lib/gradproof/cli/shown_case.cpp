// Finding out what is shown of a case.
#include <gradproof/cli/shown_case.hpp>

#include <gradproof/check/check.hpp>
#include <gradproof/subject/program_subject.hpp>

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace gradproof::cli {

namespace {

using backprop::Graph;
using backprop::Node;
using backprop::NodeId;

/// Entries of the operand at which an elementwise primitive has a kink.
[[nodiscard]] std::vector<std::string> entries_at_kinks(const Graph& graph, NodeId id,
                                                        const cases::NodeAnswers& answers) {
    std::vector<std::string> names;
    const Node& node = graph.nodes[id];
    if (node.primitive == nullptr || node.primitive->kinks.empty()) return names;
    const NodeId operand = node.operands[0];
    const std::vector<double>& values = answers.values[operand];
    for (std::size_t i = 0; i < values.size(); ++i) {
        const auto here = [&](const backprop::Kink& kink) { return kink.at == values[i]; };
        if (std::ranges::any_of(node.primitive->kinks, here)) {
            names.push_back(
                scalar::element_name(graph.node_name(operand), graph.nodes[operand].shape(), i));
        }
    }
    return names;
}

void mark_reached(const Graph& graph, std::vector<ShownNode>& nodes) {
    nodes[graph.output].reached = true;
    for (NodeId id = graph.nodes.size(); id-- > 0;) {
        if (!nodes[id].reached) continue;
        for (const NodeId operand : graph.nodes[id].operands) nodes[operand].reached = true;
    }
}

}  // namespace

ShownCase show(const std::filesystem::path& file) {
    ShownCase shown;
    shown.file = file.string();
    shown.saved = cases::read_file(file);
    const cases::Case& drawn = shown.saved.drawn;
    shown.answers = cases::backprop_at_nodes(drawn);
    shown.nodes.resize(drawn.graph.nodes.size());
    mark_reached(drawn.graph, shown.nodes);
    for (NodeId id = 0; id < shown.nodes.size(); ++id) {
        shown.nodes[id].at_kinks = entries_at_kinks(drawn.graph, id, shown.answers);
        if (drawn.graph.nodes[id].primitive != nullptr)
            shown.nodes[id].additions = cases::backprop_additions(drawn, shown.answers, id);
    }
    try {
        cases::require_checkable(drawn);
    } catch (const std::invalid_argument& refusal) {
        shown.not_judged = refusal.what();
        return shown;
    }
    const std::vector<cases::OpenComparisons> open = cases::open_comparisons(drawn);
    for (NodeId id = 0; id < open.size(); ++id) shown.nodes[id].open = open[id];
    const subject::Backprop library;
    shown.gradient =
        check::gradient(subject::ProgramTrial(library, drawn), check::Keep::everything);
    return shown;
}

}  // namespace gradproof::cli
