// The gradients that the user's function would have if an operation of it were taken for a constant.
#pragma once

#include <gradproof/case/slips.hpp>
#include <gradproof/testing/derivative_budgets.hpp>

#include <span>
#include <vector>

namespace gradproof::testing {

/// One for each operation, the last first, then for each operand of one of two. None of a function of more
/// than 200.
[[nodiscard]] std::vector<cases::Slip> taken_for_constants(const ReferenceAt& at,
                                                           std::span<const double> cotangent);

}  // namespace gradproof::testing
