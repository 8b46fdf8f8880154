// The numbers of a format as a line of neighbours.
#pragma once

#include <gradproof/scalar/precision.hpp>

#include <cstdint>

namespace gradproof::generate {

using scalar::largest;
using scalar::Precision;
using scalar::smallest_normal;
using scalar::smallest_subnormal;

/// The number of the format nearest to x; beyond the range, the largest of the same sign.
[[nodiscard]] double rounded(double x, Precision precision);

/// Whether x is finite and exactly a number of the format.
[[nodiscard]] bool representable(double x, Precision precision);

/// The place of a representable number on the line of the format's numbers: both zeros at 0, the
/// smallest subnormals at 1 and -1, and each next number one further. A step of 1 is one ulp.
[[nodiscard]] std::int64_t ordinal(double x, Precision precision);

/// The number at a place; beyond the largest numbers, the largest of that sign.
[[nodiscard]] double at_ordinal(std::int64_t place, Precision precision);

/// The number `steps` ulps above x (below for negative steps), at most the largest of the format.
[[nodiscard]] double neighbour(double x, std::int64_t steps, Precision precision);

}  // namespace gradproof::generate
