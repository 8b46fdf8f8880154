// What a check refuses to look at: numbers that are none, counts that do not fit. Each refusal names
// what was given, what was wanted and why.
#include "some_cases.hpp"

#include <limits>
#include <stdexcept>

#include <gtest/gtest.h>

namespace gradproof::check {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNotANumber = std::numeric_limits<double>::quiet_NaN();

[[nodiscard]] std::string refusal(const cases::Case& drawn) {
    try {
        const subject::Backprop backprop;
        static_cast<void>(subject::ProgramTrial(backprop, drawn));
    } catch (const std::invalid_argument& refused) {
        return refused.what();
    }
    return "accepted";
}

TEST(ACheck, refuses_inputs_that_are_not_finite) {
    EXPECT_EQ(refusal(single(primitives::square, {1, kNotANumber})),
              "case: input \"x0\", number 1, is nan, wanted a finite number: a derivative exists "
              "only at finite points");
    EXPECT_EQ(refusal(single(primitives::square, {-kInfinity})),
              "case: input \"x0\", number 0, is -inf, wanted a finite number: a derivative exists "
              "only at finite points");
}

TEST(ACheck, refuses_a_cotangent_that_is_not_finite) {
    cases::Case drawn = single(primitives::square, {1, 2});
    drawn.cotangent[1] = kInfinity;
    EXPECT_EQ(refusal(drawn),
              "case: cotangent number 1 is inf, wanted a finite number: a derivative exists only "
              "at finite points");
}

TEST(ACheck, refuses_an_attribute_that_is_not_finite) {
    EXPECT_EQ(
        refusal(program(
            [](const auto& x) { static_cast<void>(primitives::scale(kNotANumber, x[0])); }, {{1}})),
        "case: an attribute of n1 is nan, wanted a finite number: a derivative exists only "
        "at finite points");
}

TEST(ACheck, refuses_numbers_that_the_precision_does_not_have) {
    cases::Case drawn = single(primitives::square, {0.1});
    drawn.precision = scalar::Precision::binary32;
    EXPECT_EQ(refusal(drawn),
              "case: input \"x0\", number 0, is 0.1, which is no binary32 number; round it, or "
              "declare binary64");
}

TEST(ACheck, refuses_counts_that_do_not_fit_the_shapes) {
    cases::Case drawn = single(primitives::square, {1, 2});
    drawn.inputs[0].push_back(3);
    EXPECT_EQ(refusal(drawn), "case: input \"x0\" has 3 numbers, its shape [2] wants 2");
    drawn = single(primitives::square, {1, 2});
    drawn.cotangent.pop_back();
    EXPECT_EQ(refusal(drawn), "case: the cotangent has 1 numbers, its shape [2] wants 2");
    drawn = single(primitives::square, {1, 2});
    drawn.inputs.clear();
    EXPECT_EQ(refusal(drawn), "case: given 0 inputs, the program wants 1");
}

TEST(ACheck, takes_what_is_finite_and_fits) {
    EXPECT_EQ(refusal(single(primitives::square, {1e308, -0.0})), "accepted");
}

}  // namespace
}  // namespace gradproof::check
