// What generators of vectors and cotangents must hold: ties, zeros and dominating entries come up,
// the arrangement never leaves the domain.
#include <gradproof/generate/classes.hpp>
#include <gradproof/generate/numbers.hpp>

#include "refutes.hpp"
#include "some_domain.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <functional>
#include <stdexcept>
#include <vector>

namespace gradproof::generate {
namespace {

using Vector = std::vector<double>;

constexpr int kTries = 300;

/// The property that no draw is of a class.
std::function<bool(const Vector&)> never_numbers_with(InputClass input_class) {
    return [input_class](const Vector& values) { return !classes_of(values).has(input_class); };
}

TEST(Numbers, refute_that_entries_have_nothing_to_do_with_each_other) {
    for (const Style style : {Style::corners, Style::well_scaled, Style::badly_scaled}) {
        for (const std::size_t count : {std::size_t{2}, std::size_t{3}, std::size_t{10}}) {
            const auto vectors = numbers(count, {}, Precision::binary64, style);
            for (const InputClass claimed :
                 {InputClass::tie, InputClass::near_tie, InputClass::sparse, InputClass::dominated,
                  InputClass::zero, InputClass::negative_zero}) {
                EXPECT_EQ(seeds_that_refute(vectors, never_numbers_with(claimed), kTries), 5)
                    << name(claimed) << " among " << count;
            }
        }
    }
}

TEST(Numbers, refute_never_all_equal_and_always_all_equal) {
    const auto all_equal = [](const Vector& values) {
        return std::all_of(values.begin(), values.end(),
                           [&](double x) { return x != 0 && x == values.front(); });
    };
    const auto vectors = numbers(7, {}, Precision::binary64, Style::well_scaled);
    const auto never_equal = [&](const Vector& values) { return !all_equal(values); };
    EXPECT_EQ(seeds_that_refute(vectors, never_equal, kTries), 5);
    EXPECT_EQ(seeds_that_refute(vectors, all_equal, kTries), 5);
}

TEST(Numbers, refute_that_entries_always_have_to_do_with_each_other) {
    const auto vectors = numbers(3, {}, Precision::binary64, Style::well_scaled);
    const auto related = [](const Vector& values) {
        const ClassSet classes = classes_of(values);
        return classes.has(InputClass::tie) || classes.has(InputClass::near_tie) ||
               classes.has(InputClass::zero) || classes.has(InputClass::negative_zero) ||
               std::any_of(values.begin(), values.end(), [](double x) { return x > 1e3; }) ||
               std::any_of(values.begin(), values.end(), [](double x) { return x < -1e3; });
    };
    EXPECT_EQ(seeds_that_refute(vectors, related, kTries), 5);
}

TEST(Numbers, refute_never_two_equal_entries_in_a_domain_without_zero) {
    const Domain positive{.lower = 0, .lower_open = true};
    const auto vectors = numbers(4, positive, Precision::binary32);
    EXPECT_EQ(seeds_that_refute(vectors, never_numbers_with(InputClass::tie), kTries), 5);
}

TEST(Numbers, that_are_independent_and_well_scaled_have_no_ties_and_no_zeros) {
    const auto vectors =
        numbers(5, {}, Precision::binary64, Style::well_scaled, Arrangement::independent);
    for (const InputClass claimed : {InputClass::tie, InputClass::zero, InputClass::dominated}) {
        EXPECT_EQ(seeds_that_refute(vectors, never_numbers_with(claimed), kTries), 0)
            << name(claimed);
    }
}

RC_GTEST_PROP(Numbers, are_as_many_as_asked_for_and_in_their_domain, ()) {
    const Precision precision = *some_precision();
    const Domain domain = *some_domain(precision);
    const Style style = *some_style();
    for (const std::size_t count : {0U, 1U, 2U, 3U, 8U}) {
        const Vector values = *numbers(count, domain, precision, style);
        RC_ASSERT(values.size() == count);
        for (const double x : values) RC_ASSERT(contains(domain, x, precision));
    }
}

RC_GTEST_PROP(Cotangent, has_an_entry_for_every_output_and_each_is_representable, ()) {
    const Precision precision = *some_precision();
    const Style style = *some_style();
    for (const std::size_t count : {0U, 1U, 2U, 3U, 8U}) {
        const Vector values = *cotangent(count, precision, style);
        RC_ASSERT(values.size() == count);
        for (const double x : values) RC_ASSERT(representable(x, precision));
    }
}

TEST(Cotangent, refutes_what_is_false) {
    for (const std::size_t count : {std::size_t{2}, std::size_t{5}}) {
        const auto cotangents = cotangent(count);
        for (const InputClass claimed :
             {InputClass::zero, InputClass::negative_zero, InputClass::sparse,
              InputClass::unit_vector, InputClass::all_zero, InputClass::tie}) {
            EXPECT_EQ(seeds_that_refute(cotangents, never_numbers_with(claimed), kTries), 5)
                << name(claimed) << " among " << count;
        }
        const auto always_a_zero_or_one = [](const Vector& values) {
            return std::any_of(values.begin(), values.end(),
                               [](double x) { return x == 0 || x == 1; });
        };
        EXPECT_EQ(seeds_that_refute(cotangents, always_a_zero_or_one, kTries), 5);
    }
}

TEST(Cotangent, selects_every_output_by_a_unit_vector) {
    for (std::size_t i = 0; i < 4; ++i) {
        for (const double sign : {1.0, -1.0}) {
            Vector unit(4, 0.0);
            unit[i] = sign;
            const auto never_this = [&](const Vector& values) { return values != unit; };
            EXPECT_EQ(seeds_that_refute(cotangent(4), never_this, 2 * kTries), 5) << i;
        }
    }
}

TEST(Numbers, of_a_malformed_domain_are_refused_before_any_draw) {
    EXPECT_THROW(static_cast<void>(numbers(3, {.lower = 2, .upper = 1})), std::invalid_argument);
}

}  // namespace
}  // namespace gradproof::generate
