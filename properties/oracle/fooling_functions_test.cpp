// The functions that fooled earlier rules of the oracle, each with its true derivative: the next rule
// must not be fooled by any of them again.
#include "expression_callable.hpp"

#include <cmath>
#include <ostream>
#include <string>
#include <variant>
#include <vector>

#include <gtest/gtest.h>

namespace {

using namespace gradproof::oracle;
using Terms = std::vector<Term>;

enum class Kind {
    smooth,
    exactly_zero,
    forward_only,
    backward_only,
    nonsmooth,
    outside,
    unresolved
};

struct Fooling {
    std::string name;
    Kind kind;
    Written function;
    Inputs inputs;
    std::function<Exact()> truth = [] { return Exact(0); };     ///< of a nonsmooth point, forward
    std::function<Exact()> backward = [] { return Exact(0); };  ///< of a nonsmooth point
    double budget = 0;
};
void PrintTo(const Fooling& fooling, std::ostream* out) { *out << fooling.name; }

[[nodiscard]] std::function<Exact()> is(double truth) {
    return [truth] { return Exact(truth); };
}
[[nodiscard]] Exact sigmoid_slope(const Exact& x) {
    const Exact t = exp(-abs(x));
    return t / ((1 + t) * (1 + t));
}
constexpr double kTwoPi = 6.283185307179586;

// clang-format off
const std::vector<Fooling> kFooling{
    // Scales far below 1, seen with a first step of at least 2^-k.
    {"the_norm_of_x_and_4e_200_at_3e_200", Kind::smooth, [](const Terms& x) { return hypot(x[0], 4e-200); }, {3e-200}, [] { return Exact(3e-200) / sqrt(Exact(3e-200) * Exact(3e-200) + Exact(4e-200) * Exact(4e-200)); }},
    {"the_same_norm_as_a_root", Kind::smooth, [](const Terms& x) { return sqrt(x[0] * x[0] + 1.6e-299); }, {3e-150}, [] { return Exact(3e-150) / sqrt(Exact(3e-150) * Exact(3e-150) + Exact(1.6e-299)); }},
    {"the_root_of_a_square_at_3e_200", Kind::smooth, [](const Terms& x) { return sqrt(x[0] * x[0]); }, {3e-200}, is(1)},
    {"a_narrow_bell_at_its_flank", Kind::smooth, [](const Terms& x) { return exp(-(Term(1e40) * x[0] * x[0])); }, {1e-19}, [] { const Exact x = Exact(1e-19), c = Exact(1e40); return -2 * c * x * exp(-c * x * x); }},
    {"relu_at_1e_300", Kind::smooth, [](const Terms& x) { return relu(x[0]); }, {1e-300}, is(1)},
    {"relu_at_minus_1e_300", Kind::exactly_zero, [](const Terms& x) { return relu(x[0]); }, {-1e-300}},
    {"relu_at_the_smallest_number", Kind::smooth, [](const Terms& x) { return relu(x[0]); }, {5e-324}, is(1)},
    {"one_over_x_at_1e_300", Kind::smooth, [](const Terms& x) { return 1.0 / x[0]; }, {1e-300}, [] { return -1 / (Exact(1e-300) * Exact(1e-300)); }},
    {"one_over_the_smallest_number", Kind::smooth, [](const Terms& x) { return 1.0 / x[0]; }, {5e-324}, [] { return -1 / (Exact(5e-324) * Exact(5e-324)); }},
    {"the_logarithm_at_1e_300", Kind::smooth, [](const Terms& x) { return log(x[0]); }, {1e-300}, [] { return 1 / Exact(1e-300); }},
    {"the_exponential_at_700", Kind::smooth, [](const Terms& x) { return exp(x[0]); }, {700}, [] { return exp(Exact(700)); }},
    {"a_square_at_the_largest_number", Kind::smooth, [](const Terms& x) { return x[0] * x[0]; }, {0x1.fffffffffffffp1023}, [] { return 2 * Exact(0x1.fffffffffffffp1023); }},
    {"a_root_next_to_its_branch_point", Kind::smooth, [](const Terms& x) { return sqrt(x[0] + 1e-300); }, {0}, [] { return 1 / (2 * sqrt(Exact(1e-300))); }},
    {"a_root_at_1e_60_from_its_branch_point", Kind::smooth, [](const Terms& x) { return sqrt(x[0] + 1e-60); }, {0}, [] { return 1 / (2 * sqrt(Exact(1e-60))); }},
    {"a_steep_arc_tangent", Kind::smooth, [](const Terms& x) { return atan(Term(1e200) * x[0]); }, {1e-200}, [] { const Exact y = Exact(1e200) * Exact(1e-200); return Exact(1e200) / (1 + y * y); }},
    {"a_steep_tanh_at_its_centre", Kind::smooth, [](const Terms& x) { return tanh(Term(1e40) * x[0]); }, {0}, is(1e40)},
    {"arc_sine_of_a_saturated_tanh", Kind::smooth, [](const Terms& x) { return asin(tanh(x[0])); }, {30}, [] { return 1 / cosh(Exact(30)); }},

    // Saturation, seen with |f| in place of the running error.
    {"the_sigmoid_at_450", Kind::smooth, [](const Terms& x) { return sigmoid(x[0]); }, {450}, [] { return sigmoid_slope(450); }},
    {"the_sigmoid_at_minus_450", Kind::smooth, [](const Terms& x) { return sigmoid(x[0]); }, {-450}, [] { return sigmoid_slope(450); }},
    {"the_sigmoid_at_500", Kind::smooth, [](const Terms& x) { return sigmoid(x[0]); }, {500}, [] { return sigmoid_slope(500); }},
    {"the_sigmoid_at_minus_500", Kind::smooth, [](const Terms& x) { return sigmoid(x[0]); }, {-500}, [] { return sigmoid_slope(500); }},
    {"the_sigmoid_at_700", Kind::smooth, [](const Terms& x) { return sigmoid(x[0]); }, {700}, [] { return sigmoid_slope(700); }},
    {"the_sigmoid_at_minus_700", Kind::smooth, [](const Terms& x) { return sigmoid(x[0]); }, {-700}, [] { return sigmoid_slope(700); }},
    {"the_sigmoid_at_800", Kind::smooth, [](const Terms& x) { return sigmoid(x[0]); }, {800}, [] { return sigmoid_slope(800); }},
    {"the_sigmoid_at_minus_800", Kind::smooth, [](const Terms& x) { return sigmoid(x[0]); }, {-800}, [] { return sigmoid_slope(800); }},
    {"the_sigmoid_at_1e17", Kind::smooth, [](const Terms& x) { return sigmoid(x[0]); }, {1e17}},
    {"the_textbook_sigmoid_at_500", Kind::smooth, [](const Terms& x) { return exp(x[0]) / (exp(x[0]) + 1.0); }, {500}, [] { return sigmoid_slope(500); }},
    {"log_of_e_to_the_x_plus_1_at_minus_1000", Kind::smooth, [](const Terms& x) { return log(exp(x[0]) + 1.0); }, {-1000}, [] { return 1 / (1 + exp(Exact(1000))); }},
    {"log_of_e_to_the_x_plus_1_at_minus_700", Kind::smooth, [](const Terms& x) { return log(exp(x[0]) + 1.0); }, {-700}, [] { return 1 / (1 + exp(Exact(700))); }},
    {"log_sum_exp_at_minus_700", Kind::smooth, [](const Terms& x) { return log(exp(x[0]) + exp(x[1])); }, {-700, 0.5}, [] { return 1 / (1 + exp(Exact(700.5))); }},
    {"log_sum_exp_with_its_maximum_taken_out", Kind::smooth, [](const Terms& x) { const Term m = detached(max(x[0], x[1])); return m + log(exp(x[0] - m) + exp(x[1] - m)); }, {-700, -700.5}, [] { return 1 / (1 + exp(Exact(-0.5))); }},

    // Oscillation and cancellation.
    {"x_sin_1_over_x_at_1e_100", Kind::smooth, [](const Terms& x) { return x[0] * sin(1.0 / x[0]); }, {1e-100}, [] { const Exact y = 1 / Exact(1e-100); return sin(y) - y * cos(y); }},
    {"the_sine_at_1e300", Kind::smooth, [](const Terms& x) { return sin(x[0]); }, {1e300}, [] { return cos(Exact(1e300)); }},
    {"a_sine_in_step_with_the_stencil", Kind::smooth, [](const Terms& x) { return sin(Term(0x1p57) * Term(kTwoPi) * x[0]); }, {1}, [] { const Exact c = Exact(0x1p57) * Exact(kTwoPi); return c * cos(c); }},
    {"the_same_sine_with_a_large_budget", Kind::smooth, [](const Terms& x) { return sin(Term(0x1p57) * Term(kTwoPi) * x[0]); }, {1}, [] { const Exact c = Exact(0x1p57) * Exact(kTwoPi); return c * cos(c); }, is(0), 1.0},
    {"a_sine_of_1e600", Kind::smooth, [](const Terms& x) { return sin(Term(1e300) * (Term(1e300) * x[0])); }, {1}, [] { const Exact c = Exact(1e300) * Exact(1e300); return c * cos(c); }},
    {"x_plus_1e300_minus_1e300", Kind::smooth, [](const Terms& x) { return x[0] + 1e300 - 1e300; }, {1}, is(1)},
    {"the_smallest_number_plus_1e300_minus_1e300", Kind::smooth, [](const Terms& x) { return x[0] + 1e300 - 1e300; }, {5e-324}, is(1)},
    {"x_plus_what_is_smaller_than_every_step", Kind::smooth, [](const Terms& x) { return x[0] * 0.5 + exp(x[1]); }, {0, -1e9}, is(0.5)},
    {"x_plus_what_varies_with_it_far_below", Kind::smooth, [](const Terms& x) { return x[0] * 0.5 + exp(-(Term(1e9) + x[0])); }, {0}, is(0.5)},
    {"the_smallest_number_beside_a_huge_one", Kind::smooth, [](const Terms& x) { return hypot(x[0], x[1]); }, {5e-324, 1.7e308}, [] { return Exact(5e-324) / Exact(1.7e308); }},
    {"a_tiny_product_beside_a_huge_one", Kind::smooth, [](const Terms& x) { return 1.7e308 + x[0] * x[1]; }, {5e-324, 5e-324}, is(5e-324)},
    {"molers_function", Kind::smooth, [](const Terms& x) { const Term s = sin(x[0]), c = cos(x[0]); return exp(x[0]) / (c * c * c + s * s * s); }, {5.5}, [] { const Exact x = 5.5, s = sin(x), c = cos(x), d = c * c * c + s * s * s; return exp(x) * (d - 3 * s * c * (s - c)) / (d * d); }},
    {"a_cube_of_a_cube_root_at_0", Kind::smooth, [](const Terms& x) { const Term c = cbrt(x[0]); return c * c * c; }, {0}, is(1)},

    // What does not depend on the input, and what only looks so.
    {"a_dead_relu", Kind::exactly_zero, [](const Terms& x) { return relu(x[0] - 10.0) * 3.0 + 2.0; }, {1}},
    {"another_entry", Kind::exactly_zero, [](const Terms& x) { return exp(x[1]); }, {1, 2}},
    {"a_product_with_a_constant_zero", Kind::exactly_zero, [](const Terms& x) { return x[0] * (x[1] - 1.0); }, {2, 1}},
    {"x_times_x_minus_1_at_1", Kind::smooth, [](const Terms& x) { return x[0] * (x[0] - 1.0); }, {1}, is(1)},
    {"x_minus_x", Kind::smooth, [](const Terms& x) { return x[0] - x[0]; }, {0.3}},
    {"x_selected_by_being_0", Kind::smooth, [](const Terms& x) { return zero_or_one(x[0]) * x[0]; }, {0}, is(1)},

    // Ties and symmetry: the central difference is 0 at each of these kinks.
    {"relu_at_0", Kind::nonsmooth, [](const Terms& x) { return relu(x[0]); }, {0}, is(1), is(0)},
    {"the_absolute_value_at_0", Kind::nonsmooth, [](const Terms& x) { return abs(x[0]); }, {0}, is(1), is(-1)},
    {"the_root_of_a_square_at_0", Kind::nonsmooth, [](const Terms& x) { return sqrt(x[0] * x[0]); }, {0}, is(1), is(-1)},
    {"hypot_at_0", Kind::nonsmooth, [](const Terms& x) { return hypot(x[0], 0.0); }, {0}, is(1), is(-1)},
    {"the_norm_at_0", Kind::nonsmooth, [](const Terms& x) { return sqrt(x[0] * x[0] + x[1] * x[1]); }, {0, 0}, is(1), is(-1)},
    {"the_maximum_of_equals", Kind::nonsmooth, [](const Terms& x) { return max(x[0], x[1]); }, {0.1, 0.1}, is(1), is(0)},
    {"relu_x_minus_relu_minus_x_at_0", Kind::smooth, [](const Terms& x) { return relu(x[0]) - relu(-x[0]); }, {0}, is(1)},
    {"the_maximum_of_x_and_x", Kind::smooth, [](const Terms& x) { return max(x[0], x[0]); }, {0.1}, is(1)},
    {"a_minimum_smoothed_behind_a_tie", Kind::smooth, [](const Terms& x) { return hypot(relu(x[0]), 1e-40); }, {0}, is(0), is(0), 1e-20},
    {"a_minimum_smoothed_behind_a_tie_at_1", Kind::smooth, [](const Terms& x) { return hypot(max(x[0], 1.0) - 1.0, 1e-60); }, {1}, is(0), is(0), 1e-20},
    {"a_sine_in_step_with_the_stencil_behind_a_tie", Kind::nonsmooth, [](const Terms& x) { return sin(Term(0x1p57) * Term(kTwoPi) * relu(x[0])); }, {0}, [] { return Exact(0x1p57) * Exact(kTwoPi); }, is(0), 1.0},
    {"a_steep_tanh_behind_a_tie", Kind::nonsmooth, [](const Terms& x) { return tanh(Term(1e40) * relu(x[0])); }, {0}, is(1e40), is(0)},

    // Edges of the domain.
    {"x_to_the_2_5_at_0", Kind::forward_only, [](const Terms& x) { return pow(x[0], 2.5); }, {0}},
    {"a_root_cubed_of_its_square_at_0", Kind::forward_only, [](const Terms& x) { return x[0] * x[0] * sqrt(x[0]) + 2.0 * x[0]; }, {0}, is(2)},
    {"the_arc_cosine_squared_at_1", Kind::backward_only, [](const Terms& x) { const Term a = acos(x[0]); return a * a; }, {1}, is(-2)},
    {"a_kink_next_to_a_pole_at_1e_40", Kind::nonsmooth, [](const Terms& x) { return sqrt(x[0] * x[0]) + log(Term(1e-40) - x[0]); }, {0}, [] { return 1 - 1 / Exact(1e-40); }, [] { return -1 - 1 / Exact(1e-40); }},
    {"the_logarithm_at_0", Kind::outside, [](const Terms& x) { return log(x[0]); }, {0}},
    {"the_logarithm_at_minus_1", Kind::outside, [](const Terms& x) { return log(x[0]); }, {-1}},
    {"one_over_0", Kind::outside, [](const Terms& x) { return 1.0 / x[0]; }, {0}},
    {"the_root_at_minus_1e_300", Kind::outside, [](const Terms& x) { return sqrt(x[0]); }, {-1e-300}},

    // Known to stay unresolved though they need not: the truth is 0.
    {"x_to_the_1_5_at_0", Kind::unresolved, [](const Terms& x) { return pow(x[0], 1.5); }, {0}},
    {"x_to_the_1_01_at_0", Kind::unresolved, [](const Terms& x) { return pow(x[0], 1.01); }, {0}},
    // Rightly unresolved: too wild for 1000 digits, or defined at a single point.
    {"a_sine_of_1e1200", Kind::unresolved, [](const Terms& x) { const Term c = 1e300; return sin(c * (c * (c * (c * x[0])))); }, {1}},
    {"a_root_next_to_a_branch_point_closer_than_every_step", Kind::unresolved, [](const Terms& x) { return sqrt(x[0] + exp(x[1])); }, {0, -1e9}},
    {"a_logarithm_next_to_a_pole_closer_than_every_step", Kind::unresolved, [](const Terms& x) { return log(x[0] + exp(x[1])) * 1e-300; }, {0, -1e9}},
    {"a_product_of_sums_smaller_than_every_step", Kind::unresolved, [](const Terms& x) { const Term a = exp(x[1]); return (x[0] + a) * (x[0] - 2.0 * a); }, {0, -1e9}},
    {"a_function_of_one_point", Kind::unresolved, [](const Terms& x) { return sqrt(x[0]) + sqrt(-x[0]); }, {0}},
    {"a_tie_within_rounding", Kind::unresolved, [](const Terms& x) { const Term third = x[0] / 3.0; return max(third * 3.0, x[0]); }, {1}},
    {"a_double_exponential", Kind::unresolved, [](const Terms& x) { return exp(exp(x[0])); }, {1000}},
};
// clang-format on

class AFoolingFunction : public testing::TestWithParam<Fooling> {};

[[nodiscard]] Kind kind_of(const Derivative& answer) {
    if (const auto* smooth = std::get_if<Smooth>(&answer)) {
        if (smooth->exact) return Kind::exactly_zero;
        if (smooth->sides == Sides::forward) return Kind::forward_only;
        return smooth->sides == Sides::backward ? Kind::backward_only : Kind::smooth;
    }
    if (std::holds_alternative<Nonsmooth>(answer)) return Kind::nonsmooth;
    if (std::holds_alternative<OutsideDomain>(answer)) return Kind::outside;
    return Kind::unresolved;
}

TEST_P(AFoolingFunction, gets_its_true_derivative) {
    const Fooling& fooling = GetParam();
    const Derivative answer = derivative_of(fooling.function, fooling.inputs, 0, fooling.budget);
    ASSERT_FALSE(std::holds_alternative<InfiniteSlope>(answer)) << described(answer);
    ASSERT_EQ(static_cast<int>(kind_of(answer)), static_cast<int>(fooling.kind))
        << described(answer);
    if (const auto* smooth = std::get_if<Smooth>(&answer)) {
        EXPECT_TRUE(covers(smooth->slope, fooling.truth()))
            << described(answer) << ", true is " << fooling.truth().str(40);
        if (smooth->exact) {
            EXPECT_EQ(smooth->slope.bound, 0);
        }
    }
    if (const auto* kink = std::get_if<Nonsmooth>(&answer)) {
        EXPECT_TRUE(covers(kink->forward, fooling.truth()) &&
                    covers(kink->backward, fooling.backward()))
            << described(answer) << ", true are " << fooling.backward().str(40) << ", "
            << fooling.truth().str(40);
    }
}

INSTANTIATE_TEST_SUITE_P(such_as, AFoolingFunction, testing::ValuesIn(kFooling),
                         [](const auto& fooling) { return fooling.param.name; });

/// An infinite slope with its signs, and whether the function jumps.
void expect_infinite(const Written& function, double x, int backward, int forward, bool jump) {
    const Derivative answer = derivative_of(function, {x});
    const auto* steep = std::get_if<InfiniteSlope>(&answer);
    ASSERT_NE(steep, nullptr) << described(answer);
    EXPECT_EQ(steep->backward, backward) << described(answer);
    EXPECT_EQ(steep->forward, forward) << described(answer);
    EXPECT_EQ(steep->jump, jump) << described(answer);
}

TEST(AnInfiniteSlope, is_found_at_roots_and_cusps) {
    expect_infinite([](const Terms& x) { return sqrt(x[0]); }, 0, 0, 1, false);
    expect_infinite([](const Terms& x) { return cbrt(x[0]); }, 0, 1, 1, false);
    expect_infinite([](const Terms& x) { return sqrt(abs(x[0])); }, 0, -1, 1, false);
    expect_infinite([](const Terms& x) { return asin(x[0]); }, 1, 1, 0, false);
    expect_infinite([](const Terms& x) { return acosh(x[0]); }, 1, 0, 1, false);
    expect_infinite([](const Terms& x) { return -sqrt(relu(x[0])); }, 0, 0, -1, false);
}

TEST(AnInfiniteSlope, of_a_jump_is_told_from_that_of_a_root) {
    expect_infinite([](const Terms& x) { return step(x[0]); }, 0, 1, 0, true);
    expect_infinite([](const Terms& x) { return step(x[0] - 0.3) * x[0]; }, 0.3, 1, 0, true);
    expect_infinite([](const Terms& x) { return -step(-x[0]); }, 0, 0, 1, true);
    // A third that rounding could have moved across the jump stays open.
    EXPECT_TRUE(std::holds_alternative<Unresolved>(
        derivative_of([](const Terms& x) { return step(x[0] / 3.0 * 3.0 - 1.0); }, {1})));
}

TEST(AJump, away_from_its_tie_is_none) {
    const Derivative answer = derivative_of([](const Terms& x) { return step(x[0]); }, {5e-324});
    ASSERT_TRUE(std::holds_alternative<Smooth>(answer)) << described(answer);
    EXPECT_TRUE(std::get<Smooth>(answer).exact);
}

}  // namespace
