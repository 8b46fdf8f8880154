// The moves of shrinking a case, the boldest first.
#include <gradproof/generate/simpler_cases.hpp>

#include <gradproof/backprop/sweep.hpp>
#include <gradproof/generate/input_domain.hpp>
#include <gradproof/generate/rebuilt_case.hpp>
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
#include <utility>

namespace gradproof::generate {

namespace {

using backprop::Graph;
using backprop::Node;
using backprop::NodeId;
using cases::Case;

void add(std::vector<Case>& moves, std::optional<Case> move) {
    if (move) moves.push_back(std::move(*move));
}

/// Whether nobody uses the node, and it is not the output.
[[nodiscard]] bool dead(const Graph& graph, NodeId id) {
    return id != graph.output && std::ranges::none_of(graph.nodes, [&](const Node& node) {
               return std::ranges::find(node.operands, id) != node.operands.end();
           });
}

[[nodiscard]] bool any_dead(const Graph& graph) {
    for (NodeId id = 0; id < graph.nodes.size(); ++id) {
        if (dead(graph, id)) return true;
    }
    return false;
}

/// Inner nodes as the output; nodes bypassed, or another's uses in their place; nodes made inputs of
/// their own value. `dead_stay` says whether nodes that the output does not need are kept.
void fewer_nodes(const Case& drawn, bool dead_stay, std::vector<Case>& moves) {
    const Graph& graph = drawn.graph;
    const std::size_t applications = graph.nodes.size() - graph.inputs.size();
    if (applications < 2) return;
    const auto rebuilt = [&] {
        RebuiltCase next(drawn);
        if (dead_stay) next.with_dead_nodes();
        return next;
    };
    for (NodeId id = 0; id < graph.nodes.size(); ++id) {
        if (graph.nodes[id].primitive == nullptr || id == graph.output) continue;
        add(moves, RebuiltCase(drawn).up_to(id));
        if (dead_stay && dead(graph, id)) add(moves, rebuilt().without(id).up_to(graph.output));
    }
    const auto values = backprop::forward<double>(graph, drawn.inputs);
    for (NodeId id = graph.nodes.size(); id-- > 0;) {
        const Node& node = graph.nodes[id];
        if (node.primitive == nullptr) continue;
        const auto replaced_by = [&](NodeId other) {
            if (graph.nodes[other].shape() == node.shape())
                add(moves, rebuilt().with_bypassed(id, other).up_to(graph.output));
        };
        const std::set<NodeId> operands(node.operands.begin(), node.operands.end());
        for (const NodeId operand : operands) replaced_by(operand);
        for (const NodeId input : graph.inputs) {
            if (input < id && !operands.contains(input)) replaced_by(input);
        }
        const bool finite = std::all_of(values[id].begin(), values[id].end(), [&](double x) {
            return std::isfinite(x) && (drawn.precision == scalar::Precision::binary64 ||
                                        static_cast<double>(static_cast<float>(x)) == x);
        });
        if (id != graph.output && finite)
            add(moves, rebuilt().with_input(id, values[id]).up_to(graph.output));
    }
}

/// Axes of size 1 dropped; then sizes, of dead nodes too: all axes of one size together, then one axis at a time.
void smaller_shapes(const Case& drawn, std::vector<Case>& moves) {
    const Graph& graph = drawn.graph;
    std::map<NodeId, scalar::Shape> squeezed;
    for (const NodeId id : graph.inputs) {
        scalar::Shape shape = graph.nodes[id].shape();
        if (std::erase(shape, std::size_t{1}) > 0) squeezed[id] = std::move(shape);
    }
    if (!squeezed.empty())
        add(moves, RebuiltCase(drawn).with_dead_nodes().with_shapes(squeezed).up_to(graph.output));
    std::vector<std::size_t> sizes;
    for (const NodeId id : graph.inputs) {
        for (const std::size_t size : graph.nodes[id].shape()) sizes.push_back(size);
    }
    for (const std::vector<std::size_t>& smaller : simpler_size_lists(sizes, false)) {
        std::map<NodeId, scalar::Shape> shapes;
        std::size_t at = 0;
        bool fits = true;
        for (const NodeId id : graph.inputs) {
            scalar::Shape shape = graph.nodes[id].shape();
            for (std::size_t& size : shape) {
                fits = fits && smaller[at] <= size;
                size = smaller[at++];
            }
            shapes[id] = shape;
        }
        for (const Block block : {Block::leading, Block::trailing}) {
            if (fits)
                add(moves, RebuiltCase(drawn, block)
                               .with_dead_nodes()
                               .with_shapes(shapes)
                               .up_to(graph.output));
        }
    }
}

/// A number that stands in several inputs, changed in all of them: operands that tie stay tied.
void simpler_shared_numbers(const Case& drawn, std::vector<Case>& moves) {
    std::set<double> earlier, shared;
    for (const std::vector<double>& input : drawn.inputs) {
        for (const double x : input) {
            if (earlier.count(x) > 0) shared.insert(x);
        }
        earlier.insert(input.begin(), input.end());
    }
    for (const double x : shared) {
        for (const double value : simpler(x, scalar::Domain{}, drawn.precision)) {
            Case move = drawn;
            bool allowed = true;
            for (std::size_t i = 0; i < move.inputs.size(); ++i) {
                std::vector<double>& input = move.inputs[i];
                if (std::find(input.begin(), input.end(), x) == input.end()) continue;
                std::replace(input.begin(), input.end(), x, value);
                allowed = allowed && contains(input_domain(drawn.graph, drawn.graph.inputs[i]),
                                              value, drawn.precision);
            }
            if (allowed) moves.push_back(std::move(move));
        }
    }
}

void simpler_numbers(const Case& drawn, std::vector<Case>& moves) {
    constexpr std::size_t most = 60;  // the boldest; later tries start from what these reached
    for (std::vector<double>& cotangent : simpler(drawn.cotangent, {}, drawn.precision, most)) {
        Case move = drawn;
        move.cotangent = std::move(cotangent);
        moves.push_back(std::move(move));
    }
    for (std::size_t i = 0; i < drawn.inputs.size(); ++i) {
        const scalar::Domain domain = input_domain(drawn.graph, drawn.graph.inputs[i]);
        for (std::vector<double>& values :
             simpler(drawn.inputs[i], domain, drawn.precision, most)) {
            Case move = drawn;
            move.inputs[i] = std::move(values);
            moves.push_back(std::move(move));
        }
    }
}

/// Attributes that are integers belong to shapes: all of a node's made less by the same, so that a
/// slice moves to the front, or one of them by a half, or by one.
void smaller_integers(const Case& drawn, std::vector<Case>& moves) {
    for (NodeId id = 0; id < drawn.graph.nodes.size(); ++id) {
        const Node& node = drawn.graph.nodes[id];
        if (node.primitive == nullptr || node.application.attributes.empty()) continue;
        const auto& domains = node.primitive->attribute_domains;
        const bool integers = std::all_of(domains.begin(), domains.end(),
                                          [](const scalar::Domain& d) { return d.integers_only; });
        if (!integers) continue;
        std::vector<backprop::Attributes> tries;
        const backprop::Attributes& own = node.application.attributes;
        const double least = *std::min_element(own.begin(), own.end());
        if (least > 0) {
            tries.push_back(own);
            for (double& value : tries.back()) value -= least;
        }
        // A list is emptied, or one or two of its items are left out.
        const auto list = static_cast<std::ptrdiff_t>(node.primitive->single_attributes());
        const auto end = static_cast<std::ptrdiff_t>(own.size());
        for (std::ptrdiff_t k = list; k < end; ++k) {
            for (const std::ptrdiff_t count : {end - list, std::ptrdiff_t{2}, std::ptrdiff_t{1}}) {
                if (k + count > end) continue;
                tries.push_back(own);
                tries.back().erase(tries.back().begin() + k, tries.back().begin() + k + count);
            }
        }
        for (std::size_t k = 0; k < own.size(); ++k) {
            for (const double value : {std::floor(own[k] / 2), own[k] - 1}) {
                if (value < node.primitive->attribute_domain(k).lower || value >= own[k]) continue;
                tries.push_back(own);
                tries.back()[k] = value;
            }
        }
        for (backprop::Attributes& attributes : tries) {
            add(moves, RebuiltCase(drawn)
                           .with_dead_nodes()
                           .with_attributes(id, std::move(attributes))
                           .up_to(drawn.graph.output));
        }
    }
}

void simpler_attributes(const Case& drawn, std::vector<Case>& moves) {
    for (NodeId id = 0; id < drawn.graph.nodes.size(); ++id) {
        const Node& node = drawn.graph.nodes[id];
        for (std::size_t k = 0; k < node.application.attributes.size(); ++k) {
            const scalar::Domain& domain = node.primitive->attribute_domain(k);
            if (domain.integers_only) continue;  // they belong to shapes
            for (const double value :
                 simpler(node.application.attributes[k], domain, drawn.precision)) {
                // What fits beside the others: the bounds of a clamp keep their order.
                backprop::Attributes attributes = node.application.attributes;
                attributes[k] = value;
                add(moves, RebuiltCase(drawn)
                               .with_dead_nodes()
                               .with_attributes(id, std::move(attributes))
                               .up_to(drawn.graph.output));
            }
        }
    }
}

}  // namespace

std::vector<Case> simpler_cases(const Case& drawn) {
    std::vector<Case> moves;
    fewer_nodes(drawn, false, moves);
    if (any_dead(drawn.graph)) fewer_nodes(drawn, true, moves);
    smaller_shapes(drawn, moves);
    smaller_integers(drawn, moves);
    simpler_shared_numbers(drawn, moves);
    simpler_numbers(drawn, moves);
    simpler_attributes(drawn, moves);
    return moves;
}

rc::Shrinkable<Case> shrinkable(const Case& drawn) {
    return rc::shrinkable::shrinkRecur(
        drawn, [](const Case& value) { return rc::seq::fromContainer(simpler_cases(value)); });
}

}  // namespace gradproof::generate
