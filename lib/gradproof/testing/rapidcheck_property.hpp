// Proofs as properties of RapidCheck: what gradproof/rapidcheck.hpp calls.
#pragma once

#include <gradproof/testing/hand_written.hpp>

#include <functional>
#include <string>

namespace gradproof::testing {

/// Proves the derivative that `claimed` names, as `run_as_test` does for GoogleTest, and prints what came of
/// it to standard error. True where it holds; false also where something was misused.
[[nodiscard]] bool proven_aloud(const std::string& name,
                                const std::function<HandWritten()>& claimed);

/// What came of one more point, drawn with the randomness of RapidCheck's running property.
struct InProperty {
    std::string failure;  ///< the report where a law broke, else empty
    bool judged = true;   ///< false where its agreement says nothing
};
[[nodiscard]] InProperty held_in_property(const HandWritten& claim);

}  // namespace gradproof::testing
