// The moves of shrinking a case. Each rebuilds the graph through Graph::apply, so that a move whose
// shapes or attributes do not fit is simply none.
#include <gradproof/generate/simpler_cases.hpp>

#include <gradproof/backprop/sweep.hpp>
#include <gradproof/generate/shape.hpp>
#include <gradproof/generate/simpler_vectors.hpp>
#include <gradproof/generate/simplicity.hpp>

#include <rapidcheck/seq/Create.h>
#include <rapidcheck/shrinkable/Create.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <set>

namespace gradproof::generate {

namespace {

using backprop::Graph;
using backprop::Node;
using backprop::NodeId;
using cases::Case;

/// The leading block of `values` when its shape shrinks from `from` to `to` (same rank).
[[nodiscard]] std::vector<double> leading_block(const std::vector<double>& values,
                                                const scalar::Shape& from,
                                                const scalar::Shape& to) {
    std::vector<double> block;
    const std::size_t count = scalar::element_count(to);
    for (std::size_t flat = 0; flat < count; ++flat) {
        std::size_t rest = flat, at = 0, stride = 1;
        for (std::size_t axis = to.size(); axis-- > 0;) {
            at += (rest % to[axis]) * stride;
            rest /= to[axis];
            stride *= from[axis];
        }
        block.push_back(values[at]);
    }
    return block;
}

/// Builds a case again from another one's nodes: what is left out or replaced shifts the rest.
class Rebuilt {
public:
    explicit Rebuilt(const Case& source) : source_(source) { result_.precision = source.precision; }

    /// The nodes that `output` needs, with `replaced` nodes standing for others and `made_input` ones
    /// turned into inputs of these values.
    [[nodiscard]] std::optional<Case> up_to(NodeId output, const std::map<NodeId, NodeId>& replaced,
                                            const std::map<NodeId, std::vector<double>>& made_input,
                                            const std::map<NodeId, scalar::Shape>& shapes = {}) {
        const Graph& graph = source_.graph;
        const auto standing_for = [&](NodeId id) {
            for (auto found = replaced.find(id); found != replaced.end(); found = replaced.find(id))
                id = found->second;
            return id;
        };
        std::set<NodeId> needed;
        std::vector<NodeId> open{standing_for(output)};
        while (!open.empty()) {
            const NodeId id = open.back();
            open.pop_back();
            if (!needed.insert(id).second || made_input.contains(id)) continue;
            for (const NodeId operand : graph.nodes[id].operands)
                open.push_back(standing_for(operand));
        }
        std::map<NodeId, NodeId> place;
        try {
            for (const NodeId id : needed) {
                const Node& node = graph.nodes[id];
                if (const auto made = made_input.find(id); made != made_input.end()) {
                    place[id] = result_.graph.add_input(fresh_name(id), node.shape());
                    result_.inputs.push_back(made->second);
                } else if (node.primitive == nullptr) {
                    const auto shape = shapes.find(id);
                    const scalar::Shape& to = shape == shapes.end() ? node.shape() : shape->second;
                    place[id] = result_.graph.add_input(node.name, to);
                    result_.inputs.push_back(leading_block(values_of(id), node.shape(), to));
                } else {
                    std::vector<NodeId> operands;
                    for (const NodeId operand : node.operands)
                        operands.push_back(place.at(standing_for(operand)));
                    place[id] =
                        result_.graph.apply(*node.primitive, operands, node.application.attributes);
                }
            }
        } catch (const std::invalid_argument&) {
            return std::nullopt;
        }
        result_.graph.output = place.at(standing_for(output));
        if (result_.graph.nodes[result_.graph.output].primitive == nullptr) return std::nullopt;
        if (!fit_cotangent(output)) return std::nullopt;
        return std::move(result_);
    }

private:
    const Case& source_;
    Case result_;

