// What rounding may cost derivatives of the user's function, in the type that the code computes in.
#pragma once

#include <gradproof/scalar/budget.hpp>
#include <gradproof/scalar/precision.hpp>
#include <gradproof/testing/framed_function.hpp>

#include <cstddef>
#include <span>

namespace gradproof::testing {

/// The reference computation: a function, the type, what ties do, and where. Keeps references.
struct ReferenceAt {
    const Recorded& function;
    scalar::Precision precision;
    scalar::Ties ties;
    std::span<const double> inputs;
};

/// Of the gradient for a cotangent.
[[nodiscard]] scalar::Budget vjp_budget(const ReferenceAt& at, std::span<const double> cotangent);

/// Of the tangents of the outputs, which stand in the place of a gradient. A jvp may sum along the tangent
/// on its way, as forward mode does, or hold the Jacobian's entries first: it is allowed the larger cost.
[[nodiscard]] scalar::Budget jvp_budget(const ReferenceAt& at, std::span<const double> tangent);

/// Of the Jacobian, row k times weight k, in blocks of as many columns as `widths` says: all rows are on
/// one branch.
[[nodiscard]] scalar::Budget jacobian_budget(const ReferenceAt& at, std::span<const double> weights,
                                             std::span<const std::size_t> widths);

}  // namespace gradproof::testing
