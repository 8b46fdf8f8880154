// Generators of vectors: numbers that stand together as inputs do, with ties, zeros and one number
// that drowns the others; and cotangents, with zeros and unit vectors.
#pragma once

#include <gradproof/generate/number.hpp>

#include <rapidcheck/Gen.h>

#include <cstddef>
#include <vector>

namespace gradproof::generate {

/// How the entries of a vector relate to each other.
enum class Arrangement {
    /// Each is drawn on its own.
    independent,
    /// A third as above; else, on purpose: some or all equal, equal but for an ulp, mostly zeros,
    /// or one of dominating magnitude.
    mixed,
};

/// `count` numbers of the domain, drawn with `dice`.
[[nodiscard]] std::vector<double> draw_numbers(Dice& dice, std::size_t count, const Domain& domain,
                                               Precision precision = Precision::binary64,
                                               Style style = Style::corners,
                                               Arrangement arrangement = Arrangement::mixed,
                                               int size = rc::kNominalSize);

/// Vectors of `count` numbers of the domain with their shrinks, which keep the count. Throws
/// std::invalid_argument at once for a domain that is malformed or has no number.
[[nodiscard]] rc::Gen<std::vector<double>> numbers(std::size_t count, const Domain& domain,
                                                   Precision precision = Precision::binary64,
                                                   Style style = Style::corners,
                                                   Arrangement arrangement = Arrangement::mixed);

/// A cotangent for `count` outputs, drawn with `dice`: dense, sparse, all ones, a unit vector or
/// its negative, and now and then all zero (for which every pullback must give exactly zero).
[[nodiscard]] std::vector<double> draw_cotangent(Dice& dice, std::size_t count,
                                                 Precision precision = Precision::binary64,
                                                 Style style = Style::well_scaled,
                                                 int size = rc::kNominalSize);

/// Cotangents for `count` outputs with their shrinks, which keep the count.
[[nodiscard]] rc::Gen<std::vector<double>> cotangent(std::size_t count,
                                                     Precision precision = Precision::binary64,
                                                     Style style = Style::well_scaled);

}  // namespace gradproof::generate
