// When two numbers that a subject gave, or was given, are the same.
#pragma once

#include <bit>
#include <cmath>
#include <concepts>
#include <cstdint>
#include <type_traits>

namespace gradproof::subject {

/// Zeros of either sign are equal, and NaN is NaN.
template <std::floating_point T>
[[nodiscard]] bool equal_or_nan(T a, T b) {
    return a == b || (std::isnan(a) && std::isnan(b));
}

template <std::floating_point T>
[[nodiscard]] bool same_bits(T a, T b) {
    using Bits = std::conditional_t<sizeof(T) == 4, std::uint32_t, std::uint64_t>;
    return std::bit_cast<Bits>(a) == std::bit_cast<Bits>(b);
}

/// NaN is NaN, whatever its bits.
template <std::floating_point T>
[[nodiscard]] bool same_bits_or_nan(T a, T b) {
    return same_bits(a, b) || (std::isnan(a) && std::isnan(b));
}

}  // namespace gradproof::subject
