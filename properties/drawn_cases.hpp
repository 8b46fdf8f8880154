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

/// Whether this is a build with AddressSanitizer, where a case costs several times as much.
#if defined(__SANITIZE_ADDRESS__)
inline constexpr bool kSanitized = true;
#elif defined(__has_feature)
inline constexpr bool kSanitized = __has_feature(address_sanitizer);
#else
inline constexpr bool kSanitized = false;
#endif
/// For tests whose cases are many and costly: the sanitizers look at memory, and a quarter shows it.
[[nodiscard]] inline std::size_t wanted_costly_cases() {
    return kSanitized ? wanted_cases() / 4 : wanted_cases();
}

[[nodiscard]] inline std::uint64_t wanted_seed() { return setting("seed"); }

}  // namespace gradproof::testing
