// Law: the pullback is linear in the cotangent, and exactly zero for a zero one.
#pragma once

#include <gradproof/check/report.hpp>
#include <gradproof/subject/trial.hpp>

#include <cstdint>
#include <string_view>

namespace gradproof::laws {

inline constexpr std::string_view kPullbackIsLinear = "pullback is linear in the cotangent";
inline constexpr std::string_view kZeroCotangentGivesZero = "a zero cotangent gives exactly zero";

/// v(u) = v(part of u) + v(rest of u), the parts' entries drawn by `seed`, and v(-2 u) = -2 v(u); each
/// within the budgets of its sweeps. Splitting by entries and doubling are exact in every format.
[[nodiscard]] check::Report pullback_is_linear(const subject::Trial& trial, std::uint64_t seed);

/// v(0) = 0, to the bit but for the sign, whatever the inputs are.
[[nodiscard]] check::Report zero_cotangent_gives_zero(const subject::Trial& trial);

}  // namespace gradproof::laws
