// Tests of derivatives written by hand, for GoogleTest: include this and write GRADPROOF_TEST.
// GRADPROOF_POWER, with the same body, tests the test: it plants errors in the gradient (a sign, a
// zeroed entry, a lost tail, a stale buffer, ...) and fails where one would pass.
//
//   GRADPROOF_TEST(Kernels, softplus_sum) {
//       return gradproof::gradient_of([](const auto& x) { return log(1 + exp(x[0])); })
//           .on(1)
//           .by([](std::span<const double> x, double u, std::span<double> dx) {
//               dx[0] = u / (1 + std::exp(-x[0]));
//           });
//   }
//
// What may stand where is told in gradproof/testing/gradient_of.hpp.
#pragma once

#include <gradproof/testing/front_door.hpp>
#include <gradproof/testing/google_test.hpp>

#include <gtest/gtest.h>

/// A test of GoogleTest; its body returns the gradient under test.
#define GRADPROOF_TEST(suite, name)                                                              \
    static ::gradproof::testing::HandWritten gradproof_claim_##suite##_##name();                 \
    TEST(suite, name) {                                                                          \
        ::gradproof::testing::run_as_test(gradproof_claim_##suite##_##name, __FILE__, __LINE__); \
    }                                                                                            \
    static ::gradproof::testing::HandWritten gradproof_claim_##suite##_##name()

/// A test of GoogleTest that proves the power of GRADPROOF_TEST over the gradient that its body returns.
/// It wants a name of its own: GRADPROOF_POWER(Kernels, softplus_sum_power).
#define GRADPROOF_POWER(suite, name)                                                        \
    static ::gradproof::testing::HandWritten gradproof_claim_##suite##_##name();            \
    TEST(suite, name) {                                                                     \
        ::gradproof::testing::run_power_as_test(gradproof_claim_##suite##_##name, __FILE__, \
                                                __LINE__);                                  \
    }                                                                                       \
    static ::gradproof::testing::HandWritten gradproof_claim_##suite##_##name()
