// The domain of an input of a program: where its numbers may be drawn from.
#pragma once

#include <gradproof/backprop/graph.hpp>
#include <gradproof/scalar/domain.hpp>

namespace gradproof::generate {

/// That of the first primitive which takes the input; the whole line where none does.
[[nodiscard]] scalar::Domain input_domain(const backprop::Graph& graph, backprop::NodeId input);

}  // namespace gradproof::generate
