// Generators of numbers: short decimals, all magnitudes, and the places where gradients break.
#pragma once

#include <gradproof/generate/dice.hpp>
#include <gradproof/generate/domain.hpp>

#include <rapidcheck/Gen.h>

namespace gradproof::generate {

/// How numbers are scattered over their domain.
enum class Style {
    /// The mixture that breaks gradients: small integers and short decimals, magnitudes over the
    /// whole range, neighbours of hard points, both zeros, subnormals, near overflow.
    corners,
    /// Normally distributed, deviation 1, all digits used.
    well_scaled,
    /// -3.0, -2.9, ..., 3.0, so that sums cancel and ties come by themselves.
    one_decimal,
    /// Normally distributed times 2^-40 .. 2^40 (2^-20 .. 2^20 in binary32).
    badly_scaled,
};

/// A number of the domain, drawn with `dice`. `size` is RapidCheck's: below the nominal size more
/// draws are short decimals, but none is excluded. In a domain where a style has no number of its
/// own, the number comes from somewhere in the domain. Throws as range(domain, precision) does.
[[nodiscard]] double draw_number(Dice& dice, const Domain& domain,
                                 Precision precision = Precision::binary64,
                                 Style style = Style::corners, int size = rc::kNominalSize);

/// Numbers of the domain with their shrinks. Throws std::invalid_argument at once for a domain
/// that is malformed or has no number in this precision.
[[nodiscard]] rc::Gen<double> number(const Domain& domain,
                                     Precision precision = Precision::binary64,
                                     Style style = Style::corners);

}  // namespace gradproof::generate
