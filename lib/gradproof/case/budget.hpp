// The error budget of a case: what rounding alone may cost a sound implementation of its gradient.
#pragma once

#include <gradproof/case/case.hpp>

#include <cstddef>
#include <span>
#include <vector>

namespace gradproof::cases {

/// One number of the reference computation: its value in the subject's type, and the running error
/// bound on |value - truth|; infinite where the computation overflows or an operand's error leaves
/// the domain of a function.
struct Allowance {
    double reference = 0;
    double bound = 0;
};

/// The allowances of the primal and of the gradient over all inputs, flat. `undetermined` counts
/// comparisons that rounding leaves open: a sound implementation may take the other branch there.
struct Budget {
    std::vector<Allowance> primal;
    std::vector<Allowance> gradient;
    std::size_t undetermined = 0;
};

/// Forward and reverse sweep in `Running<T>`, T the type of the case's precision, for this cotangent
/// of the output.
[[nodiscard]] Budget budget(const Case& drawn, std::span<const double> cotangent);

/// A number of the wide reverse sweep with its proven rounding bound; not known where a comparison or
/// the range stopped even the widest sweep.
struct WideEntry {
    bool known = false;
    scalar::Wide<50> value{};
    scalar::Wide<50> bound{};
};

/// The reverse sweep in wide numbers: the formula of the rules without the rounding of double.
[[nodiscard]] std::vector<WideEntry> wide_gradient(const Case& drawn);

}  // namespace gradproof::cases
