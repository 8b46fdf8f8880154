// What the line of a format's numbers must hold: neighbours are neighbours, everywhere.
#include <gradproof/generate/number.hpp>
#include <gradproof/generate/precision.hpp>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <cstdint>
#include <limits>

namespace gradproof::generate {
namespace {

RC_GTEST_PROP(Precision, a_step_of_one_is_the_next_number_of_binary64, ()) {
    const double x = *number({});
    RC_ASSERT(neighbour(x, 1, Precision::binary64) ==
              std::nextafter(x, std::numeric_limits<double>::max()));
    RC_ASSERT(neighbour(x, -1, Precision::binary64) ==
              std::nextafter(x, std::numeric_limits<double>::lowest()));
}

RC_GTEST_PROP(Precision, a_step_of_one_is_the_next_number_of_binary32, ()) {
    const auto x = static_cast<float>(*number({}, Precision::binary32));
    RC_ASSERT(neighbour(x, 1, Precision::binary32) ==
              double{std::nextafter(x, std::numeric_limits<float>::max())});
    RC_ASSERT(neighbour(x, -1, Precision::binary32) ==
              double{std::nextafter(x, std::numeric_limits<float>::lowest())});
}

RC_GTEST_PROP(Precision, every_number_is_at_its_place, ()) {
    for (const Precision precision : {Precision::binary64, Precision::binary32}) {
        const double x = *number({}, precision);
        RC_ASSERT(at_ordinal(ordinal(x, precision), precision) == x);
    }
}

TEST(Precision, steps_beyond_the_largest_number_end_there) {
    for (const Precision precision : {Precision::binary64, Precision::binary32}) {
        const double top = largest(precision);
        EXPECT_EQ(neighbour(top, 1, precision), top);
        EXPECT_EQ(neighbour(1, std::numeric_limits<std::int64_t>::max(), precision), top);
        EXPECT_EQ(neighbour(-1, std::numeric_limits<std::int64_t>::min(), precision), -top);
        EXPECT_EQ(neighbour(0, 1, precision), smallest_subnormal(precision));
        EXPECT_EQ(neighbour(-0.0, -1, precision), -smallest_subnormal(precision));
    }
}

TEST(Precision, rounding_is_to_the_nearest_and_never_to_infinity) {
    EXPECT_EQ(rounded(0.1, Precision::binary32), double{0.1F});
    EXPECT_EQ(rounded(1e300, Precision::binary32), largest(Precision::binary32));
    EXPECT_EQ(rounded(-std::numeric_limits<double>::infinity(), Precision::binary64),
              -largest(Precision::binary64));
    EXPECT_TRUE(std::signbit(rounded(-1e-300, Precision::binary32)));
}

TEST(Precision, only_finite_numbers_of_the_format_are_representable) {
    EXPECT_TRUE(representable(0.1, Precision::binary64));
    EXPECT_FALSE(representable(0.1, Precision::binary32));
    EXPECT_TRUE(representable(-0.0, Precision::binary32));
    EXPECT_FALSE(representable(1e300, Precision::binary32));
    for (const Precision precision : {Precision::binary64, Precision::binary32}) {
        EXPECT_FALSE(representable(std::numeric_limits<double>::infinity(), precision));
        EXPECT_FALSE(representable(std::numeric_limits<double>::quiet_NaN(), precision));
    }
}

}  // namespace
}  // namespace gradproof::generate
