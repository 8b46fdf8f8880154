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

/// The formula of that answer in wide numbers; empty where a replacement has other rules in double than
/// in wide numbers, so that nobody knows its formula.
[[nodiscard]] std::vector<WideEntry> backprop_formula(
    const Case& drawn, std::span<const double> cotangent,
    std::span<const backprop::Primitive* const> replacements = {});

}  // namespace gradproof::cases
