// Cases of one program stacked along a new leading axis, for programs that act on each slice by itself.
#pragma once

#include <gradproof/case/case.hpp>

namespace gradproof::cases {

/// Whether every result of the node's primitive depends on one entry of each operand, the one at its own
/// place: that is what the shape rules of elementwise primitives say.
[[nodiscard]] bool acts_entry_by_entry(const backprop::Node& node);

/// Whether all nodes do, inputs aside: then the program does on slices what it does alone.
[[nodiscard]] bool acts_entry_by_entry(const backprop::Graph& graph);

/// Both cases in one, of shapes [2, ...]; they have one program, which acts entry by entry. Throws
/// `std::invalid_argument` where the program does not.
[[nodiscard]] Case stacked(const Case& first, const Case& second);

}  // namespace gradproof::cases
