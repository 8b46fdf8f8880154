// What domains must hold: their ends are exact, and a malformed one is refused with a remedy.
#include <gradproof/generate/domain.hpp>

#include "refutes.hpp"
#include "some_domain.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>

namespace gradproof::generate {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

/// What is said about a domain that is refused; empty if it is not.
std::string refusal(const Domain& domain, Precision precision = Precision::binary64) {
    try {
        static_cast<void>(number(domain, precision));
        return "";
    } catch (const std::invalid_argument& error) {
        return error.what();
    }
}

RC_GTEST_PROP(Domain, ends_at_its_smallest_and_largest_number, ()) {
    const Precision precision = *some_precision();
    const Domain domain = *some_domain(precision);
    const Range ends = range(domain, precision);
    RC_ASSERT(contains(domain, ends.smallest, precision));
    RC_ASSERT(contains(domain, ends.largest, precision));
    RC_ASSERT(ends.smallest <= ends.largest);
    const double below = neighbour(ends.smallest, -1, precision);
    const double above = neighbour(ends.largest, 1, precision);
    RC_ASSERT(below == ends.smallest || !contains(domain, below, precision));
    RC_ASSERT(above == ends.largest || !contains(domain, above, precision));
}

TEST(Domain, of_no_bounds_is_the_finite_line) {
    const Range ends = range({}, Precision::binary32);
    EXPECT_EQ(ends.smallest, -largest(Precision::binary32));
    EXPECT_EQ(ends.largest, largest(Precision::binary32));
    EXPECT_FALSE(contains({}, kInfinity));
    EXPECT_FALSE(contains({}, kNaN));
}

TEST(Domain, with_open_ends_leaves_them_out) {
    const Range ends = range({.lower = 0, .upper = 1, .lower_open = true, .upper_open = true},
                             Precision::binary64);
    EXPECT_EQ(ends.smallest, std::numeric_limits<double>::denorm_min());
    EXPECT_EQ(ends.largest, std::nextafter(1.0, 0.0));
}

TEST(Domain, with_ends_between_two_numbers_of_the_format_ends_inside) {
    // 0.7F lies below 0.7, and 0.3F above 0.3.
    const Range ends = range({.lower = 0.7}, Precision::binary32);
    EXPECT_EQ(ends.smallest, double{std::nextafter(0.7F, 1.0F)});
    const Range mirrored = range({.lower = -0.3, .upper = -0.25}, Precision::binary32);
    EXPECT_EQ(mirrored.smallest, -double{std::nextafter(0.3F, 0.0F)});
}

TEST(Domain, of_integers_ends_at_integers) {
    const Range ends = range({.lower = -0.5, .upper = 7.5, .integers_only = true, .nonzero = true},
                             Precision::binary64);
    EXPECT_EQ(ends.smallest, 1);
    EXPECT_EQ(ends.largest, 7);
}

TEST(Domain, that_is_malformed_is_refused_with_what_was_given_and_what_to_do) {
    EXPECT_EQ(refusal({.lower = 3, .upper = 1}),
              "the domain [3, 1] has its lower end above its upper end; give lower <= upper");
    EXPECT_EQ(refusal({.lower = kNaN}),
              "the domain [nan, inf] has a NaN for an end; give two numbers, or infinities for an "
              "end that is not bounded");
    EXPECT_EQ(refusal({.lower = 0, .hard_points = {kInfinity}}),
              "the domain [0, inf] has the hard point inf; give finite hard points, such as 36.7");
}

TEST(Domain, without_a_number_is_refused) {
    const Domain between{.lower = 1, .upper = 1 + 0x1p-52, .lower_open = true, .upper_open = true};
    EXPECT_EQ(refusal(between),
              "the domain (1, 1.0000000000000002) has no number in binary64; widen it, close an "
              "end, or drop a restriction");
    EXPECT_NE(refusal({.lower = 0.1, .upper = 0.9, .integers_only = true}), "");
    EXPECT_NE(refusal({.lower = -0.0, .upper = 0, .nonzero = true}), "");
    EXPECT_NE(refusal({.lower = 1e300}, Precision::binary32), "");
    EXPECT_NE(refusal({.lower = 0.1, .upper = 0.1}, Precision::binary32), "");
    EXPECT_NE(refusal({.lower = kInfinity}), "");
}

}  // namespace
}  // namespace gradproof::generate
