// What the text of a number must hold: it reads back as the same bits, and nothing shorter does.
#include <gradproof/case/number_text.hpp>

#include "any_case.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>

namespace gradproof::cases {
namespace {

double read_back(const std::string& text, Precision precision) {
    return text.front() == '"' ? number_from_word(text.substr(1, text.size() - 2)).value()
                               : number_from_decimal(text, precision).value();
}

void expect_round_trip(double value, Precision precision) {
    const std::string text = number_text(value, precision);
    ASSERT_EQ(std::bit_cast<std::uint64_t>(read_back(text, precision)),
              std::bit_cast<std::uint64_t>(value))
        << text;
}

RC_GTEST_PROP(TheTextOfANumber, reads_back_as_the_same_bits, (std::uint64_t seed)) {
    generate::Dice dice{rc::Random(seed)};
    for (const Precision precision : {Precision::binary64, Precision::binary32}) {
        for (int i = 0; i < 200; ++i) {
            const double value = any_number(dice, precision);
            const std::string text = number_text(value, precision);
            RC_ASSERT(std::bit_cast<std::uint64_t>(read_back(text, precision)) ==
                      std::bit_cast<std::uint64_t>(value));
        }
    }
}

TEST(TheTextOfANumber, reads_back_at_every_power_of_two_and_beside_it) {
    for (int exponent = -1074; exponent < 1024; ++exponent) {
        const double power = std::ldexp(1.0, exponent);
        expect_round_trip(power, Precision::binary64);
        expect_round_trip(std::nextafter(power, 0), Precision::binary64);
        expect_round_trip(-std::nextafter(power, 2 * power), Precision::binary64);
    }
    for (int exponent = -149; exponent < 128; ++exponent) {
        const float power = std::ldexp(1.0F, exponent);
        expect_round_trip(power, Precision::binary32);
        expect_round_trip(std::nextafter(power, 0.0F), Precision::binary32);
        expect_round_trip(-std::nextafter(power, 2 * power), Precision::binary32);
    }
}

TEST(TheTextOfANumber, is_what_a_person_would_write) {
    const auto wide = [](double value) { return number_text(value, Precision::binary64); };
    const auto narrow = [](float value) { return number_text(value, Precision::binary32); };
    EXPECT_EQ(wide(1), "1");
    EXPECT_EQ(wide(0), "0");
    EXPECT_EQ(wide(-0.0), "\"-0\"");
    EXPECT_EQ(wide(0.1), "0.1");
    EXPECT_EQ(wide(-2.5), "-2.5");
    EXPECT_EQ(wide(1e308), "1e+308");
    EXPECT_EQ(wide(5e-324), "5e-324");
    EXPECT_EQ(wide(-std::nan("7")), "\"nan\"");
    EXPECT_EQ(wide(std::numeric_limits<double>::infinity()), "\"inf\"");
    EXPECT_EQ(narrow(0.1F), "0.1");
    EXPECT_EQ(narrow(std::numeric_limits<float>::max()), "3.4028235e+38");
    EXPECT_EQ(narrow(std::numeric_limits<float>::denorm_min()), "1e-45");
    EXPECT_EQ(narrow(16777216.0F), "16777216");
}

TEST(ADecimal, is_rounded_once_to_the_nearest_number_ties_to_even) {
    const auto narrow = [](const char* text) {
        return number_from_decimal(text, Precision::binary32).value();
    };
    EXPECT_EQ(number_from_decimal("9007199254740993", Precision::binary64), 9007199254740992.0);
    EXPECT_EQ(narrow("16777217"), 16777216.0);
    // Just above the middle of 1 and the next float, by less than a double can tell: through a double
    // this would be a tie, which goes to 1.
    EXPECT_EQ(narrow("1.000000059604644775390625000000000000001"), 1 + std::ldexp(1.0, -23));
    EXPECT_EQ(narrow("1.000000059604644775390625"), 1.0);
}

TEST(ADecimal, that_leaves_the_range_is_no_number) {
    const auto wide = [](const char* text) {
        return number_from_decimal(text, Precision::binary64);
    };
    const auto narrow = [](const char* text) {
        return number_from_decimal(text, Precision::binary32);
    };
    for (const char* text : {"1e309", "-1e309", "1.7976931348623159e308", "1e-324", "-1e-400"}) {
        EXPECT_EQ(wide(text), std::nullopt) << text;
    }
    for (const char* text : {"1e39", "-3.4028236e38", "1e-46", "1e308", "5e-324"}) {
        EXPECT_EQ(narrow(text), std::nullopt) << text;
    }
    EXPECT_EQ(wide("0e-99999"), 0.0);
    EXPECT_EQ(wide("1.7976931348623157e308"), std::numeric_limits<double>::max());
}

TEST(AWord, is_a_number_only_if_it_is_one_of_four) {
    EXPECT_TRUE(std::isnan(number_from_word("nan").value()));
    EXPECT_TRUE(std::signbit(number_from_word("-0").value()));
    for (const char* word : {"NaN", "Inf", "+inf", "infinity", "-nan", "0", "1", "", " inf"}) {
        EXPECT_EQ(number_from_word(word), std::nullopt) << word;
    }
}

}  // namespace
}  // namespace gradproof::cases
