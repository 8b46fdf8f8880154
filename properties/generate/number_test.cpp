// What generators of numbers must hold: they stay in the domain, and they refute what is false.
#include <gradproof/generate/classes.hpp>
#include <gradproof/generate/decimal.hpp>
#include <gradproof/generate/number.hpp>

#include "refutes.hpp"
#include "some_domain.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <cstdlib>
#include <functional>

namespace gradproof::generate {
namespace {

constexpr int kTriesOfANumber = 200;
const Domain kLogistic{.hard_points = {36.7, -745}};

struct Claim {
    const char* sentence;
    std::function<bool(double)> holds;
};

bool within_an_ulp(double x, double point, Precision precision) {
    const double nearest_point = rounded(point, precision);
    return x == neighbour(nearest_point, 1, precision) ||
           x == neighbour(nearest_point, -1, precision);
}

std::vector<Claim> false_claims(Precision precision) {
    const double tiny = precision == Precision::binary64 ? 1e-200 : 1e-30;
    const double huge = precision == Precision::binary64 ? 1e300 : 1e37;
    const int digits = precision == Precision::binary64 ? 15 : 7;
    const auto count = [=](double x) { return shortest_decimal(x, precision).count(); };
    return {
        {"never below 1e-6", [](double x) { return x == 0 || std::abs(x) >= 1e-6; }},
        {"never tiny", [=](double x) { return x == 0 || std::abs(x) >= tiny; }},
        {"never exactly 0", [](double x) { return x != 0 || std::signbit(x); }},
        {"never negative zero", [](double x) { return x != 0 || !std::signbit(x); }},
        {"never negative", [](double x) { return !(x < 0); }},
        {"never positive", [](double x) { return !(x > 0); }},
        {"never subnormal",
         [=](double x) { return x == 0 || std::abs(x) >= smallest_normal(precision); }},
        {"never inside the subnormals",
         [=](double x) {
             return std::abs(x) < 1000 * smallest_subnormal(precision) ||
                    std::abs(x) > smallest_normal(precision) / 10;
         }},
        {"never large, yet far from overflow",
         [=](double x) { return std::abs(x) < 1e8 || std::abs(x) > huge / 1e10; }},
        {"never small, yet far from underflow",
         [=](double x) { return std::abs(x) > 1e-8 || std::abs(x) < tiny; }},
        {"never near overflow", [=](double x) { return std::abs(x) <= huge; }},
        {"never the largest number", [=](double x) { return std::abs(x) != largest(precision); }},
        {"never a hard point", [=](double x) { return x != rounded(36.7, precision); }},
        {"never between an ulp and a percent from 36.7",
         [=](double x) {
             return std::abs(x - 36.7) > 0.3 || std::abs(x - 36.7) < (digits == 15 ? 1e-6 : 1e-3);
         }},
        {"never an ulp from 36.7", [=](double x) { return !within_an_ulp(x, 36.7, precision); }},
        {"never an ulp from -745", [=](double x) { return !within_an_ulp(x, -745, precision); }},
        {"never an ulp from 1", [=](double x) { return !within_an_ulp(x, 1, precision); }},
        {"never a small integer",
         [](double x) { return x == 0 || std::abs(x) > 10 || x != std::trunc(x); }},
        {"never a short decimal", [=](double x) { return count(x) > 3; }},
        {"at most three significant digits", [=](double x) { return count(x) <= 3; }},
        {"never all digits", [=](double x) { return count(x) < digits; }},
        {"always an integer", [](double x) { return x == std::trunc(x); }},
    };
}

TEST(Number, refutes_what_is_false_of_corners) {
    for (const Precision precision : {Precision::binary64, Precision::binary32}) {
        for (const Claim& claim : false_claims(precision)) {
            EXPECT_EQ(
                seeds_that_refute(number(kLogistic, precision), claim.holds, 4 * kTriesOfANumber),
                5)
                << claim.sentence;
        }
    }
}

TEST(Number, refutes_what_is_false_of_the_other_styles) {
    const auto of = [](Style style) { return number({}, Precision::binary64, style); };
    const auto below_2 = [](double x) { return std::abs(x) < 2; };
    const auto not_small = [](double x) { return std::abs(x) > 0.01; };
    EXPECT_EQ(seeds_that_refute(of(Style::well_scaled), below_2, kTriesOfANumber), 5);
    EXPECT_EQ(seeds_that_refute(of(Style::well_scaled), not_small, 2 * kTriesOfANumber), 5);
    EXPECT_EQ(seeds_that_refute(
                  of(Style::one_decimal), [](double x) { return x != 0; }, kTriesOfANumber),
              5);
    const auto below_million = [](double x) { return std::abs(x) < 1e6; };
    const auto above_millionth = [](double x) { return std::abs(x) > 1e-6; };
    EXPECT_EQ(seeds_that_refute(of(Style::badly_scaled), below_million, kTriesOfANumber), 5);
    EXPECT_EQ(seeds_that_refute(of(Style::badly_scaled), above_millionth, kTriesOfANumber), 5);
}

TEST(Number, of_one_decimal_has_one_decimal_and_of_well_scaled_stays_below_ten) {
    const auto one_decimal = [](double x) {
        return std::abs(x) <= 3 && x == std::round(10 * x) / 10;
    };
    const auto scaled = [](double x) { return std::abs(x) < 10; };
    const auto decimals = number({}, Precision::binary64, Style::one_decimal);
    const auto normals = number({}, Precision::binary64, Style::well_scaled);
    EXPECT_EQ(seeds_that_refute(decimals, one_decimal, 1000), 0);
    EXPECT_EQ(seeds_that_refute(normals, scaled, 1000), 0);
}

RC_GTEST_PROP(Number, is_in_its_domain_and_representable, ()) {
    const Precision precision = *some_precision();
    const Domain domain = *some_domain(precision);
    const Style style = *some_style();
    rc::Random random = *rc::Gen<rc::Random>(
        [](const rc::Random& given, int) { return rc::shrinkable::just(rc::Random(given)); });
    for (int size = 0; size <= 100; size += 5) {
        const double x = number(domain, precision, style)(random.split(), size).value();
        if (!contains(domain, x, precision)) RC_FAIL(text(x) + " is not in " + text(domain));
    }
}

TEST(Number, is_the_only_one_of_a_domain_of_one_point) {
    const Domain point{.lower = 36.7, .upper = 36.7};
    const auto is_it = [](double x) { return x == 36.7; };
    EXPECT_EQ(seeds_that_refute(number(point), is_it, kTriesOfANumber), 0);
}

TEST(Number, comes_from_both_ends_of_a_domain_of_two_points) {
    const Domain pair{.lower = 1, .upper = 1 + 0x1p-52};
    EXPECT_EQ(seeds_that_refute(
                  number(pair), [](double x) { return x == 1; }, kTriesOfANumber),
              5);
    EXPECT_EQ(seeds_that_refute(
                  number(pair), [](double x) { return x != 1; }, kTriesOfANumber),
              5);
}

TEST(Number, of_a_narrow_domain_keeps_short_decimals_and_all_digits) {
    const Domain narrow{.lower = 37.4, .upper = 37.6, .lower_open = true, .upper_open = true};
    const auto digits = [](double x) { return shortest_decimal(x, Precision::binary64).count(); };
    EXPECT_EQ(seeds_that_refute(
                  number(narrow), [&](double x) { return digits(x) > 3; }, kTriesOfANumber),
              5);
    EXPECT_EQ(seeds_that_refute(
                  number(narrow), [&](double x) { return digits(x) < 15; }, kTriesOfANumber),
              5);
    const auto not_at_the_end = [](double x) { return x < std::nextafter(37.6, 0); };
    EXPECT_EQ(seeds_that_refute(number(narrow), not_at_the_end, kTriesOfANumber), 5);
}

TEST(Number, of_an_integer_domain_is_small_and_large_and_both_ends) {
    const Domain exponents{.lower = -3, .upper = 1e6, .integers_only = true};
    for (const double wanted : {-3.0, 0.0, 1.0, 2.0, 1e6}) {
        const auto never = [wanted](double x) { return x != wanted; };
        EXPECT_EQ(seeds_that_refute(number(exponents), never, 2 * kTriesOfANumber), 5) << wanted;
    }
    const auto below_1000 = [](double x) { return x < 1000 || x == 1e6; };
    EXPECT_EQ(seeds_that_refute(number(exponents), below_1000, kTriesOfANumber), 5);
}

TEST(Number, is_not_pinned_at_small_sizes) {
    rc::Random random(1);
    ClassSet covered;
    for (int i = 0; i < 2000; ++i) {
        covered |= classes_of(number(kLogistic)(random.split(), 0).value(), kLogistic);
    }
    for (const InputClass wanted :
         {InputClass::zero, InputClass::negative_zero, InputClass::subnormal, InputClass::huge,
          InputClass::near_overflow, InputClass::hard_point, InputClass::hard_point_neighbour,
          InputClass::near_hard_point, InputClass::many_digits}) {
        EXPECT_TRUE(covered.has(wanted)) << name(wanted);
    }
}

}  // namespace
}  // namespace gradproof::generate
