// Derivatives of a case along a direction of its inputs, and what rounding may cost them: the jvp by
// forward mode, the Hessian-vector product by a reverse sweep in dual numbers.
#pragma once

#include <gradproof/case/budget.hpp>
#include <gradproof/case/case.hpp>

#include <span>
#include <vector>

namespace gradproof::cases {

/// J t in the case's precision, flat and of the output's shape; `tangent` t is flat over all inputs, in
/// numbers of the precision. `replacements` stand in for the primitives of their names.
[[nodiscard]] std::vector<double> jvp_answer(
    const Case& drawn, std::span<const double> tangent,
    std::span<const backprop::Primitive* const> replacements = {});

/// What rounding may cost J t: its numbers stand where a gradient's do, over the output's entries.
[[nodiscard]] Budget jvp_budget(const Case& drawn, std::span<const double> tangent,
                                scalar::Ties ties = scalar::Ties::declared);

/// H s, with H the Hessian of x -> <cotangent, f(x)> and `direction` s flat over all inputs: how J^T u
/// changes along s. Flat over all inputs.
[[nodiscard]] std::vector<double> hvp_answer(
    const Case& drawn, std::span<const double> cotangent, std::span<const double> direction,
    std::span<const backprop::Primitive* const> replacements = {});

/// What rounding may cost H s: its numbers stand where the gradient's do.
[[nodiscard]] Budget hvp_budget(const Case& drawn, std::span<const double> cotangent,
                                std::span<const double> direction,
                                scalar::Ties ties = scalar::Ties::declared);

}  // namespace gradproof::cases
