// A case: a program, its inputs, a cotangent, what to differentiate by. What is drawn, shrunk,
// printed, saved and replayed.
#pragma once

#include <gradproof/backprop/graph.hpp>
#include <gradproof/scalar/precision.hpp>

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace gradproof::cases {

using scalar::Precision;

struct Case {
    backprop::Graph graph;
    std::vector<std::vector<double>> inputs;  ///< flat, one an input of the graph, in its order
    std::vector<double> cotangent;            ///< flat, of the output's shape
    Precision precision = Precision::binary64;
};

/// All inputs one after another.
[[nodiscard]] std::vector<double> flat_inputs(const Case& drawn);

/// "W[2,0]" for a flat index over all inputs; "x" for a scalar.
[[nodiscard]] std::string entry_name(const backprop::Graph& graph, std::size_t entry);

/// The program on one line a node: "n2 = relu(n1)"; ends with the output's name.
[[nodiscard]] std::vector<std::string> program_lines(const backprop::Graph& graph);

/// The whole case as a person would write it: inputs, program, cotangent, a line each.
[[nodiscard]] std::vector<std::string> case_lines(const Case& drawn);

/// Throws `std::invalid_argument`, naming input and entry, unless counts fit the shapes and every
/// number (attributes included) is finite and representable in the case's precision.
void require_checkable(const Case& drawn);

/// The shortest decimal that reads back as the same number of that precision.
[[nodiscard]] std::string shortest(double value, Precision precision = Precision::binary64);

}  // namespace gradproof::cases
