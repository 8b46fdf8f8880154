// The error budget of a case: what rounding alone may cost a sound implementation of its gradient.
#pragma once

#include <gradproof/case/case.hpp>
#include <gradproof/scalar/budget.hpp>
#include <gradproof/scalar/wide_entry.hpp>

#include <cstddef>
#include <span>
#include <vector>

namespace gradproof::cases {

using scalar::Allowance;
using scalar::Budget;

/// Forward and reverse sweep in `Running<T>`, T the type of the case's precision, for this cotangent
/// of the output. `ties` says whether the catalogue's conventions bind the subject.
[[nodiscard]] Budget budget(const Case& drawn, std::span<const double> cotangent,
                            scalar::Ties ties = scalar::Ties::declared);

using scalar::WideEntry;

/// The reverse sweep over `graph` in wide numbers, for the case's inputs and this cotangent: the
/// formula of the rules, and at ties their conventions, without the rounding of the case's format.
[[nodiscard]] std::vector<WideEntry> wide_gradient(const Case& drawn, const backprop::Graph& graph,
                                                   std::span<const double> cotangent);

}  // namespace gradproof::cases
