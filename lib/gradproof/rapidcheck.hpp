// Tests of derivatives written by hand, for RapidCheck without GoogleTest: `gradproof::rc_check` stands beside
// `rc::check`, GRADPROOF_RC_ASSERT beside RC_ASSERT.
//
//   int main() {
//       return gradproof::rc_check("softplus_sum has this gradient", [] {
//           return gradproof::gradient_of([](const auto& x) { return log(1 + exp(x[0])); })
//               .on(1)
//               .by([](std::span<const double> x, double u, std::span<double> dx) {
//                   dx[0] = u / (1 + std::exp(-x[0]));
//               });
//       }) ? 0 : 1;
//   }
//
// What may stand where is told in gradproof/testing/gradient_of.hpp.
#pragma once

#include <gradproof/testing/front_door.hpp>
#include <gradproof/testing/rapidcheck_property.hpp>

#include <rapidcheck/Assertions.h>

#include <functional>
#include <string>

namespace gradproof {

/// Draws cases until a law breaks, makes that one simpler, prints the report with its diagnosis, its point
/// and the line that repeats it, and keeps the point for the runs after it. RC_PARAMS sets seed, cases
/// (max_success) and noshrink.
[[nodiscard]] inline bool rc_check(const std::string& name,
                                   const std::function<testing::HandWritten()>& claimed) {
    return testing::proven_aloud(name, claimed);
}

}  // namespace gradproof

/// Within a property of RapidCheck, which may have drawn what the claim is made of: fails it where the claim
/// breaks a law at one more point, discards it where that point says nothing.
#define GRADPROOF_RC_ASSERT(...)                                                          \
    do {                                                                                  \
        const ::gradproof::testing::InProperty gradproof_held =                           \
            ::gradproof::testing::held_in_property(__VA_ARGS__);                          \
        if (!gradproof_held.failure.empty()) RC_FAIL(gradproof_held.failure);             \
        if (!gradproof_held.judged) RC_DISCARD("nothing could be judged at this point");  \
    } while (false)
