// How simple a number is to a person, and the simpler numbers to try instead of it: 0, then 1, -1,
// 2, ..., few digits before many, small exponents before large ones.
#pragma once

#include <gradproof/generate/domain.hpp>

#include <rapidcheck/Shrinkable.h>

#include <compare>
#include <cstdint>
#include <vector>

namespace gradproof::generate {

/// The simplicity of a number, compared member by member; less is simpler. Keys are equal only for
/// the same number, and there are finitely many, so a descent along them always ends.
struct Simplicity {
    enum class Kind { zero, plain, negative_zero, scientific };

    Kind kind = Kind::zero;      ///< plain: the leading digit is worth 1e-4 to 1e4
    int digits = 0;              ///< significant digits of the shortest decimal
    int magnitude = 0;           ///< |decimal exponent|
    bool rounded = false;        ///< the decimal is no binary fraction: 0.1, but not 0.5
    std::uint64_t mantissa = 0;  ///< the digits read as an integer
    bool fraction = false;       ///< the exponent is negative
    bool negative = false;

    auto operator<=>(const Simplicity&) const = default;
};

/// The simplicity of a finite number, judged by its shortest decimal in the precision.
[[nodiscard]] Simplicity simplicity(double x, Precision precision);

/// Numbers to try instead of x: each strictly simpler, in the domain and representable; at most a
/// few tens, the boldest first. Plain numbers, fewer digits, exponents by bisection toward 0,
/// then smaller digits. Empty for the simplest number of a domain, or where nothing is known.
[[nodiscard]] std::vector<double> simpler(double x, const Domain& domain, Precision precision);

/// x with its shrinks, from any x: also for a number read from a file.
[[nodiscard]] rc::Shrinkable<double> shrinkable(double x, const Domain& domain,
                                                Precision precision);

}  // namespace gradproof::generate
