// What holding two traces against each other must find: intermediates that move too far, and
// comparisons that come out differently.
#include <gradproof/oracle/trace_agreement.hpp>

#include <cmath>

#include <gtest/gtest.h>

namespace {

using namespace gradproof::scalar;
using gradproof::oracle::agreement;
using gradproof::oracle::TraceAgreement;
using Number = Witness<50>;

/// f at x and at x + h, both exact.
template <class Function>
[[nodiscard]] TraceAgreement of(Function f, double x, double h) {
    open_exponent_range();
    Trace<50> centre, side;
    static_cast<void>(f(Number(Wide<50>(x), &centre, true)));
    static_cast<void>(f(Number(Wide<50>(x) + h, &side, true)));
    return agreement<50>(centre, side);
}

TEST(Traces, of_a_saturated_function_show_the_move) {
    const auto steep = [](const Number& x) { return tanh(Number(1e40) * x); };
    EXPECT_TRUE(of(steep, 0, 0x1p-53).moved_too_far);
    EXPECT_FALSE(of(steep, 0, 0x1p-200).moved_too_far);
    const auto narrow = [](const Number& x) { return sqrt(x + Number(1e-60)); };
    EXPECT_TRUE(of(narrow, 0, 0x1p-53).moved_too_far);
    EXPECT_FALSE(of(narrow, 0, 0x1p-230).moved_too_far);
}

TEST(Traces, show_angles_by_their_absolute_move) {
    const auto wave = [](const Number& x) { return sin(x); };
    EXPECT_TRUE(of(wave, 0x1p60, 0x1p7).moved_too_far)
        << "a small share of the angle, many periods";
    EXPECT_FALSE(of(wave, 1.0, 0x1p-53).moved_too_far);
    const auto in_step = [](const Number& x) {
        return sin(Number(0x1p57) * (Number(6.283185307179586) * x));
    };
    EXPECT_TRUE(of(in_step, 1.0, 0x1p-53).moved_too_far);
}

TEST(Traces, take_an_angle_that_its_rounding_hides_for_one_that_has_moved) {
    // The sum is rounded to a multiple of 2^40 or so: both points have the same angle, whatever x does.
    const auto drowned = [](const Number& x) { return cos(x * Number(0x1p200) + Number(0x1p210)); };
    EXPECT_TRUE(of(drowned, 1.0 + 0x1p-40, 0x1p-166).moved_too_far);
    EXPECT_TRUE(of([](const Number& x) { return cos(x / Number(3.0) * Number(0x1p200)); }, 1.0, 0)
                    .moved_too_far);
}

TEST(Traces, allow_small_moves_from_0_and_none_to_it) {
    const auto square = [](const Number& x) { return x * x; };
    EXPECT_FALSE(of(square, 0, 0x1p-53).moved_too_far);
    EXPECT_TRUE(
        of([](const Number& x) { return exp(x * Number(0x1p40)); }, 0, 0x1p-53).moved_too_far);
    EXPECT_TRUE(of([](const Number& x) { return exp(x - Number(1.0)); }, 1 + 0x1p-30, -0x1p-30)
                    .moved_too_far);
}

TEST(Traces, ask_how_far_a_sum_moves_where_something_bends_it) {
    const auto moves = [](auto f) { return of(f, 0, 0x1p-53).moved_too_far; };
    const auto sum = [](const Number& x) { return (x + Number(1e-60)) / Number(3.0); };
    EXPECT_FALSE(moves(sum)) << "a linear function has no terms to neglect";
    EXPECT_TRUE(moves([&](const Number& x) { return sqrt(sum(x)); }));
    EXPECT_TRUE(moves([&](const Number& x) { return sum(x) * sum(x); }));
    EXPECT_TRUE(moves([&](const Number& x) { return Number(1.0) / sum(x); }));
    EXPECT_TRUE(moves([&](const Number& x) { return pow(sum(x), Number(2.5)); }));
    EXPECT_TRUE(moves([&](const Number& x) { return pow(Number(2.5), sum(x)); }));
    EXPECT_TRUE(moves([&](const Number& x) { return hypot(sum(x), Number(1.0)); }));
    EXPECT_TRUE(moves([&](const Number& x) { return atan2(sum(x), Number(1.0)); }));
    EXPECT_TRUE(moves([&](const Number& x) { return lgamma(sum(x)); }));
    EXPECT_TRUE(moves([&](const Number& x) { return on_record(sin(unrecorded(sum(x))), x); }));
    EXPECT_TRUE(moves([&](const Number& x) { return x * detached(sum(x)); }));
}

TEST(Traces, see_a_value_within_its_own_bound_as_0) {
    const auto noise = [](const Number& x) { return x / Number(3.0) * Number(3.0) - x; };
    EXPECT_FALSE(of(noise, 1.0, 0x1p-53).moved_too_far);
}

TEST(Traces, differ_where_a_comparison_does) {
    const auto relu = [](const Number& x) { return x > Number(0) ? x : Number(0); };
    EXPECT_FALSE(of(relu, 0x1p-60, -0x1p-53).same_comparisons);
    EXPECT_FALSE(of(relu, 0, 0x1p-53).same_comparisons) << "a tie is no sign";
    EXPECT_TRUE(of(relu, 1, 0x1p-53).same_comparisons);
    const auto more = [](const Number& x) { return precedes(x, Number(0)) ? x + Number(1.0) : x; };
    EXPECT_FALSE(of(more, -0x1p-60, 0x1p-53).same_comparisons) << "one trace is longer";
}

TEST(Traces, that_went_another_way_are_followed_no_further) {
    Trace<50> side, limit;
    limit.followed = &side;
    EXPECT_FALSE(Number(Wide<50>(1.5), &side, true) < Number(1.0));
    EXPECT_FALSE(Number(Wide<50>(1.5), &side, true) < Number(1.0));
    EXPECT_FALSE(Number(Wide<50>(1), &limit, true) < Number(1.0)) << "a tie, as it came out there";
    EXPECT_THROW(static_cast<void>(Number(Wide<50>(0.5), &limit, true) < Number(1.0)),
                 UndecidedComparison);
}

}  // namespace
