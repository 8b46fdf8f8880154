// The other side of the protocol: any subject of this process served to gradproof in another one.
#pragma once

#include <gradproof/subject/greeting.hpp>
#include <gradproof/subject/program_subject.hpp>

#include <istream>
#include <ostream>

namespace gradproof::subject {

/// Greets, then answers until the input ends: a case beyond the greeting with "unsupported", an exception
/// of the subject with "error". Returns the exit code: 0, or 2 after a line that is no question, which is
/// answered with an error under the id 0.
[[nodiscard]] int serve(const ProgramSubject& subject, const Greeting& greeting,
                        std::istream& input, std::ostream& output);

}  // namespace gradproof::subject
