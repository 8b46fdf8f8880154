// Losses by rounding: errors that the rounding of some number on the way to a gradient can make.
#pragma once

#include <gradproof/check/facts.hpp>

#include <cstddef>

namespace gradproof::check {

/// Roundings of the largest number on the way that a wrong form may take.
inline constexpr double kRoundings = 16;

/// The largest number that a form of the gradient is likely to have on its way: of the inputs, the
/// primal, 1 and the cotangent. Infinite where the primal overflows.
[[nodiscard]] double largest_on_the_way(const Facts& facts);

/// Whether the answer is off by no more than `kRoundings` roundings of a number of this size.
[[nodiscard]] bool lost_by_rounding(const Facts& facts, std::size_t entry, double size);

}  // namespace gradproof::check
