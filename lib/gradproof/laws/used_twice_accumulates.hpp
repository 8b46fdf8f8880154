// Law: a node that is used twice gets both shares: the program's body written out twice over the same
// inputs, and added, has twice the gradient.
#pragma once

#include <gradproof/check/report.hpp>
#include <gradproof/subject/program_subject.hpp>

#include <string_view>

namespace gradproof::laws {

inline constexpr std::string_view kUsedTwiceAccumulates = "a node used twice accumulates";

[[nodiscard]] check::Report used_twice_accumulates(const subject::ProgramSubject& subject,
                                                   const cases::Case& drawn);

}  // namespace gradproof::laws
