// digamma and its derivative in float and double are as accurate as the table of errors says, from the
// smallest numbers to the largest and next to digamma's root.
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

template <class T>
void digamma_keeps_its_error() {
    open_exponent_range();
    DrawnNumbers drawn(gradproof::testing::wanted_seed());
    double largest = 0;
    const std::size_t draws = 20 * gradproof::testing::wanted_cases();
    for (std::size_t i = 0; i < draws; ++i) {
        const T x = drawn.below(4) == 0 ? drawn.neighbour(static_cast<T>(1.4616321449683623))
                                        : std::abs(drawn.number<T>());
        const Wide<50> at(x);
        Wide<50> truth;
        mpfr_digamma(truth.backend().data(), at.backend().data(), MPFR_RNDN);
        if (!(x > 0) || abs(truth) > std::numeric_limits<T>::max()) continue;
        const T value = digamma(x);
        const double error = abs(Wide<50>(value) - truth).template convert_to<double>();
        const Running<T> running = digamma(Running<T>(x, 0));
        ASSERT_LE(error, running.bound()) << "digamma(" << x << ")";
        largest =
            std::max(largest, error / (std::abs(static_cast<double>(value)) *
                                       static_cast<double>(std::numeric_limits<T>::epsilon()) / 2));
    }
    std::printf("  digamma: at most %.2f unit round-offs\n", largest);
    EXPECT_LE(largest, rounding::in_units(rounding::ulps::digamma));
}

/// sum_(k < 60) 1/(x + k)^2 and the asymptotic series beyond, whose first term left out is below 1e-40.
/// Source: NIST DLMF, 5.15.5 and 5.15.8.
[[nodiscard]] Wide<50> exact_trigamma(const Wide<50>& x) {
    Wide<50> sum = 0, y = x;
    for (int k = 0; k < 60; ++k, y += 1) sum += 1 / (y * y);
    const char* const bernoulli[][2] = {
        {"1", "6"},       {"-1", "30"}, {"1", "42"},      {"-1", "30"},     {"5", "66"},
        {"-691", "2730"}, {"7", "6"},   {"-3617", "510"}, {"43867", "798"}, {"-174611", "330"}};
    sum += 1 / y + 1 / (2 * y * y);
    Wide<50> power = y;
    for (const auto& [numerator, denominator] : bernoulli) {
        power *= y * y;
        sum += Wide<50>(numerator) / Wide<50>(denominator) / power;
    }
    return sum;
}

template <class T>
void trigamma_keeps_its_error() {
    open_exponent_range();
    DrawnNumbers drawn(gradproof::testing::wanted_seed());
    double largest = 0;
    for (std::size_t i = 0; i < 20 * gradproof::testing::wanted_cases(); ++i) {
        const T x = std::abs(drawn.number<T>());
        if (!(x > 0)) continue;
        const Wide<50> truth = exact_trigamma(Wide<50>(x));
        if (truth > std::numeric_limits<T>::max() || truth < std::numeric_limits<T>::min())
            continue;
        const T value = trigamma(x);
        const double error = abs(Wide<50>(value) - truth).template convert_to<double>();
        ASSERT_LE(error, trigamma(Running<T>(x, 0)).bound()) << "trigamma(" << x << ")";
        largest =
            std::max(largest, error / (static_cast<double>(value) *
                                       static_cast<double>(std::numeric_limits<T>::epsilon()) / 2));
    }
    std::printf("  trigamma: at most %.2f unit round-offs\n", largest);
    EXPECT_LE(largest, rounding::in_units(rounding::ulps::trigamma));
}

TEST(Trigamma, keeps_its_error_in_double) { trigamma_keeps_its_error<double>(); }
TEST(Trigamma, keeps_its_error_in_float) { trigamma_keeps_its_error<float>(); }

TEST(Digamma, keeps_its_error_in_double) { digamma_keeps_its_error<double>(); }
TEST(Digamma, keeps_its_error_in_float) { digamma_keeps_its_error<float>(); }

TEST(Digamma, is_an_infinity_where_it_overflows) {
    EXPECT_EQ(digamma(5e-324), -std::numeric_limits<double>::infinity());
}

}  // namespace
