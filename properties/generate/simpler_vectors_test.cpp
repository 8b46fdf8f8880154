// What shrinking vectors must hold: each try is simpler, many entries go at once, equal entries can
// stay equal.
#include <gradproof/generate/numbers.hpp>
#include <gradproof/generate/simpler_vectors.hpp>

#include "refutes.hpp"
#include "some_domain.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

namespace gradproof::generate {
namespace {

using Vector = std::vector<double>;

constexpr Precision k64 = Precision::binary64;

RC_GTEST_PROP(SimplerVectors, are_simpler_and_in_the_domain_and_representable, ()) {
    const Precision precision = *some_precision();
    const Domain domain = *some_domain(precision);
    const std::size_t count = Dice(rc::Random(*rc::gen::arbitrary<std::uint64_t>())).below(6);
    const Vector values = *numbers(count, domain, precision);
    for (const Vector& tried : simpler(values, domain, precision)) {
        RC_ASSERT(is_simpler(tried, values, precision));
        RC_ASSERT(!is_simpler(values, tried, precision));
        for (const double x : tried) RC_ASSERT(contains(domain, x, precision));
    }
}

RC_GTEST_PROP(SimplerVectors, always_lead_to_all_zero_where_everything_fails, ()) {
    const Vector values = *numbers(5, {});
    const auto end = shrunk(shrinkable(values, {}, k64), [](const Vector&) { return true; });
    RC_ASSERT(end.value == Vector(5, 0.0));
    RC_ASSERT(end.tries <= 2);
}

RC_GTEST_PROP(SimplerVectors, leave_one_entry_where_one_entry_fails, ()) {
    Vector values = *numbers(40, {});
    const std::size_t culprit = Dice(rc::Random(*rc::gen::arbitrary<std::uint64_t>())).below(40);
    values[culprit] = *number({.lower = 3, .lower_open = true});
    const auto fails = [=](const Vector& tried) { return tried[culprit] > 3; };
    const auto end = shrunk(shrinkable(values, {}, k64), fails);
    Vector wanted(40, 0.0);
    wanted[culprit] = 4;
    RC_ASSERT(end.value == wanted);
    RC_ASSERT(end.tries < 260);
}

RC_GTEST_PROP(SimplerVectors, keep_a_tie_that_fails_and_make_it_simple, ()) {
    Vector values = *numbers(4, {.lower = 3, .lower_open = true});
    values[1] = values[3];
    const auto tied = [](const Vector& tried) { return tried[1] == tried[3] && tried[1] > 3; };
    const auto end = shrunk(shrinkable(values, {}, k64), tied);
    RC_ASSERT(end.value == (Vector{0, 4, 0, 4}));
    RC_ASSERT(end.tries < 300);
}

RC_GTEST_PROP(SimplerVectors, make_a_sum_that_fails_out_of_one_simple_entry, ()) {
    Vector values = *numbers(6, {}, k64, Style::one_decimal);
    const auto sum = [](const Vector& tried) {
        return std::accumulate(tried.begin(), tried.end(), 0.0);
    };
    values[2] += 2.6 - std::min(sum(values), 0.0);
    const auto fails = [&](const Vector& tried) { return sum(tried) > 2.5; };
    const auto end = shrunk(shrinkable(values, {}, k64), fails);
    RC_ASSERT(fails(end.value));
    for (const double x : end.value) RC_ASSERT(x == 0 || x == 1 || x == 2 || x == 3);
    RC_ASSERT(end.tries < 300);
}

TEST(SimplerVectors, do_without_0_and_1_where_the_domain_has_neither) {
    const Domain domain{.lower = 3, .upper = 8};
    const auto always = [](const Vector&) { return true; };
    const auto end = shrunk(shrinkable(Vector{7.25, 5.5, 3.75}, domain, k64), always);
    EXPECT_EQ(end.value, (Vector{3, 3, 3}));
}

TEST(SimplerVectors, are_none_for_no_entries_and_for_zeros) {
    EXPECT_TRUE(simpler(Vector{}, {}, k64).empty());
    EXPECT_TRUE(simpler(Vector{0, 0, 0}, {}, k64).empty());
}

TEST(SimplerVectors, are_made_as_they_are_asked_for) {
    const Vector large(20000, 36.7);
    auto sequence = simpler_vectors(large, {}, k64);
    EXPECT_EQ(*sequence.next(), Vector(20000, 0.0));
    EXPECT_EQ(simpler(large, {}, k64, 5).size(), 5U);
}

TEST(SimplerVectors, of_another_length_are_not_compared) {
    EXPECT_FALSE(is_simpler({0}, {1, 1}, k64));
    EXPECT_FALSE(is_simpler({0, 2}, {1, 1}, k64));
    EXPECT_FALSE(is_simpler({1, 1}, {1, 1}, k64));
}

}  // namespace
}  // namespace gradproof::generate
