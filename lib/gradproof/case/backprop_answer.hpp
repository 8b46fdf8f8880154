// What the backprop library answers to a case, in the case's precision.
#pragma once

#include <gradproof/case/budget.hpp>
#include <gradproof/case/case.hpp>

#include <span>
#include <vector>

namespace gradproof::cases {

/// Primal and gradient over all inputs, both flat.
struct Answer {
    std::vector<double> primal;
    std::vector<double> gradient;
};

/// Forward and reverse sweep in float or double; `replacements` stand in for the primitives of their
/// names.
[[nodiscard]] Answer backprop_answer(const Case& drawn, std::span<const double> cotangent,
                                     std::span<const backprop::Primitive* const> replacements = {});

/// The two sweeps node by node: value and cotangent of each, flat.
struct NodeAnswers {
    std::vector<std::vector<double>> values;
    std::vector<std::vector<double>> cotangents;
};

/// The same sweeps for the case's cotangent, with all that they compute on the way.
[[nodiscard]] NodeAnswers backprop_at_nodes(const Case& drawn);

/// What the pullback of node `id`, which is no input, adds to the cotangent of each operand, flat; of
/// an operand that stands twice, once for each place.
[[nodiscard]] std::vector<std::vector<double>> backprop_additions(const Case& drawn,
                                                                  const NodeAnswers& answers,
                                                                  backprop::NodeId id);

/// The formula of that answer in wide numbers; empty where a replacement has other rules in double than
/// in wide numbers, so that nobody knows its formula.
[[nodiscard]] std::vector<WideEntry> backprop_formula(
    const Case& drawn, std::span<const double> cotangent,
    std::span<const backprop::Primitive* const> replacements = {});

}  // namespace gradproof::cases
