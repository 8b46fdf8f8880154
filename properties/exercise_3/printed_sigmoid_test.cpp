// The printed sigmoid fails in double where the library's does not: over whole ranges, not at a point.
#include "exercise_3/sigmoid_in_double.hpp"

#include <gtest/gtest.h>
#include <gradproof/case/budget.hpp>
#include <gradproof/check/check.hpp>
#include <gradproof/primitives/builders.hpp>
#include <gradproof/subject/program_subject.hpp>

#include <cmath>
#include <limits>

namespace gradproof::fixtures::exercise_3 {
namespace {

/// Steps through (from, to] so that the tests see a thousand numbers of the range.
template <class Visit>
void over(double from, double to, Visit visit) {
    for (int k = 0; k <= 1000; ++k) visit(from + (to - from) * k / 1000);
}

cases::Case sigmoid_at(double x) {
    cases::Case at;
    at.graph.output = primitives::sigmoid(backprop::input(at.graph, "x", {})).id;
    at.inputs = {{x}};
    at.cotangent = {1.0};
    return at;
}

TEST(PrintedSigmoid, is_nan_from_709_8_on_and_a_number_before) {
    const double from = first_nan_of_printed_sigmoid();
    EXPECT_NEAR(from, 709.8, 0.05);
    EXPECT_EQ(printed_sigmoid(std::nextafter(from, 0.0)), 1.0);
    over(from, 1e4, [](double x) { EXPECT_TRUE(std::isnan(printed_sigmoid(x))) << x; });
    EXPECT_TRUE(std::isnan(printed_sigmoid(std::numeric_limits<double>::max())));
}

TEST(PrintedSigmoid, has_the_slope_0_from_37_5_on) {
    const double from = first_zero_of_printed_slope();
    EXPECT_NEAR(from, 37.5, 0.1);
    over(from, 709.7, [](double x) { EXPECT_EQ(printed_slope(x), 0.0) << x; });
    bool nonzero = false;
    double below = from;
    for (int k = 0; k < 100; ++k) {
        below = std::nextafter(below, 0.0);
        nonzero = nonzero || printed_slope(below) != 0.0;
    }
    EXPECT_TRUE(nonzero);
}

TEST(PrintedSigmoid, fails_where_the_librarys_agrees_with_differences) {
    const subject::Backprop library;
    for (const double x : {37.5, 100.0, 300.0, 500.0, 700.0, 709.8, 720.0, 740.0}) {
        const cases::Case at = sigmoid_at(x);
        const subject::ProgramTrial trial(library, at);
        const check::Report primal = check::primal(trial, check::Keep::everything);
        const check::Report gradient = check::gradient(trial, check::Keep::everything);
        EXPECT_EQ(primal.verdict, check::Verdict::agrees) << x;
        EXPECT_EQ(gradient.verdict, check::Verdict::agrees) << x;
        ASSERT_EQ(gradient.entries.size(), 1U);
        const double slope = gradient.entries[0].subject;
        EXPECT_GT(slope, 0.0) << x;
        // Not only within the budget: as exact as a double there can be.
        const double spacing = std::nextafter(slope, 1.0) - slope;
        EXPECT_LE(std::abs(gradient.entries[0].truth->value.convert_to<double>() - slope),
                  8 * spacing)
            << x;
        EXPECT_TRUE(printed_slope(x) == 0.0 || std::isnan(printed_slope(x))) << x;
    }
}

}  // namespace
}  // namespace gradproof::fixtures::exercise_3
