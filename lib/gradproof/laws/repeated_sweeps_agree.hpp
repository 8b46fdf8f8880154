// Law: asked twice, a subject gives bitwise the same; so does it after other questions in between.
#pragma once

#include <gradproof/check/report.hpp>
#include <gradproof/subject/trial.hpp>

#include <string_view>

namespace gradproof::laws {

inline constexpr std::string_view kRepeatedSweepsAgree = "repeated sweeps agree to the bit";

[[nodiscard]] check::Report repeated_sweeps_agree(const subject::Trial& trial);

}  // namespace gradproof::laws
