// Directions over all inputs of a case, as laws draw them: what a jvp is asked for.
#pragma once

#include <gradproof/case/case.hpp>
#include <gradproof/check/weighted_direction.hpp>

#include <cstdint>

namespace gradproof::laws {

/// Over which entries: all of them, or one that is drawn.
enum class Spread { all, one };

/// An entry of a direction, drawn by random bits: +-m 2^e with 1 <= m < 2 and 2^e the size of the input
/// `x` (1 at 0), in the precision.
[[nodiscard]] double drawn_entry(double x, std::uint64_t bits, scalar::Precision precision);

/// Drawn entries: each input moves by about the same share of itself, so that the longest step is the same
/// for all.
[[nodiscard]] oracle::Direction drawn_direction(const cases::Case& drawn, std::uint64_t seed,
                                                Spread spread);

/// One entry every second time: what is wrong with one of many is not to drown in the others.
[[nodiscard]] oracle::Direction drawn_direction(const cases::Case& drawn, std::uint64_t seed);

}  // namespace gradproof::laws
