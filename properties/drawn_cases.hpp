// How many cases a test that draws its own is to draw, and from which seed: what the profile and the
// user's RC_PARAMS say, as for a property of RapidCheck.
#pragma once

#include <gradproof/testing/rc_params.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

namespace gradproof::testing {

/// The main of the test programs has completed RC_PARAMS, so that both settings are there.
[[nodiscard]] inline std::uint64_t setting(const char* name) {
    return std::stoull(read_rc_params(std::getenv("RC_PARAMS")).at(name));
}
/// 100 in the quick tier, 10000 in the soak tier, unless RC_PARAMS says otherwise.
[[nodiscard]] inline std::size_t wanted_cases() { return setting("max_success"); }
[[nodiscard]] inline std::uint64_t wanted_seed() { return setting("seed"); }

}  // namespace gradproof::testing
