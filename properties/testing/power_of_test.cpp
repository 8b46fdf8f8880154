// Errors planted in gradients written by hand: sound ones are tested with power, and what makes the
// tests weak is found out.
#include "../says.hpp"
#include "kernels.hpp"

#include <gradproof/gtest.hpp>
#include <gradproof/laws/pullback_is_linear.hpp>
#include <gradproof/laws/repeated_sweeps_agree.hpp>
#include <gradproof/laws/vjp_agrees.hpp>
#include <gradproof/testing/power_of.hpp>

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>

#include <gtest/gtest-spi.h>

namespace gradproof::testing {
namespace {

using kernels::In;
using kernels::Out;

[[nodiscard]] HandWritten softplus_sum_gradient() {
    return gradient_of(kernels::softplus_sum).on(2).by([](In x, double u, Out dx) {
        for (std::size_t i = 0; i < x.size(); ++i) dx[i] = u * kernels::sigmoid_of(x[i]);
    });
}

/// y = W v with its own primal.
[[nodiscard]] HandWritten matvec_gradient(bool accumulating) {
    const auto shaped = gradient_of(kernels::matvec).on({2, 3}, 3).in(between(-1e6, 1e6));
    const auto claimed = accumulating ? shaped.accumulating() : shaped;
    return claimed
        .with_primal([](In w, In v, Out y) {
            for (std::size_t i = 0; i < y.size(); ++i) {
                y[i] = w[3 * i] * v[0] + w[3 * i + 1] * v[1] + w[3 * i + 2] * v[2];
            }
        })
        .by([accumulating](In w, In v, In u, Out dw, Out dv) {
            if (!accumulating) {
                std::ranges::fill(dw, 0.0);
                std::ranges::fill(dv, 0.0);
            }
            for (std::size_t i = 0; i < u.size(); ++i) {
                for (std::size_t k = 0; k < v.size(); ++k) {
                    dw[3 * i + k] += u[i] * v[k];
                    dv[k] += u[i] * w[3 * i + k];
                }
            }
        });
}

[[nodiscard]] HandWritten squares_in_float() {
    return gradient_of(kernels::squares)
        .on(2)
        .in(between(-1e6, 1e6))
        .by([](std::span<const float> x, std::span<float> dx) {
            for (std::size_t i = 0; i < x.size(); ++i) dx[i] = 2 * x[i];
        });
}

[[nodiscard]] HandWritten relu_gradient() {
    return gradient_of(kernels::relu).on(2).by([](In x, In u, Out dx) {
        for (std::size_t i = 0; i < x.size(); ++i) dx[i] = x[i] > 0 ? u[i] : 0;
    });
}

GRADPROOF_POWER(PowerMacro, passes_where_every_planted_error_is_seen) {
    return softplus_sum_gradient();
}
GRADPROOF_POWER(PowerMacro, plants_errors_in_code_with_two_inputs) {
    return matvec_gradient(false);
}
GRADPROOF_POWER(PowerMacro, plants_errors_in_code_that_accumulates) {
    return matvec_gradient(true);
}
GRADPROOF_POWER(PowerMacro, plants_errors_in_floats) { return squares_in_float(); }
GRADPROOF_POWER(PowerMacro, plants_errors_in_code_that_is_constant_on_one_side) {
    return relu_gradient();
}

[[nodiscard]] std::string text_of(const laws::Power& power) {
    std::string text;
    for (const std::string& line : laws::to_lines(power)) text += line + "\n";
    return text;
}

[[nodiscard]] PowerPlan plan_of(std::size_t cases) {
    PowerPlan plan;
    plan.seed = 1;
    plan.cases = cases;
    return plan;
}

TEST(PowerOfAGradient, is_the_same_for_the_same_seed) {
    const auto once = text_of(power_of(softplus_sum_gradient(), "t", plan_of(3)));
    EXPECT_EQ(once, text_of(power_of(softplus_sum_gradient(), "t", plan_of(3))));
}

TEST(PowerOfAGradient, plants_what_the_code_can_get_wrong_and_nothing_else) {
    const auto names = [](const HandWritten& claim) {
        std::vector<std::string_view> all;
        for (const GradientError& error : gradient_errors(claim)) all.push_back(error.name);
        return all;
    };
    const auto has = [](const std::vector<std::string_view>& all, std::string_view name) {
        return std::ranges::find(all, name) != all.end();
    };
    EXPECT_TRUE(has(names(matvec_gradient(false)), "primal off by 4 budgets"));
    EXPECT_FALSE(has(names(softplus_sum_gradient()), "primal off by 4 budgets"));
    EXPECT_TRUE(has(names(softplus_sum_gradient()), "cotangent ignored"));
    EXPECT_FALSE(has(names(squares_in_float()), "not zero for a zero cotangent"));
    EXPECT_TRUE(has(names(squares_in_float()), "written beside the buffer"));
    for (const GradientError& error : gradient_errors(matvec_gradient(true))) {
        EXPECT_FALSE(error.does.empty()) << error.name;
        for (const std::string_view law : error.claimed_by) {
            EXPECT_NE(std::ranges::find(user_laws(), law, &UserLaw::name), user_laws().end())
                << error.name << ": " << law;
        }
    }
}

/// The product of a matrix and a vector, by its Jacobian.
[[nodiscard]] HandWritten jacobian() {
    return gradient_of(kernels::product)
        .on({2, 2}, 2)
        .in(between(-1e6, 1e6))
        .by_jacobian([](In w, In v, Out y, double* by_w, double* by_v) {
            for (std::size_t i = 0; i < 2; ++i) {
                y[i] = w[2 * i] * v[0] + w[2 * i + 1] * v[1];
                for (std::size_t k = 0; by_v != nullptr && k < 2; ++k)
                    by_v[2 * i + k] = w[2 * i + k];
                for (std::size_t k = 0; by_w != nullptr && k < 4; ++k)
                    by_w[4 * i + k] = k / 2 == i ? v[k % 2] : 0;
            }
        });
}
[[nodiscard]] HandWritten jvp() {
    return gradient_of(kernels::product)
        .on({any_size("m", 0, 2), any_size("n", 0, 2)}, "n")
        .in(between(-1e6, 1e6))
        .by_jvp([](In w, In v, In dw, In dv, Out dy) {
            const std::size_t n = v.size();
            for (std::size_t i = 0; i < dy.size(); ++i) {
                dy[i] = 0;
                for (std::size_t k = 0; k < n; ++k)
                    dy[i] += dw[i * n + k] * v[k] + w[i * n + k] * dv[k];
            }
        });
}
GRADPROOF_POWER(PowerMacro, plants_errors_in_jacobians) { return jacobian(); }
GRADPROOF_POWER(PowerMacro, plants_errors_in_jvps_of_any_sizes) { return jvp(); }

/// A claim that the law can be put to.
[[nodiscard]] HandWritten claim_for(const UserLaw& law) {
    for (const HandWritten& claim : {matvec_gradient(false), jacobian(), jvp()}) {
        if (law.applies(claim)) return claim;
    }
    throw std::logic_error("no claim for " + std::string(law.name));
}

TEST(PowerOfAGradient, is_too_small_where_any_one_law_is_left_out) {
    for (const UserLaw& left_out : user_laws()) {
        std::vector<UserLaw> others(user_laws().begin(), user_laws().end());
        std::erase_if(others, [&](const UserLaw& law) { return law.name == left_out.name; });
        PowerPlan plan = plan_of(1);
        plan.rounds = 1;
        plan.laws = others;
        const laws::Power power = power_of(claim_for(left_out), "t", plan);
        EXPECT_FALSE(power.holds()) << left_out.name;
        EXPECT_TRUE(says(text_of(power), "\"" + std::string(left_out.name) +
                                             "\" claims to see it, but is not among the laws"))
            << text_of(power);
    }
}

TEST(PowerOfAGradient, is_too_small_where_only_zero_cotangents_are_drawn) {
    PowerPlan plan = plan_of(20);
    plan.draw = [](generate::Dice& dice, const HandWritten& claim, bool mild) {
        Point point = draw_point(dice, claim, mild);
        std::ranges::fill(point.cotangent, 0.0);
        return point;
    };
    const laws::Power power = power_of(softplus_sum_gradient(), "t", plan);
    EXPECT_FALSE(power.holds());
    EXPECT_TRUE(says(text_of(power),
                     "\"every sign turned\" survives: \"vjp agrees with finite "
                     "differences\" claims to see it, but in 60 cases there was "
                     "nothing that it changes"))
        << text_of(power);
    EXPECT_TRUE(says(text_of(power),
                     "Not tried, as fewer than 20 cases gave it something to "
                     "change: \"a path missing\""))
        << text_of(power);
}

TEST(PowerOfAGradient, is_too_small_where_a_law_never_speaks) {
    std::vector<UserLaw> laws(user_laws().begin(), user_laws().end());
    const auto vjp = std::ranges::find(laws, laws::kVjpAgrees, &UserLaw::name);
    vjp->holds = [](const UserTrial&, std::uint64_t) { return check::Report{}; };
    PowerPlan plan = plan_of(10);
    plan.laws = laws;
    const std::string text = text_of(power_of(softplus_sum_gradient(), "t", plan));
    EXPECT_TRUE(says(text,
                     "\"every sign turned\" survives: \"vjp agrees with finite differences\" "
                     "claims to see it, and does not in the "))
        << text;
}

TEST(PowerOfAGradient, is_not_asked_of_a_gradient_that_is_itself_wrong) {
    EXPECT_NONFATAL_FAILURE(
        run_power_as_test(
            +[] {
                return gradient_of(kernels::squares).on(2).by([](In x, double u, Out dx) {
                    for (std::size_t i = 0; i < x.size(); ++i) dx[i] = u * x[i];
                });
            },
            __FILE__, __LINE__),
        "put it to GRADPROOF_TEST first");
}

TEST(PowerOfAGradient, asks_for_a_domain_where_most_draws_are_of_no_use) {
    const auto exponential = +[] {
        return gradient_of([](const auto& x) { return exp(x[0] * x[0]); })
            .on(1)
            .by([](In x, double u, Out dx) { dx[0] = u * 2 * x[0] * std::exp(x[0] * x[0]); });
    };
    EXPECT_NONFATAL_FAILURE(run_power_as_test(exponential, __FILE__, __LINE__),
                            "draws were discarded, at most 5 % may be");
}

}  // namespace
}  // namespace gradproof::testing
