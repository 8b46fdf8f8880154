// Law: forward and reverse mode are adjoint, <u, J t> = <J^T u, t>.
#pragma once

#include <gradproof/check/report.hpp>
#include <gradproof/subject/program_subject.hpp>

#include <cstdint>
#include <string_view>

namespace gradproof::laws {

inline constexpr std::string_view kAdjointIdentity = "jvp and vjp are adjoint";

/// For the case's cotangent u and a tangent t over all inputs, drawn by `seed`; within what rounding may
/// cost both. At a tie both must be on the same side, whichever that is. A subject without forward mode
/// is counted as such.
[[nodiscard]] check::Report adjoint_identity(const subject::ProgramSubject& subject,
                                             const cases::Case& drawn, std::uint64_t seed);

}  // namespace gradproof::laws
