// What a sound agreement on a case is worth: whether anything was asked that zero would not answer.
#pragma once

#include <gradproof/case/budget.hpp>
#include <gradproof/case/case.hpp>

#include <span>

namespace gradproof::laws {

enum class Worth {
    asks,            ///< some entry of the gradient is not 0
    zero_cotangent,  ///< the cotangent is 0, for which every pullback must give exactly 0
    zero_on_purpose,  ///< the gradient is 0 where zeros, ties, kinks, sizes 0 and 1, the flat side of a
                      ///< kinked primitive, or a cotangent with zeros were drawn
    vacuous,          ///< the gradient is 0 and nobody wanted it
};

/// `reference` is the gradient of the case's budget. An entry that underflows has a bound, and asks.
[[nodiscard]] Worth worth(const cases::Case& drawn, std::span<const scalar::Allowance> reference);

}  // namespace gradproof::laws
