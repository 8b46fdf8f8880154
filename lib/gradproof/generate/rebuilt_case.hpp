// A case built again from another one's nodes: with some left out, replaced, made inputs, resized.
#pragma once

#include <gradproof/case/case.hpp>
#include <gradproof/generate/block.hpp>

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace gradproof::generate {

/// Builds a case again through Graph::apply, so that what does not fit is simply none.
class RebuiltCase {
public:
    /// Keeps a reference to `source`.
    explicit RebuiltCase(const cases::Case& source, Block block = Block::leading)
        : source_(source), block_(block) {}

    /// The node gets these attributes instead of its own; others' follow the shapes (`Primitive::refitted`).
    RebuiltCase& with_attributes(backprop::NodeId node, backprop::Attributes attributes);
    /// Every use of `node` becomes one of `other`, which comes before it.
    RebuiltCase& with_bypassed(backprop::NodeId node, backprop::NodeId other);
    /// The node becomes an input of these values.
    RebuiltCase& with_input(backprop::NodeId node, std::vector<double> values);
    /// The inputs get these shapes: of their own ranks and no larger, or without axes of size 1.
    RebuiltCase& with_shapes(std::map<backprop::NodeId, scalar::Shape> shapes);

    /// Nodes that the output does not need stay: a dead node may be the bug's home.
    RebuiltCase& with_dead_nodes();
    /// A node that nobody uses goes.
    RebuiltCase& without(backprop::NodeId node);

    /// The nodes that `output` needs, and the cotangent that goes with it.
    [[nodiscard]] std::optional<cases::Case> up_to(backprop::NodeId output) const;

private:
    [[nodiscard]] backprop::NodeId standing_for(backprop::NodeId id) const;
    [[nodiscard]] const std::vector<double>& values_of(backprop::NodeId input) const;
    [[nodiscard]] std::string fresh_name(backprop::NodeId id) const;
    void append(cases::Case& result, std::map<backprop::NodeId, backprop::NodeId>& place,
                backprop::NodeId id) const;
    /// Given ones, or the node's own, which follow its operands' shapes where these have shrunk. Throws
    /// `ShapeError` where they cannot.
    [[nodiscard]] backprop::Attributes attributes_for(
        backprop::NodeId id, const backprop::Graph& graph,
        const std::vector<backprop::NodeId>& operands) const;
    [[nodiscard]] bool fit_cotangent(cases::Case& result, backprop::NodeId old_output) const;

    const cases::Case& source_;
    Block block_;
    std::map<backprop::NodeId, backprop::Attributes> attributes_;
    std::map<backprop::NodeId, backprop::NodeId> bypassed_;
    std::map<backprop::NodeId, std::vector<double>> made_input_;
    std::map<backprop::NodeId, scalar::Shape> shapes_;
    std::set<backprop::NodeId> left_out_;
    bool with_dead_nodes_ = false;
};

}  // namespace gradproof::generate
