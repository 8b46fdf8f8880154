// Law: asked about a program, then about another one, then about the first again, a subject gives bitwise
// the same as before.
#pragma once

#include <gradproof/check/report.hpp>
#include <gradproof/subject/program_subject.hpp>

#include <cstdint>
#include <string_view>

namespace gradproof::laws {

inline constexpr std::string_view kInterleavedProgramsAgree = "interleaved programs change nothing";

/// The other program is drawn by `seed`: the same nodes with other inputs, and where there are several
/// nodes another one for the output, so that the cotangent has another shape.
[[nodiscard]] check::Report interleaved_programs_agree(const subject::ProgramSubject& subject,
                                                       const cases::Case& drawn,
                                                       std::uint64_t seed);

}  // namespace gradproof::laws
