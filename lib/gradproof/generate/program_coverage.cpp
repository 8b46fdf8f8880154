// A plain forward sweep in double, and a look at every node.
#include <gradproof/generate/program_coverage.hpp>

#include <gradproof/backprop/sweep.hpp>
#include <gradproof/generate/classes.hpp>
#include <gradproof/generate/precision.hpp>
#include <gradproof/primitives/catalogue.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <bitset>
#include <cmath>
#include <set>

namespace gradproof::generate {

namespace {

using backprop::Graph;
using backprop::Node;
using backprop::NodeId;
using Forms = std::bitset<kProgramForms>;

constexpr std::array<std::string_view, kProgramForms> kFormNames{"a node used twice",
                                                                 "a repeated operand",
                                                                 "a dead node",
                                                                 "a long chain",
                                                                 "size 0",
                                                                 "size 1",
                                                                 "rank 3 or more",
                                                                 "a zero inside",
                                                                 "a tie inside",
                                                                 "at a hard point",
                                                                 "in a tail",
                                                                 "a sparse cotangent"};

/// Collects the forms of one program.
class ProgramSurvey {
public:
    explicit ProgramSurvey(const cases::Case& drawn)
        : graph_(drawn.graph),
          precision_(drawn.precision),
          values_(backprop::forward<double>(drawn.graph, drawn.inputs)) {
        note(ProgramForm::sparse_cotangent,
             classes_of(drawn.cotangent, {}, precision_).has(InputClass::sparse));
        look_at_uses();
        look_at_depth();
        for (NodeId id = 0; id < graph_.nodes.size(); ++id) {
            const Node& node = graph_.nodes[id];
            look_at_shape(node.shape());
            if (node.primitive != nullptr) look_at(node, values_[id]);
        }
    }
    [[nodiscard]] const Forms& forms() const { return forms_; }

private:
    const Graph& graph_;
    scalar::Precision precision_;
    backprop::PerNode<double> values_;
    Forms forms_;

    void note(ProgramForm form, bool seen = true) {
        if (seen) forms_.set(static_cast<std::size_t>(form));
    }
    void look_at_uses() {
        std::vector<std::size_t> users(graph_.nodes.size(), 0);
        for (const Node& node : graph_.nodes) {
            const std::set<NodeId> different(node.operands.begin(), node.operands.end());
            for (const NodeId operand : different) ++users[operand];
            note(ProgramForm::repeated_operand, different.size() < node.operands.size());
        }
        for (NodeId id = 0; id < graph_.nodes.size(); ++id) {
            note(ProgramForm::used_twice, users[id] > 1);
            note(ProgramForm::dead_node, users[id] == 0 && id != graph_.output);
        }
    }
    void look_at_depth() {
        std::vector<std::size_t> depth(graph_.nodes.size(), 0);
        for (NodeId id = 0; id < graph_.nodes.size(); ++id) {
            for (const NodeId operand : graph_.nodes[id].operands)
                depth[id] = std::max(depth[id], depth[operand] + 1);
        }
        note(ProgramForm::long_chain, depth[graph_.output] >= 8);
    }
    void look_at_shape(const scalar::Shape& shape) {
        const ClassSet classes = classes_of_shape(shape);
        note(ProgramForm::size_0, classes.has(InputClass::size_0));
        note(ProgramForm::size_1, classes.has(InputClass::size_1));
        note(ProgramForm::high_rank, classes.has(InputClass::higher_rank));
    }
    /// Computed values as what they go into meets them, and as they are.
    void look_at(const Node& node, const std::vector<double>& result) {
        for (std::size_t k = 0; k < node.operands.size(); ++k) {
            if (graph_.nodes[node.operands[k]].primitive == nullptr) continue;
            const Domain& domain = node.primitive->domain(k);
            const std::vector<double> values = finite(values_[node.operands[k]]);
            const ClassSet classes = classes_of(values, domain, precision_);
            note(ProgramForm::hard_point, classes.has(InputClass::hard_point) ||
                                              classes.has(InputClass::hard_point_neighbour));
            double farthest = 0;
            for (const double point : domain.hard_points)
                farthest = std::max(farthest, std::abs(point));
            for (const double x : values)
                note(ProgramForm::tail, farthest > 0 && std::abs(x) > farthest);
        }
        const ClassSet classes = classes_of(finite(result), {}, precision_);
        note(ProgramForm::zero_inside,
             classes.has(InputClass::zero) || classes.has(InputClass::negative_zero));
        note(ProgramForm::tie_inside, classes.has(InputClass::tie));
    }
    /// What the case's precision can hold; the sweep is in double.
    [[nodiscard]] std::vector<double> finite(std::vector<double> values) const {
        std::erase_if(values, [&](double x) { return !(std::abs(x) <= largest(precision_)); });
        return values;
    }
};

}  // namespace

std::string_view name(ProgramForm form) { return kFormNames[static_cast<std::size_t>(form)]; }

void ProgramCoverage::add(const cases::Case& drawn) {
    ++programs_;
    const Forms forms = ProgramSurvey(drawn).forms();
    for (std::size_t k = 0; k < kProgramForms; ++k) forms_[k] += forms[k] ? 1 : 0;
    for (const Node& node : drawn.graph.nodes) {
        if (node.primitive == nullptr) continue;
        ++nodes_[node.primitive->name];
        for (const NodeId operand : node.operands) {
            const backprop::Primitive* from = drawn.graph.nodes[operand].primitive;
            if (from != nullptr)
                ++edges_[{primitives::family(*from), primitives::family(*node.primitive)}];
        }
    }
}

std::size_t ProgramCoverage::with(ProgramForm form) const {
    return forms_[static_cast<std::size_t>(form)];
}
std::size_t ProgramCoverage::nodes(std::string_view primitive) const {
    const auto found = nodes_.find(primitive);
    return found == nodes_.end() ? 0 : found->second;
}
std::size_t ProgramCoverage::edges(std::string_view from, std::string_view to) const {
    const auto found = edges_.find({from, to});
    return found == edges_.end() ? 0 : found->second;
}

std::vector<std::string> ProgramCoverage::lines() const {
    std::vector<std::string> lines{fmt::format("{} programs", programs_)};
    for (std::size_t k = 0; k < kProgramForms; ++k) {
        lines.push_back(fmt::format("  {:<20}{:>7.2f} %", kFormNames[k],
                                    100 * static_cast<double>(forms_[k]) /
                                        static_cast<double>(std::max<std::size_t>(programs_, 1))));
    }
    std::string text = "  nodes:";
    for (const backprop::Primitive& each : primitives::catalogue())
        text += fmt::format(" {} {},", each.name, nodes(each.name));
    text.back() = ';';
    lines.push_back(std::move(text));
    const std::vector<std::string_view> families = primitives::families();
    lines.push_back("  edges, from the family of the row to that of the column:");
    text = fmt::format("  {:<16}", "");
    for (const std::string_view to : families) text += fmt::format("{:>15}", to);
    lines.push_back(std::move(text));
    for (const std::string_view from : families) {
        text = fmt::format("  {:<16}", from);
        for (const std::string_view to : families) text += fmt::format("{:>15}", edges(from, to));
        lines.push_back(std::move(text));
    }
    return lines;
}

}  // namespace gradproof::generate
