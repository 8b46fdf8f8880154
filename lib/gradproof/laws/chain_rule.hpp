// Law: a program cut in two at random nodes has the gradient that its parts have together: the second
// part's cotangents at the cut, swept through the first part.
#pragma once

#include <gradproof/check/report.hpp>
#include <gradproof/subject/program_subject.hpp>

#include <cstdint>
#include <string_view>

namespace gradproof::laws {

inline constexpr std::string_view kChainRule = "parts obey the chain rule";

/// The cut is drawn by `seed`: all inputs, and of the nodes some that come before the output, each with
/// its operands. The subject is asked about the first part once for each node of the cut, with its
/// values and with what the second part says of it. A program of one node has no two parts: there is
/// nothing to say then, and no number is counted. Where a value at the cut is not finite, all is out of
/// range.
[[nodiscard]] check::Report chain_rule(const subject::ProgramSubject& subject,
                                       const cases::Case& drawn, std::uint64_t seed);

}  // namespace gradproof::laws
