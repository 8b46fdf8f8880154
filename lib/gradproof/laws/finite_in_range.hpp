// Law: a gradient is finite where the reference computation stays in range.
#pragma once

#include <gradproof/check/report.hpp>
#include <gradproof/subject/trial.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace gradproof::laws {

inline constexpr std::string_view kFiniteInRange = "a gradient stays finite in range";

/// Asked with the trial's cotangent, and with a multiple of it, a power of two that `seed` draws, for which
/// the largest number of cotangent and gradient comes within a factor 2 to 256 of overflow. An entry that
/// is not finite is wrong where the reference has a finite bound on every branch; else it is out of
/// range, or within rounding of a kink where its branches are not known.
[[nodiscard]] check::Report finite_in_range(const subject::Trial& trial, std::uint64_t seed);

/// The first of the two questions alone: next to overflow a product in another order than that of the
/// reference overflows on the way.
[[nodiscard]] check::Report finite_as_asked(const subject::Trial& trial);

/// Whether entry i of the reference is finite, with a finite bound on every branch.
[[nodiscard]] bool in_range(const cases::Budget& budget, std::size_t i);

}  // namespace gradproof::laws
