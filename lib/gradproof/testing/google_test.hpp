// Proofs as tests of GoogleTest: what the macros GRADPROOF_TEST and GRADPROOF_POWER call.
#pragma once

#include <gradproof/testing/hand_written.hpp>

namespace gradproof::testing {

/// Proves the gradient that `claimed` names in the running test. Where the proof does not hold, or
/// something was misused, a failure is added at `file` and `line`; counts are recorded as properties of
/// the test. RC_PARAMS sets seed, cases (max_success), noshrink; verbose_progress=1 prints the counts.
/// Further variables stand in environment.hpp.
void run_as_test(HandWritten (*claimed)(), const char* file, int line);

/// Plants errors in the gradient that `claimed` names, and fails where a law that claims to see one
/// does not. RC_PARAMS sets seed and cases (max_success, over all rounds); verbose_progress=1 prints
/// the table where the test passes.
void run_power_as_test(HandWritten (*claimed)(), const char* file, int line);

}  // namespace gradproof::testing
