// Law: a subject writes to nothing but its outputs, and touches nothing beyond what it was given.
#pragma once

#include <gradproof/check/report.hpp>
#include <gradproof/subject/program_subject.hpp>

#include <string_view>

namespace gradproof::laws {

inline constexpr std::string_view kMemoryIsRespected = "inputs and cotangent stay untouched";

/// Each rule of the subject, node by node: a primal gets its operands in read-only pages; a pullback its
/// operands, result and cotangent; pages that nobody may touch lie before and behind every buffer, outputs
/// too. Each is run twice, with the buffers flush with either side, so that one entry too many is
/// seen. Then the subject as a whole, whose cotangent lies there too, and whose case is to be the same to the
/// bit afterwards. Of a subject without rules only the latter is asked. What is counted are the calls.
///
/// That outputs are no aliases of inputs is what the types say: a rule's buffers are its caller's, an
/// `Answer` owns its numbers.
[[nodiscard]] check::Report memory_is_respected(const subject::ProgramSubject& subject,
                                                const cases::Case& drawn);

}  // namespace gradproof::laws
