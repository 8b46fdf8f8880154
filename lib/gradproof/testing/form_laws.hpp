// Laws of a form: that a jvp and a Jacobian agree with differences, and what holds of them besides.
#pragma once

#include <gradproof/check/report.hpp>
#include <gradproof/testing/user_trial.hpp>

#include <cstdint>
#include <string_view>

namespace gradproof::testing {

inline constexpr std::string_view kJacobianAgrees = "Jacobian agrees with finite differences";
inline constexpr std::string_view kBlocksAlone = "a block asked for alone is the same";
inline constexpr std::string_view kJvpIsLinear = "jvp is linear in the tangent";

/// Along the point's tangent, each output by its own difference or all by a weighted one.
[[nodiscard]] check::Report jvp_agrees(const UserTrial& trial, std::uint64_t seed);

/// Every entry of every block, or all along one direction over them.
[[nodiscard]] check::Report jacobian_agrees(const UserTrial& trial, std::uint64_t seed);

/// To the bit: each block without the others, and the function's value without any.
[[nodiscard]] check::Report blocks_alone(const UserTrial& trial, std::uint64_t seed);

/// J(-2 t) = -2 J t within the budgets of both, and J 0 = 0. Doubling is exact; where it would overflow
/// the tangent is turned round only.
[[nodiscard]] check::Report jvp_is_linear(const UserTrial& trial, std::uint64_t seed);

/// Whether it is one of the laws that hold the derivative against finite differences.
[[nodiscard]] bool is_agreement(std::string_view law);

/// The report of such a law at the trial's point with its verdict made final, as `check::with_cause` does;
/// a jvp is looked at by its columns. As it was where the code fails to answer at some other point.
[[nodiscard]] check::Report with_cause(const UserTrial& trial, check::Report report);

}  // namespace gradproof::testing
