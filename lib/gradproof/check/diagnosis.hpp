// The diagnosis: which mistake explains all that is wrong.
#pragma once

#include <gradproof/check/hypothesis.hpp>

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace gradproof::check {

/// A gradient with more entries than this is not diagnosed.
inline constexpr std::size_t kMostDiagnosed = 400;

/// The first mistake, in the order of hypotheses.hpp, that explains every discrepancy of the minimal
/// trial and of trials of the same subject `elsewhere`, preferably at well-scaled points: two where
/// two of a kind fit equally. Empty where nothing is wrong, and where nothing fits.
[[nodiscard]] std::vector<Explanation> diagnose(const subject::Trial& minimal,
                                                std::span<const subject::Trial* const> elsewhere);

/// The diagnosis as lines of text: "diagnosis: minus the derivative (explains ...)".
[[nodiscard]] std::vector<std::string> to_lines(const std::vector<Explanation>& diagnosis);

}  // namespace gradproof::check
