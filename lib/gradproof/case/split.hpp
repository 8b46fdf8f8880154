// A case cut in two at a set of its nodes: two programs, the one's outputs the other's inputs.
#pragma once

#include <gradproof/case/case.hpp>

#include <cstddef>
#include <vector>

namespace gradproof::cases {

/// A first part that holds every input and, with each node, its operands; and all the rest.
class Split {
public:
    /// `first` says of each node whether it is in the first part. Keeps a reference to `drawn`. Throws
    /// `std::invalid_argument` where an input, or an operand of a node of the first part, is not in it,
    /// or the output is.
    Split(const Case& drawn, std::vector<bool> first);

    /// The nodes of the first part that the second one uses, inputs among them, in the program's order.
    [[nodiscard]] const std::vector<backprop::NodeId>& cut() const { return cut_; }

    /// The first part up to a node of the cut that is no input: over all inputs of the case.
    [[nodiscard]] Case up_to(backprop::NodeId node, std::vector<double> cotangent) const;
    /// The second part: its inputs are the nodes of the cut, with these values.
    [[nodiscard]] Case from_cut(std::vector<std::vector<double>> values) const;
    /// What both parts compute together: the second part behind a copy of the first for each node of the
    /// cut, for that is how often the first part is swept.
    [[nodiscard]] Case written_out() const;

private:
    const Case& drawn_;
    std::vector<bool> first_;
    std::vector<backprop::NodeId> cut_;

    [[nodiscard]] std::vector<bool> needed_by(backprop::NodeId node) const;
};

}  // namespace gradproof::cases
