// Law: the vjp agrees with finite differences of the primal.
#pragma once

#include <gradproof/check/check.hpp>

#include <cstdint>
#include <string_view>

namespace gradproof::laws {

inline constexpr std::string_view kVjpAgrees = "vjp agrees with finite differences";

/// One case in so many has every entry checked, the others a random direction; both are for the
/// same law, a direction sees about n budgets of one entry and costs one n-th.
inline constexpr std::uint64_t kJacobianEvery = 50;

/// Up to this many entries all of them are checked always: directions would save little.
inline constexpr std::size_t kFewEntries = 4;

[[nodiscard]] inline check::Report vjp_agrees(const subject::Trial& trial, std::uint64_t seed) {
    const bool whole = trial.inputs().size() <= kFewEntries || seed % kJacobianEvery == 0;
    return whole ? check::gradient(trial) : check::direction(trial, seed);
}

}  // namespace gradproof::laws
