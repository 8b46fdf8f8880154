// What shrinking numbers must hold: it only goes to simpler ones, ends, and ends where a person
// would.
#include <gradproof/generate/decimal.hpp>
#include <gradproof/generate/number.hpp>
#include <gradproof/generate/simplicity.hpp>

#include "refutes.hpp"
#include "some_domain.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <functional>
#include <limits>
#include <string>
#include <vector>

namespace gradproof::generate {
namespace {

constexpr Precision kBinary64 = Precision::binary64;

RC_GTEST_PROP(Simplicity, every_try_is_simpler_and_in_the_domain_and_representable, ()) {
    const Precision precision = *some_precision();
    const Domain domain = *some_domain(precision);
    const double x = *number(domain, precision);
    const std::vector<double> tries = simpler(x, domain, precision);
    RC_ASSERT(tries.size() <= 40U);
    for (const double y : tries) {
        if (!(simplicity(y, precision) < simplicity(x, precision))) {
            RC_FAIL(text(y) + " is no simpler than " + text(x));
        }
        if (!contains(domain, y, precision)) RC_FAIL(text(y) + " is not in " + text(domain));
    }
}

RC_GTEST_PROP(Simplicity, is_the_same_only_for_the_same_number, ()) {
    const Precision precision = *some_precision();
    const double x = *number({}, precision);
    const double y = *number({}, precision);
    const bool same = x == y && std::signbit(x) == std::signbit(y);
    RC_ASSERT((simplicity(x, precision) == simplicity(y, precision)) == same);
}

RC_GTEST_PROP(Simplicity, shrinking_ends_whatever_fails, ()) {
    const Precision precision = *some_precision();
    const Domain domain = *some_domain(precision);
    const double x = *number(domain, precision);
    const std::uint64_t salt = Dice(rc::Random(*rc::gen::arbitrary<std::uint64_t>())).bits();
    // A failure without sense: whether a hash of the number is even.
    const auto fails = [salt](double y) { return std::hash<double>{}(y) * (salt | 1) >> 63 != 0; };
    RC_ASSERT(shrunk(shrinkable(x, domain, precision), fails).tries < 1000);
    const auto always = [](double) { return true; };
    const double simplest = shrunk(shrinkable(x, domain, precision), always).value;
    RC_ASSERT(simpler(simplest, domain, precision).empty());
}

TEST(Simplicity, goes_from_0_to_1_to_few_digits_to_many) {
    const double tiny = std::numeric_limits<double>::denorm_min();
    const std::vector<double> order{0.0,  1.0,  -1.0,  2.0,  9.0,   10.0, 0.5, 0.1,
                                    100,  1e-4, 1.5,   0.25, 37,    36.7, 123, 0.1234567890123456,
                                    -0.0, 1e5,  2e154, tiny, 1.1e-5};
    for (std::size_t i = 1; i < order.size(); ++i) {
        EXPECT_LT(simplicity(order[i - 1], kBinary64), simplicity(order[i], kBinary64))
            << text(order[i - 1]) << " and " << text(order[i]);
    }
}

/// What fails, and where shrinking it must end.
struct Goal {
    const char* failure;
    std::function<bool(double)> fails;
    double simplest;
};

std::vector<Goal> goals() {
    return {
        {"x > 3", [](double x) { return x > 3; }, 4},
        {"x < -3", [](double x) { return x < -3; }, -4},
        {"|x| > 3", [](double x) { return std::abs(x) > 3; }, 4},
        {"0 < x < 1e-4", [](double x) { return x > 0 && x < 1e-4; }, 1e-5},
        {"0 < x <= 1e-5", [](double x) { return x > 0 && x <= 1e-5; }, 1e-5},
        {"-1e-5 < x < 0", [](double x) { return x < 0 && x > -1e-5; }, -1e-6},
        {"x < 1e-5", [](double x) { return x < 1e-5; }, 0},
        {"x is no integer", [](double x) { return x != std::trunc(x); }, 0.5},
        {"x is -0", [](double x) { return x == 0 && std::signbit(x); }, -0.0},
        {"1/x is -inf", [](double x) { return 1 / x < -1e308; }, -0.0},
        {"x has a sign", [](double x) { return std::signbit(x); }, -1},
        {"x * x overflows", [](double x) { return x > 0 && x * x > 1.7976931348623157e308; },
         2e154},
        {"x is subnormal", [](double x) { return x > 0 && x < 2.2250738585072014e-308; }, 1e-308},
        {"x > 36.7", [](double x) { return x > 36.7; }, 40},
        {"36.6 < x < 36.8", [](double x) { return x > 36.6 && x < 36.8; }, 36.7},
        {"x < -745", [](double x) { return x < -745; }, -800},
        {"x is not 0", [](double x) { return x != 0; }, 1},
    };
}

TEST(Simplicity, shrinks_to_what_a_person_would_have_written) {
    int most = 0;
    for (const Goal& goal : goals()) {
        rc::Random random(7);
        int found = 0;
        for (int i = 0; i < 3000; ++i) {
            const double x = number({.hard_points = {36.7, -745}})(random.split()).value();
            if (!goal.fails(x)) continue;
            ++found;
            const auto end = shrunk(shrinkable(x, {}, kBinary64), goal.fails);
            EXPECT_EQ(text(end.value), text(goal.simplest)) << goal.failure << " from " << text(x);
            EXPECT_LT(end.tries, 100) << goal.failure << " from " << text(x);
            most = std::max(most, end.tries);
        }
        EXPECT_GT(found, 3) << goal.failure;
    }
    RecordProperty("most_tries", most);
}

TEST(Simplicity, goes_from_a_tiny_negative_number_to_negative_zero) {
    const auto has_infinite_reciprocal = [](double x) { return 1 / x < -1e308; };
    const auto end = shrunk(shrinkable(-5e-324, {}, kBinary64), has_infinite_reciprocal);
    EXPECT_EQ(text(end.value), "-0");
    EXPECT_LT(end.tries, 10);
}

TEST(Simplicity, shrinks_in_binary32_to_short_decimals_of_binary32) {
    const auto fails = [](double x) { return x > 0.35 && x < 0.45; };
    const auto start = double{0.41234567F};
    const auto end = shrunk(shrinkable(start, {}, Precision::binary32), fails);
    EXPECT_EQ(end.value, double{0.4F});
}

TEST(Simplicity, stays_where_only_one_number_fails) {
    const double above = std::nextafter(36.7, 40);
    const auto end = shrunk(shrinkable(above, {}, kBinary64), [=](double x) { return x == above; });
    EXPECT_EQ(end.value, above);
    const Domain point{.lower = above, .upper = above};
    EXPECT_TRUE(simpler(above, point, kBinary64).empty());
}

TEST(Simplicity, of_a_narrow_domain_ends_at_its_shortest_decimal) {
    const Domain narrow{.lower = 37.41, .upper = 37.59};
    const auto always = [](double) { return true; };
    EXPECT_EQ(shrunk(shrinkable(37.512345678, narrow, kBinary64), always).value, 37.5);
    const Domain pair{.lower = 1, .upper = 1 + 0x1p-52};
    EXPECT_EQ(simpler(1 + 0x1p-52, pair, kBinary64), std::vector<double>{1.0});
}

}  // namespace
}  // namespace gradproof::generate
