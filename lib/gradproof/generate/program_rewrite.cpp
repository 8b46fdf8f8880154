// Building a program again with one thing in it changed.
#include <gradproof/generate/program_rewrite.hpp>

#include <gradproof/primitives/catalogue.hpp>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>
#include <vector>

namespace gradproof::generate {

namespace {

using backprop::Graph;
using backprop::Node;
using backprop::NodeId;
using cases::Case;

/// The program so far, and where each node of the old one is found in it.
struct Rebuilt {
    const Case& drawn;
    Case fresh;
    std::vector<NodeId> place;

    explicit Rebuilt(const Case& source) : drawn(source), place(source.graph.nodes.size()) {
        fresh.precision = source.precision;
        fresh.cotangent = source.cotangent;
    }
    [[nodiscard]] std::vector<NodeId> operands_of(NodeId id) const {
        std::vector<NodeId> operands;
        for (const NodeId operand : drawn.graph.nodes[id].operands)
            operands.push_back(place[operand]);
        return operands;
    }
    NodeId apply(NodeId like, std::vector<NodeId> operands) {
        const Node& node = drawn.graph.nodes[like];
        return fresh.graph.apply(*node.primitive, std::move(operands), node.application.attributes);
    }
    NodeId apply(std::string_view primitive, std::vector<NodeId> operands,
                 backprop::Attributes attributes = {}) {
        return fresh.graph.apply(primitives::primitive(primitive), std::move(operands),
                                 std::move(attributes));
    }
    /// Appends every old node as it was; `instead(id)` may give the operands that one has now, and
    /// append what they need.
    template <class Instead>
    Case all(Instead instead) {
        for (NodeId id = 0; id < drawn.graph.nodes.size(); ++id) {
            const Node& node = drawn.graph.nodes[id];
            if (node.primitive == nullptr) {
                place[id] = fresh.graph.add_input(node.name, node.shape());
                fresh.inputs.push_back(drawn.inputs[drawn.graph.input_index(id)]);
            } else {
                place[id] = apply(id, instead(id));
            }
        }
        fresh.graph.output = place[drawn.graph.output];
        return std::move(fresh);
    }
};

/// One place at which a node stands as an operand.
struct Use {
    NodeId user = 0;
    std::size_t position = 0;
};

[[nodiscard]] std::string in_words(const Graph& graph, const Use& use) {
    return " where " + graph.node_name(use.user) + " uses it";
}

[[nodiscard]] std::optional<ProgramRewrite> computed_once_more(const Case& drawn, Dice& dice) {
    const Graph& graph = drawn.graph;
    std::vector<std::size_t> uses(graph.nodes.size());
    std::vector<Use> found;
    for (NodeId id = 0; id < graph.nodes.size(); ++id) {
        for (std::size_t k = 0; k < graph.nodes[id].operands.size(); ++k) {
            const NodeId operand = graph.nodes[id].operands[k];
            const bool shared = ++uses[operand] > 1 || operand == graph.output;
            if (shared && graph.nodes[operand].primitive != nullptr) found.push_back({id, k});
        }
    }
    if (found.empty()) return std::nullopt;
    const Use use = dice.one_of(found);
    const NodeId shared = graph.nodes[use.user].operands[use.position];
    Rebuilt rebuilt(drawn);
    Case rewritten = rebuilt.all([&](NodeId id) {
        if (id != use.user) return rebuilt.operands_of(id);
        const NodeId copy = rebuilt.apply(shared, rebuilt.operands_of(shared));
        std::vector<NodeId> operands = rebuilt.operands_of(id);
        operands[use.position] = copy;
        return operands;
    });
    return ProgramRewrite{graph.node_name(shared) + " computed once more" + in_words(graph, use),
                          std::move(rewritten)};
}

[[nodiscard]] std::optional<ProgramRewrite> made_one(const Case& drawn, Dice& dice) {
    const Graph& graph = drawn.graph;
    std::vector<std::pair<NodeId, NodeId>> found;
    for (NodeId id = 0; id < graph.nodes.size(); ++id) {
        for (NodeId other = 0; other < id; ++other) {
            const Node &a = graph.nodes[other], &b = graph.nodes[id];
            if (a.primitive != nullptr && a.primitive == b.primitive && a.operands == b.operands &&
                a.application.attributes == b.application.attributes)
                found.emplace_back(other, id);
        }
    }
    if (found.empty()) return std::nullopt;
    const auto [kept, merged] = dice.one_of(found);
    Rebuilt rebuilt(drawn);
    // The merged node stays where it is, and nobody uses it.
    Case rewritten = rebuilt.all([&, kept = kept, merged = merged](NodeId id) {
        std::vector<NodeId> operands;
        for (const NodeId operand : graph.nodes[id].operands)
            operands.push_back(rebuilt.place[operand == merged ? kept : operand]);
        return operands;
    });
    if (graph.output == merged) rewritten.graph.output = rebuilt.place[kept];
    return ProgramRewrite{graph.node_name(kept) + " taken for its equal " + graph.node_name(merged),
                          std::move(rewritten)};
}

[[nodiscard]] std::optional<ProgramRewrite> reassociated(const Case& drawn, Dice& dice) {
    const Graph& graph = drawn.graph;
    const auto is_sum = [&](NodeId id) {
        const Node& node = graph.nodes[id];
        return node.primitive != nullptr && node.primitive->name == "add";
    };
    std::vector<Use> found;
    for (NodeId id = 0; id < graph.nodes.size(); ++id) {
        if (!is_sum(id)) continue;
        for (std::size_t k = 0; k < 2; ++k) {
            if (is_sum(graph.nodes[id].operands[k])) found.push_back({id, k});
        }
    }
    if (found.empty()) return std::nullopt;
    const Use use = dice.one_of(found);
    const std::vector<NodeId>& outer = graph.nodes[use.user].operands;
    const std::vector<NodeId>& inner = graph.nodes[outer[use.position]].operands;
    Rebuilt rebuilt(drawn);
    Case rewritten = rebuilt.all([&](NodeId id) {
        if (id != use.user) return rebuilt.operands_of(id);
        const NodeId a = rebuilt.place[inner[0]], b = rebuilt.place[inner[1]],
                     c = rebuilt.place[outer[1 - use.position]];
        return std::vector<NodeId>{a, rebuilt.apply(id, {b, c})};
    });
    return ProgramRewrite{"the sum " + graph.node_name(use.user) + " taken in another order",
                          std::move(rewritten)};
}

/// What changes nothing, and what it is called.
enum class Identity { scaled, negated, transposed, zero_added };

[[nodiscard]] ProgramRewrite with_identity(const Case& drawn, Identity kind, Dice& dice) {
    const Graph& graph = drawn.graph;
    std::vector<Use> found;
    for (NodeId id = 0; id < graph.nodes.size(); ++id) {
        for (std::size_t k = 0; k < graph.nodes[id].operands.size(); ++k) found.push_back({id, k});
    }
    if (found.empty()) return {"nothing", drawn};
    const Use use = dice.one_of(found);
    const NodeId node = graph.nodes[use.user].operands[use.position];
    const scalar::Shape& shape = graph.nodes[node].shape();
    if (kind == Identity::transposed && shape.size() != 2) kind = Identity::negated;

    ProgramRewrite rewrite;
    Rebuilt rebuilt(drawn);
    NodeId zero = 0;
    if (kind == Identity::zero_added) {
        std::string name = "zero";
        const auto taken = [&](const Node& other) { return other.name == name; };
        while (std::ranges::any_of(graph.nodes, taken)) name += "_";
        zero = rebuilt.fresh.graph.add_input(name, shape);
        rewrite.constants = scalar::element_count(shape);
        rebuilt.fresh.inputs.emplace_back(rewrite.constants, 0.0);
    }
    const auto passed = [&](NodeId x) {
        switch (kind) {
            case Identity::scaled: return rebuilt.apply("scale", {x}, {1.0});
            case Identity::negated: return rebuilt.apply("negate", {rebuilt.apply("negate", {x})});
            case Identity::transposed:
                return rebuilt.apply("transpose", {rebuilt.apply("transpose", {x})});
            case Identity::zero_added: break;
        }
        return rebuilt.apply("add", {x, zero});
    };
    constexpr std::array kWords{" scaled by 1", " negated twice", " transposed twice",
                                " with 0 added"};
    rewrite.what =
        graph.node_name(node) + kWords[static_cast<std::size_t>(kind)] + in_words(graph, use);
    rewrite.rewritten = rebuilt.all([&](NodeId id) {
        std::vector<NodeId> operands = rebuilt.operands_of(id);
        if (id == use.user) operands[use.position] = passed(operands[use.position]);
        return operands;
    });
    return rewrite;
}

}  // namespace

ProgramRewrite drawn_rewrite(const Case& drawn, Dice& dice) {
    // Drawn before the program is looked at, so that a simpler program is rewritten in the same way.
    const std::size_t kind = dice.below(4);
    const auto identity = static_cast<Identity>(dice.below(4));
    constexpr std::array kKinds{computed_once_more, made_one, reassociated};
    for (std::size_t k = kind; k < kKinds.size(); ++k) {
        if (auto rewrite = kKinds[k](drawn, dice)) return std::move(*rewrite);
    }
    return with_identity(drawn, identity, dice);
}

}  // namespace gradproof::generate
