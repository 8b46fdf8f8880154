// The diagnosis: which mistake explains all that is wrong.
#pragma once

#include <gradproof/check/mistake.hpp>
#include <gradproof/subject/trial.hpp>

#include <cstddef>
#include <span>
#include <vector>

namespace gradproof::check {

/// A gradient with more entries than this is not diagnosed.
inline constexpr std::size_t kMostDiagnosed = 400;

/// The first mistake, in the order of hypotheses.hpp, that explains every discrepancy of the minimal
/// trial and of trials of the same subject `elsewhere`, preferably at well-scaled points: two where
/// two of a kind fit equally. Empty where nothing is wrong, and where nothing fits.
[[nodiscard]] std::vector<Explanation> diagnose(const subject::Trial& minimal,
                                                std::span<const subject::Trial* const> elsewhere);

}  // namespace gradproof::check
