// What a sound agreement on a case is worth: whether anything was asked that zero would not answer.
#pragma once

#include <gradproof/case/budget.hpp>
#include <gradproof/case/case.hpp>
#include <gradproof/generate/domain.hpp>

#include <span>
#include <vector>

namespace gradproof::laws {

enum class Worth {
    asks,            ///< some entry of the gradient is not 0
    zero_cotangent,  ///< the cotangent is 0, for which every pullback must give exactly 0
    zero_on_purpose,  ///< the gradient is 0 where zeros, ties, kinks, sizes 0 and 1, the flat side of a
                      ///< kinked primitive, or a cotangent with zeros were drawn
    vacuous,          ///< the gradient is 0 and nobody wanted it
};

/// A point at which a gradient was asked for, as far as its worth goes.
struct Setting {
    std::span<const std::vector<double>> inputs;
    std::span<const scalar::Domain> domains;  ///< one an input
    std::span<const double> cotangent;
    scalar::Precision precision = scalar::Precision::binary64;
    bool special = false;  ///< what is asked about may well be constant here, as a relu is
};

/// `reference` is the gradient of the budget. An entry that underflows has a bound, and asks.
[[nodiscard]] Worth worth(const Setting& setting, std::span<const scalar::Allowance> reference);
[[nodiscard]] Worth worth(const cases::Case& drawn, std::span<const scalar::Allowance> reference);

}  // namespace gradproof::laws
