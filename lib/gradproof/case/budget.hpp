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
/// of the output.
[[nodiscard]] Budget budget(const Case& drawn, std::span<const double> cotangent);

using scalar::WideEntry;

/// The reverse sweep in wide numbers: the formula of the rules without the rounding of double.
[[nodiscard]] std::vector<WideEntry> wide_gradient(const Case& drawn);

}  // namespace gradproof::cases
