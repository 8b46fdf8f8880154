// An error budget: what rounding alone may cost a sound implementation, number by number.
#pragma once

#include <cstddef>
#include <vector>

namespace gradproof::scalar {

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

}  // namespace gradproof::scalar
