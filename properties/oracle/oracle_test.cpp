// What the oracle's questions must hold beside single derivatives: directions, Jacobians, values,
// second order, guarded singularities, and refusals of bad input.
#include "expression_callable.hpp"

#include <cfenv>
#include <limits>
#include <string>
#include <variant>
#include <vector>

#include <gradproof/scalar/ieee.hpp>
#if defined(__SSE2__)
#include <pmmintrin.h>
#include <xmmintrin.h>
#endif

#include <gtest/gtest.h>

namespace {

using namespace gradproof::oracle;
using Terms = std::vector<Term>;
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();

void expect_smooth(const Derivative& answer, const Exact& truth) {
    const auto* smooth = std::get_if<Smooth>(&answer);
    ASSERT_NE(smooth, nullptr) << described(answer) << ", true is " << truth.str(40);
    EXPECT_TRUE(covers(smooth->slope, truth)) << described(answer) << ", true is " << truth.str(40);
}
void expect_exact_zero(const Derivative& answer) {
    ASSERT_TRUE(std::holds_alternative<Smooth>(answer)) << described(answer);
    EXPECT_TRUE(std::get<Smooth>(answer).exact) << described(answer);
}

[[nodiscard]] Derivative along(const Written& write, const Inputs& x, const Direction& direction,
                               double budget = 0) {
    const auto function = callable_of(x.size(), write);
    const std::vector<double> cotangent{1.0};
    return derivative({*function, x, cotangent}, direction, budget);
}

TEST(ADirection, gives_the_sum_of_weights_times_slopes) {
    const Written f = [](const Terms& x) { return x[0] * x[0] * x[1] + exp(x[2]); };
    expect_smooth(along(f, {3, 5, 0.25}, {{1, -2, 0}, 0}), 12);
    expect_smooth(along(f, {3, 5, 0.25}, {{1, -2, 8}, 3}), 12 + 8 * exp(Exact(0.25)));
    expect_smooth(along(f, {-3, 5, 0.25}, {{0.5, 0, 0}, -10}), -15);
}

TEST(ADirection, may_have_weights_of_widely_different_size) {
    const Written f = [](const Terms& x) { return exp(x[0]) + x[1] * x[2]; };
    expect_smooth(along(f, {1, 1, 3}, {{1, 0x1p-40, 0}, 0}), exp(Exact(1)) + Exact(3) * 0x1p-40);
    expect_smooth(along(f, {1, 1, 3}, {{1, 0x1p-300, 0}, 0}), exp(Exact(1)) + Exact(3) * 0x1p-300);
    expect_smooth(along(f, {1e-200, 1e200, 3}, {{1, 1e200, 0}, -665}),
                  exp(Exact(1e-200)) + Exact(3) * Exact(1e200));
}

TEST(ADirection, that_reaches_too_far_is_not_believed) {
    // erf is flat on both ends of such a step, far flatter than in the middle.
    const Written f = [](const Terms& x) { return erf(x[0]); };
    const Derivative answer = along(f, {10}, {{0x1p60}, 0}, 1e-25);
    const Exact truth = 2 / sqrt(boost::math::constants::pi<Exact>()) * exp(Exact(-100)) * 0x1p60;
    expect_smooth(answer, truth);
    EXPECT_TRUE(std::holds_alternative<Unresolved>(along(f, {10}, {{0x1p1000}, 4000}, 1e-25)));
}

TEST(ADirection, sees_kinks_that_no_single_entry_shows) {
    const Written f = [](const Terms& x) { return abs(x[0] - x[1]) + abs(x[0] + x[1] - 2.0); };
    const Derivative answer = along(f, {1, 1}, {{1, -1}, 0});
    ASSERT_TRUE(std::holds_alternative<Nonsmooth>(answer)) << described(answer);
    EXPECT_TRUE(covers(std::get<Nonsmooth>(answer).forward, 2));
    EXPECT_TRUE(covers(std::get<Nonsmooth>(answer).backward, -2));
}

TEST(ADirection, through_entries_that_do_not_matter_is_exactly_zero) {
    const Written f = [](const Terms& x) { return exp(x[0]) + relu(x[1] - 100.0); };
    expect_exact_zero(along(f, {1, 2, 3}, {{0, 1, 7}, 0}));
    expect_exact_zero(along(f, {1, 2, 3}, {{0, 0, 0}, 0}));
}

TEST(AJacobian, has_a_row_for_each_output) {
    const auto function = callable_of(gradproof::scalar::expression(2, [](const Terms& x) {
        return Terms{x[0] * x[1], exp(x[0]), x[1], Term(7.0)};
    }));
    const Inputs x{2, 3};
    const auto rows = jacobian(*function, x);
    ASSERT_EQ(rows.size(), 4U);
    expect_smooth(rows[0][0], 3);
    expect_smooth(rows[0][1], 2);
    expect_smooth(rows[1][0], exp(Exact(2)));
    expect_exact_zero(rows[1][1]);
    expect_exact_zero(rows[2][0]);
    expect_smooth(rows[2][1], 1);
    expect_exact_zero(rows[3][0]);
}

TEST(TheCotangent, weighs_outputs_and_leaves_out_those_of_weight_0) {
    const auto function = callable_of(gradproof::scalar::expression(1, [](const Terms& x) {
        return Terms{x[0] * x[0], abs(x[0] - 2.0), x[0] + 1e300};
    }));
    const Inputs x{2};
    expect_smooth(derivative({*function, x, std::vector<double>{0.5, 0, 0}}, 0, 0), 2);
    expect_smooth(derivative({*function, x, std::vector<double>{1e-300, 0, 1e300}}, 0, 0),
                  Exact(1e300) + 4 * Exact(1e-300));
    expect_exact_zero(derivative({*function, Inputs{3}, std::vector<double>{0, 0, 0}}, 0, 0));
}

TEST(AValue, has_a_proven_bound) {
    const auto function = callable_of(1, [](const Terms& x) { return exp(x[0]) + 1e10 - 1e10; });
    const Inputs x{1e-3};
    const std::vector<double> cotangent{2.0};
    expect_smooth(value({*function, x, cotangent}, 0), 2 * exp(Exact(1e-3)));
    const auto logarithm = callable_of(1, [](const Terms& v) { return log(v[0] - 1.0); });
    EXPECT_TRUE(std::holds_alternative<OutsideDomain>(value({*logarithm, x, cotangent}, 0)));
}

TEST(Values, are_had_one_by_one_and_each_as_sharply_as_alone) {
    // The second cancels 200 digits.
    const auto function = callable_of(gradproof::scalar::expression(1, [](const Terms& x) {
        return Terms{exp(x[0]), (x[0] * x[0] + 1e200) - 1e200 + exp(x[0] - x[0]) / 3.0, x[0]};
    }));
    const Inputs x{1e-3};
    const std::vector<Derivative> all = values(*function, x, std::vector<double>{0, 0, 0});
    ASSERT_EQ(all.size(), 3U);
    expect_smooth(all[0], exp(Exact(1e-3)));
    expect_smooth(all[1], Exact(1e-3) * Exact(1e-3) + Exact(1) / 3);
    EXPECT_GT(std::get<Smooth>(all[1]).digits, std::get<Smooth>(all[0]).digits);
    expect_smooth(all[2], Exact(1e-3));
    const auto logarithm = callable_of(1, [](const Terms& v) { return log(v[0] - 1.0); });
    EXPECT_TRUE(
        std::holds_alternative<OutsideDomain>(values(*logarithm, x, std::vector<double>{0})[0]));
}

[[nodiscard]] Derivative second(const Written& write, const Inputs& x, std::size_t i, std::size_t j,
                                double budget = 0) {
    const auto function = callable_of(x.size(), write);
    const std::vector<double> cotangent{1.0};
    return second_derivative({*function, x, cotangent}, i, j, budget);
}

TEST(ASecondDerivative, along_two_directions_adds_up_its_entries) {
    const auto function =
        callable_of(2, [](const Terms& x) { return x[0] * x[0] * x[1] + sin(x[1]); });
    const Inputs x{1.5, 0.5};
    const std::vector<double> cotangent{1};
    // The Hessian is ((2 x1, 2 x0), (2 x0, -sin x1)).
    const Direction s{{1, 2}, 0}, v{{3, -1}, -1};
    const Exact a = 1.5, b = 0.5;
    expect_smooth(second_derivative({*function, x, cotangent}, s, v, 0),
                  6 * b + 10 * a + 2 * sin(b));
}

TEST(ASecondDerivative, says_at_once_that_the_point_is_a_kink_or_an_edge) {
    for (const Written& write : {Written([](const Terms& x) { return relu(x[0]) * x[0]; }),
                                 Written([](const Terms& x) { return sqrt(x[0]); })}) {
        const Derivative answer = second(write, {0}, 0, 0);
        const auto* open = std::get_if<Unresolved>(&answer);
        ASSERT_NE(open, nullptr) << described(answer);
        EXPECT_TRUE(open->at_kink) << described(answer);
    }
}

TEST(ASecondDerivative, is_right_where_absolute_steps_were_not) {
    const Written cubes = [](const Terms& x) { return x[0] * x[0] * x[0] * x[1] * x[1] * x[1]; };
    const Exact x = Exact(1e-20), y = 3;
    expect_smooth(second(cubes, {1e-20, 3}, 0, 0), 6 * x * y * y * y);
    expect_smooth(second(cubes, {1e-20, 3}, 0, 1), 9 * x * x * y * y);
    expect_smooth(second(cubes, {1e-20, 3}, 1, 0), 9 * x * x * y * y);
    expect_smooth(second(cubes, {1e-20, 3}, 1, 1), 6 * x * x * x * y);

    const Written exponential = [](const Terms& v) { return exp(v[0] * v[1]); };
    const Exact a = Exact(1e5), b = Exact(1e-5);
    expect_smooth(second(exponential, {1e5, 1e-5}, 0, 0), b * b * exp(a * b));
    expect_smooth(second(exponential, {1e5, 1e-5}, 0, 1), (1 + a * b) * exp(a * b));
    expect_smooth(second(exponential, {1e5, 1e-5}, 1, 1), a * a * exp(a * b));
}

TEST(ASecondDerivative, of_a_linear_function_is_zero) {
    const Written f = [](const Terms& x) { return Term(0.1) * x[0] + x[1] / 3.0; };
    expect_smooth(second(f, {0.3, 0.7}, 0, 0), 0);
    expect_smooth(second(f, {0.3, 0.7}, 0, 1), 0);
}

TEST(ASecondDerivative, is_not_invented_where_the_slope_has_a_kink) {
    // Each of these has slopes -2 and 2 of its slope, which a symmetric stencil averages to 0.
    EXPECT_FALSE(std::holds_alternative<Smooth>(
        second([](const Terms& x) { return x[0] * abs(x[0]); }, {0}, 0, 0)));
    EXPECT_FALSE(std::holds_alternative<Smooth>(
        second([](const Terms& x) { return x[0] * hypot(x[0], 0.0); }, {0}, 0, 0)));
    EXPECT_FALSE(std::holds_alternative<Smooth>(
        second([](const Terms& x) { return x[1] * hypot(x[0], 0.0); }, {0, 1}, 0, 1)));
    EXPECT_FALSE(std::holds_alternative<Smooth>(
        second([](const Terms& x) { return sqrt(abs(x[0])); }, {0}, 0, 0)));
}

/// sin(x)/x with its limit at 0, as people write it.
struct GuardedQuotient {
    template <class S>
    S operator()(std::span<const S> x) const {
        using namespace gradproof::scalar;
        return x[0] == S(0) ? S(1) : S(sin(x[0]) / x[0]);
    }
};
TEST(AGuardedSingularity, has_the_derivative_of_its_limit) {
    const auto sinc = gradproof::callable::scalar_function(1, GuardedQuotient{});
    const std::vector<double> cotangent{1.0}, at_0{0.0}, at_1{1.0};
    expect_smooth(derivative({sinc, at_0, cotangent}, 0, 1e-20), 0);
    expect_smooth(derivative({sinc, at_0, cotangent}, 0, 0), 0);
    expect_smooth(derivative({sinc, at_1, cotangent}, 0, 0), cos(Exact(1)) - sin(Exact(1)));
}

/// What the oracle says to bad input; empty if it takes it.
template <class Ask>
[[nodiscard]] std::string refusal_of(Ask ask) {
    try {
        static_cast<void>(ask());
        return "";
    } catch (const std::invalid_argument& refusal) {
        return refusal.what();
    }
}
void expect_words(const std::string& refusal, const std::vector<std::string>& words) {
    for (const std::string& word : words) {
        EXPECT_NE(refusal.find(word), std::string::npos)
            << '"' << refusal << "\" lacks \"" << word << '"';
    }
}

class BadInput : public testing::Test {
protected:
    std::unique_ptr<gradproof::callable::Callable> function_ =
        callable_of(2, [](const Terms& x) { return x[0] * x[1]; });
    Inputs inputs_{1, 2};
    std::vector<double> cotangent_{1};
};

TEST_F(BadInput, of_the_wrong_size_is_refused_with_both_sizes) {
    const Inputs three{1, 2, 3};
    expect_words(refusal_of([&] {
                     return derivative({*function_, three, cotangent_}, 0, 0);
                 }),
                 {"given 3 inputs", "wants 2", "pass all inputs"});
    expect_words(refusal_of([&] {
                     return derivative({*function_, inputs_, three}, 0, 0);
                 }),
                 {"a cotangent of 3", "has 1", "pass one entry"});
    expect_words(refusal_of([&] {
                     return derivative({*function_, inputs_, cotangent_}, 2, 0);
                 }),
                 {"entry 2 of 2", "count from 0"});
    expect_words(refusal_of([&] {
                     return derivative({*function_, inputs_, cotangent_}, Direction{{1}, 0}, 0);
                 }),
                 {"a direction of 1", "2 inputs", "pass one weight"});
    expect_words(refusal_of([&] {
                     return gradient({*function_, inputs_, cotangent_}, three);
                 }),
                 {"given 3 budgets", "2 inputs", "pass one for each"});
    expect_words(refusal_of([&] {
                     return second_derivative({*function_, inputs_, cotangent_}, 0, 5, 0);
                 }),
                 {"entry 5 of 2"});
    expect_words(refusal_of([&] {
                     return value({*function_, three, cotangent_}, 0);
                 }),
                 {"given 3 inputs"});
    expect_words(refusal_of([&] { return values(*function_, inputs_, three); }),
                 {"given 3 tolerances", "1 outputs", "pass one for each"});
    expect_words(refusal_of([&] { return jacobian(*function_, three); }), {"given 3 inputs"});
}

TEST_F(BadInput, that_is_not_finite_is_refused_with_its_place) {
    const Inputs nan{1, kNan}, infinite{-kInfinity, 2};
    const std::vector<double> nan_cotangent{kNan};
    expect_words(refusal_of([&] {
                     return derivative({*function_, nan, cotangent_}, 0, 0);
                 }),
                 {"input[1]", "nan", "finite"});
    expect_words(refusal_of([&] {
                     return derivative({*function_, infinite, cotangent_}, 0, 0);
                 }),
                 {"input[0]", "-inf", "finite"});
    expect_words(refusal_of([&] {
                     return derivative({*function_, inputs_, nan_cotangent}, 0, 0);
                 }),
                 {"cotangent[0]", "nan"});
    expect_words(
        refusal_of([&] {
            return derivative({*function_, inputs_, cotangent_}, Direction{{1, kInfinity}, 0}, 0);
        }),
        {"direction[1]", "inf"});
}

TEST_F(BadInput, a_budget_that_is_no_size_is_refused) {
    for (const double budget : {kNan, -1.0}) {
        expect_words(refusal_of([&] {
                         return derivative({*function_, inputs_, cotangent_}, 0, budget);
                     }),
                     {"budget", "0 or more"});
        expect_words(
            refusal_of([&] {
                return derivative({*function_, inputs_, cotangent_}, Direction{{1, 0}, 0}, budget);
            }),
            {"budget", "0 or more"});
        expect_words(refusal_of([&] {
                         return second_derivative({*function_, inputs_, cotangent_}, 0, 0, budget);
                     }),
                     {"budget", "0 or more"});
        expect_words(refusal_of([&] {
                         return value({*function_, inputs_, cotangent_}, budget);
                     }),
                     {"tolerance", "0 or more"});
        expect_words(
            refusal_of([&] { return values(*function_, inputs_, std::vector<double>{budget}); }),
            {"tolerance", "0 or more"});
    }
}

class OtherArithmetic : public BadInput {
protected:
    void expect_refused(const std::string& word) {
        try {
            static_cast<void>(derivative({*function_, inputs_, cotangent_}, 0, 0));
            ADD_FAILURE() << "worked under arithmetic that is not IEEE 754";
        } catch (const gradproof::scalar::ArithmeticRefused& refusal) {
            expect_words(refusal.what(), {word, "before checking gradients"});
        }
    }
};

TEST_F(OtherArithmetic, of_another_rounding_direction_is_refused) {
    for (const int direction : {FE_UPWARD, FE_DOWNWARD, FE_TOWARDZERO}) {
        ASSERT_EQ(std::fesetround(direction), 0);
        expect_refused("to-nearest");
        std::fesetround(FE_TONEAREST);
    }
    expect_smooth(derivative({*function_, inputs_, cotangent_}, 0, 0), 2);
}

#if defined(__SSE2__)
TEST_F(OtherArithmetic, that_flushes_subnormals_is_refused) {
    const unsigned saved = _mm_getcsr();
    _MM_SET_FLUSH_ZERO_MODE(_MM_FLUSH_ZERO_ON);
    expect_refused("flushed to zero");
    _mm_setcsr(saved);
    _MM_SET_DENORMALS_ZERO_MODE(_MM_DENORMALS_ZERO_ON);
    expect_refused("flushed to zero");
    _mm_setcsr(saved);
    expect_smooth(derivative({*function_, inputs_, cotangent_}, 0, 0), 2);
}
#endif

}  // namespace
