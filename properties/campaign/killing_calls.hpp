// A process that kills itself in the middle of a call that writes: for tests of what a kill leaves.
#pragma once

namespace gradproof::testing {

/// Kills this process, but none that it forks, at its n-th call of write, fsync or rename from now on,
/// n = 1, 2, ...; half of a write is done by then.
void kill_at_call(int n);

}  // namespace gradproof::testing
