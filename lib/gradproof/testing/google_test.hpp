// A proof as a test of GoogleTest: what the macro GRADPROOF_TEST calls.
#pragma once

#include <gradproof/testing/hand_written.hpp>

namespace gradproof::testing {

/// Proves the gradient that `claimed` names in the running test. Where the proof does not hold, or
/// something was misused, a failure is added at `file` and `line`; counts are recorded as properties of
/// the test. RC_PARAMS sets seed, cases (max_success), noshrink; verbose_progress=1 prints the counts.
/// GRADPROOF_CASE_DIR is where failing points are kept, else the working directory.
void run_as_test(HandWritten (*claimed)(), const char* file, int line);

}  // namespace gradproof::testing
