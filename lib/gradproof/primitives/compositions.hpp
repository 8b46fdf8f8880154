// Functions with a name of their own that are compositions of primitives: nothing is lost by it, so they
// need no rule.
#pragma once

#include <gradproof/backprop/graph.hpp>

namespace gradproof::primitives {

using backprop::Variable;

// Any shape, entry by entry.

/// min(6, max(0, x)), which is clamp(x, 0, 6).
[[nodiscard]] Variable relu6(Variable x);
/// x min(1, max(0, (x + 3)/6)): each of the two factors is a primitive, and their slopes add up.
[[nodiscard]] Variable hardswish(Variable x);
/// x^2/(2 beta) for |x| <= beta, else |x| - beta/2: huber over its delta.
[[nodiscard]] Variable smooth_l1(double beta, Variable x);

}  // namespace gradproof::primitives
