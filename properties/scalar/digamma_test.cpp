// digamma in float and double is as accurate as the table of errors says, from the smallest numbers to
// the largest and next to its root.
#include "../drawn_cases.hpp"
#include "drawn_numbers.hpp"

#include <gradproof/scalar/running.hpp>
#include <gradproof/scalar/wide.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>

namespace {

using namespace gradproof::scalar;
using Exact = Wide<50>;

template <class T>
void digamma_keeps_its_error() {
    open_exponent_range();
    DrawnNumbers drawn(gradproof::testing::wanted_seed());
    double largest = 0;
    const std::size_t draws = 20 * gradproof::testing::wanted_cases();
    for (std::size_t i = 0; i < draws; ++i) {
        const T x = drawn.below(4) == 0 ? drawn.neighbour(static_cast<T>(1.4616321449683623))
                                        : std::abs(drawn.number<T>());
        const Exact at(x);
        Exact truth;
        mpfr_digamma(truth.backend().data(), at.backend().data(), MPFR_RNDN);
        if (!(x > 0) || abs(truth) > std::numeric_limits<T>::max()) continue;
        const T value = digamma(x);
        const double error = abs(Exact(value) - truth).template convert_to<double>();
        const Running<T> running = digamma(Running<T>(x, 0));
        ASSERT_LE(error, running.bound()) << "digamma(" << x << ")";
        largest =
            std::max(largest, error / (std::abs(static_cast<double>(value)) *
                                       static_cast<double>(std::numeric_limits<T>::epsilon()) / 2));
    }
    std::printf("  digamma: at most %.2f unit round-offs\n", largest);
    EXPECT_LE(largest, rounding::in_units(rounding::ulps::digamma));
}

TEST(Digamma, keeps_its_error_in_double) { digamma_keeps_its_error<double>(); }
TEST(Digamma, keeps_its_error_in_float) { digamma_keeps_its_error<float>(); }

TEST(Digamma, is_an_infinity_where_it_overflows) {
    EXPECT_EQ(digamma(5e-324), -std::numeric_limits<double>::infinity());
}

}  // namespace
