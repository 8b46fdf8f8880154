// Law: the jvp agrees with finite differences of the primal along the tangent.
#pragma once

#include <gradproof/check/report.hpp>
#include <gradproof/subject/program_subject.hpp>

#include <cstdint>
#include <string_view>

namespace gradproof::laws {

inline constexpr std::string_view kJvpAgrees = "jvp agrees with finite differences";

/// J t for a tangent t drawn by `seed`. Where nothing ties, all outputs are held together, each weighted
/// by what rounding may cost it; else, and where they do not agree, one by one. At ties a slope is what
/// the conventions of the pullbacks add up to. A subject without forward mode is counted as such.
[[nodiscard]] check::Report jvp_agrees(const subject::ProgramSubject& subject,
                                       const cases::Case& drawn, std::uint64_t seed);

}  // namespace gradproof::laws
