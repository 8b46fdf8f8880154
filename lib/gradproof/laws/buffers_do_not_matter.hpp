// Law: what a buffer held before does not matter: a primal writes its whole result, a pullback adds its
// share to what is there, and to nothing else.
#pragma once

#include <gradproof/check/report.hpp>
#include <gradproof/subject/program_subject.hpp>

#include <string_view>

namespace gradproof::laws {

inline constexpr std::string_view kBuffersDoNotMatter = "rules write results and add shares";

/// Asks each rule of the subject, node by node, with poisoned buffers:
/// - a primal whose result was full of NaN gives the same bits as one whose result was full of numbers;
/// - a pullback leaves NaN in accumulators that were full of it;
/// - a pullback that meets c leaves c plus the share that it leaves where it meets 0, to the bit where
///   that is 0, and within what rounding may cost both sums; c is about as large as the share, so
///   that neither hides the other.
/// A subject without rules is not asked, and no number is counted.
[[nodiscard]] check::Report buffers_do_not_matter(const subject::ProgramSubject& subject,
                                                  const cases::Case& drawn);

}  // namespace gradproof::laws