    [[nodiscard]] const std::vector<double>& values_of(NodeId input) const {
        const auto& inputs = source_.graph.inputs;
        const auto at = std::find(inputs.begin(), inputs.end(), input) - inputs.begin();
        return source_.inputs[static_cast<std::size_t>(at)];
    }
    /// A name that no input of the source has.
    [[nodiscard]] std::string fresh_name(NodeId id) const {
        std::string name = "v" + std::to_string(id);
        const auto taken = [&](const std::string& candidate) {
            return std::any_of(source_.graph.nodes.begin(), source_.graph.nodes.end(),
                               [&](const Node& node) { return node.name == candidate; });
        };
        while (taken(name)) name += "v";
        return name;
    }
    [[nodiscard]] bool fit_cotangent(NodeId old_output) {
        const scalar::Shape& to = result_.graph.output_shape();
        const scalar::Shape& from = source_.graph.nodes[source_.graph.output].shape();
        if (old_output != source_.graph.output) {
            result_.cotangent.assign(scalar::element_count(to), 1.0);
            return true;
        }
        if (to.size() != from.size()) return false;
        for (std::size_t axis = 0; axis < to.size(); ++axis) {
            if (to[axis] > from[axis]) return false;
        }
        result_.cotangent = leading_block(source_.cotangent, from, to);
        return true;
    }
};

void add(std::vector<Case>& moves, std::optional<Case> move) {
    if (move) moves.push_back(std::move(*move));
}

/// Inner nodes as the output; nodes bypassed; nodes made inputs of their own value.
void fewer_nodes(const Case& drawn, std::vector<Case>& moves) {
    const Graph& graph = drawn.graph;
    const std::size_t applications = graph.nodes.size() - graph.inputs.size();
    if (applications < 2) return;
    for (NodeId id = 0; id < graph.nodes.size(); ++id) {
        if (graph.nodes[id].primitive != nullptr && id != graph.output)
            add(moves, Rebuilt(drawn).up_to(id, {}, {}));
    }
    const auto values = backprop::forward<double>(graph, drawn.inputs);
    for (NodeId id = graph.nodes.size(); id-- > 0;) {
        const Node& node = graph.nodes[id];
        if (node.primitive == nullptr) continue;
        for (const NodeId operand : node.operands) {
            if (graph.nodes[operand].shape() == node.shape()) {
                add(moves, Rebuilt(drawn).up_to(graph.output, {{id, operand}}, {}));
            }
        }
        const bool finite = std::all_of(values[id].begin(), values[id].end(), [&](double x) {
            return std::isfinite(x) && (drawn.precision == scalar::Precision::binary64 ||
                                        static_cast<double>(static_cast<float>(x)) == x);
        });
        if (id != graph.output && finite)
            add(moves, Rebuilt(drawn).up_to(graph.output, {}, {{id, values[id]}}));
    }
}

/// Sizes of the inputs' axes: all axes of one size together, then one axis at a time.
void smaller_shapes(const Case& drawn, std::vector<Case>& moves) {
    const Graph& graph = drawn.graph;
    std::vector<std::size_t> sizes;
    for (const NodeId id : graph.inputs) {
        for (const std::size_t size : graph.nodes[id].shape()) sizes.push_back(size);
    }
    for (const std::vector<std::size_t>& smaller : simpler_size_lists(sizes, false)) {
        std::map<NodeId, scalar::Shape> shapes;
        std::size_t at = 0;
        bool leading = true;
        for (const NodeId id : graph.inputs) {
            scalar::Shape shape = graph.nodes[id].shape();
            for (std::size_t& size : shape) {
                leading = leading && smaller[at] <= size;
                size = smaller[at++];
            }
            shapes[id] = shape;
        }
        if (leading) add(moves, Rebuilt(drawn).up_to(graph.output, {}, {}, shapes));
    }
}

/// The domain an input's numbers stay in: that of the primitive which takes it, if only one does.
[[nodiscard]] scalar::Domain domain_of(const Graph& graph, NodeId input) {
    for (const Node& node : graph.nodes) {
        for (std::size_t i = 0; i < node.operands.size(); ++i) {
            if (node.operands[i] == input) return node.primitive->domain(i);
        }
    }
    return {};
}

void simpler_numbers(const Case& drawn, std::vector<Case>& moves) {
    constexpr std::size_t most = 60;  // the boldest; later tries start from what these reached
    for (std::vector<double>& cotangent : simpler(drawn.cotangent, {}, drawn.precision, most)) {
        Case move = drawn;
        move.cotangent = std::move(cotangent);
        moves.push_back(std::move(move));
    }
    for (std::size_t i = 0; i < drawn.inputs.size(); ++i) {
        const scalar::Domain domain = domain_of(drawn.graph, drawn.graph.inputs[i]);
        for (std::vector<double>& values :
             simpler(drawn.inputs[i], domain, drawn.precision, most)) {
            Case move = drawn;
            move.inputs[i] = std::move(values);
            moves.push_back(std::move(move));
        }
    }
}

void simpler_attributes(const Case& drawn, std::vector<Case>& moves) {
    for (NodeId id = 0; id < drawn.graph.nodes.size(); ++id) {
        const Node& node = drawn.graph.nodes[id];
        for (std::size_t k = 0; k < node.application.attributes.size(); ++k) {
            const scalar::Domain& domain = node.primitive->attribute_domains[k];
            if (domain.integers_only) continue;  // they belong to shapes, which shrink on their own
            for (const double value :
                 simpler(node.application.attributes[k], domain, drawn.precision)) {
                Case move = drawn;
                move.graph.nodes[id].application.attributes[k] = value;
                moves.push_back(std::move(move));
            }
        }
    }
}

}  // namespace

std::vector<Case> simpler_cases(const Case& drawn) {
    std::vector<Case> moves;
    fewer_nodes(drawn, moves);
    smaller_shapes(drawn, moves);
    simpler_numbers(drawn, moves);
    simpler_attributes(drawn, moves);
    return moves;
}

rc::Shrinkable<Case> shrinkable(const Case& drawn) {
    return rc::shrinkable::shrinkRecur(
        drawn, [](const Case& value) { return rc::seq::fromContainer(simpler_cases(value)); });
}

}  // namespace gradproof::generate
