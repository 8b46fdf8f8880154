// What running errors must hold: |value - exact| is never above the bound, for every operation and
// for random expressions, in float and double; and the bound is no larger than it needs to be.
#include "../drawn_cases.hpp"
#include "drawn_numbers.hpp"
#include "expression.hpp"

#include <gradproof/scalar/running.hpp>
#include <gradproof/scalar/witness.hpp>

#include <array>
#include <cmath>
#include <limits>
#include <optional>
#include <vector>

#include <gtest/gtest.h>

namespace {

using namespace gradproof::scalar;
using Exact = Wide<300>;
using ExactWitness = Witness<300>;

constexpr std::array kNames{
    "input",    "constant", "add",    "subtract", "multiply",    "divide",  "pow",   "hypot", "atan2",
    "max",      "min",      "negate", "exp",      "expm1",       "log",     "log1p", "sqrt",
    "cbrt",     "sin",      "cos",    "tan",      "asin",        "acos",    "atan",  "sinh",
    "cosh",     "tanh",     "asinh",  "acosh",    "atanh",       "erf",     "erfc", "gaussian", "lgamma", "sigmoid",
    "softplus", "abs",      "relu",   "step",     "zero_or_one", "detached"};
[[nodiscard]] const char* name_of(Op op) { return kNames.at(static_cast<std::size_t>(op)); }
[[nodiscard]] Op op_at(std::size_t i) { return static_cast<Op>(i); }
constexpr std::size_t kFirstOp = static_cast<std::size_t>(kFirstBinary);
constexpr std::size_t kFirstWithDecision = static_cast<std::size_t>(kFirstDecision);
[[nodiscard]] bool decides(Op op) { return op == Op::max || op == Op::min || op >= kFirstDecision; }

/// A value with its bound and one number within the bound, of which it may be the rounding.
template <class T>
struct Operand {
    Running<T> running;
    ExactWitness exact;
};
template <class T>
[[nodiscard]] Operand<T> drawn_operand(DrawnNumbers& drawn, bool with_error, Ledger* ledger) {
    const T v = drawn.number<T>();
    const double e = with_error ? drawn.error_of(v) : 0;
    const std::array shares{-1.0, 1.0, 0.0, drawn.uniform(-1, 1)};
    Exact exact = Exact(v) + Exact(shares.at(drawn.below(4))) * e;
    if (abs(exact - v) > e) exact = v;  // 300 digits do not hold both
    return {Running<T>(v, e, ledger), ExactWitness(exact, nullptr, false)};
}

/// Which share of the bound the error takes; nothing where the comparison says nothing.
template <class T>
[[nodiscard]] std::optional<double> share_of_bound(const Running<T>& running,
                                                   const ExactWitness& exact) {
    if (!std::isfinite(running.bound())) return std::nullopt;
    const Exact error = abs(Exact(running.value()) - exact.value());
    Exact slack = ldexp(Exact(exact.bound().mantissa()), 0);
    mpfr_mul_2si(slack.backend().data(), slack.backend().data(), exact.bound().exponent(),
                 MPFR_RNDU);
    if (error <= slack) return 0.0;
    if (running.bound() == 0) return std::numeric_limits<double>::infinity();
    return Exact((error - slack) / running.bound()).convert_to<double>();
}

template <class T>
void each_operation_keeps_its_bound() {
    const std::size_t draws = 12 * gradproof::testing::wanted_cases();
    open_exponent_range();
    DrawnNumbers drawn(gradproof::testing::wanted_seed());
    for (std::size_t i = kFirstOp; i < kFirstWithDecision; ++i) {
        const Op op = op_at(i);
        if (decides(op)) continue;
        std::array<double, 2> largest{0, 0};
        std::array<std::size_t, 2> finite{0, 0};
        for (std::size_t draw = 0; draw < draws; ++draw) {
            const bool with_error = draw % 2 == 1;
            const auto a = drawn_operand<T>(drawn, with_error, nullptr);
            const auto b = drawn_operand<T>(drawn, with_error, nullptr);
            const Running<T> result = applied(op, a.running, b.running);
            try {
                const auto share = share_of_bound(result, applied(op, a.exact, b.exact));
                if (!share) continue;
                ++finite.at(with_error);
                largest.at(with_error) = std::max(largest.at(with_error), *share);
                ASSERT_LE(*share, 1)
                    << name_of(op) << " of " << a.running.value() << " +- " << a.running.bound()
                    << ", " << b.running.value() << " +- " << b.running.bound();
            } catch (const LeftDomain&) {
                ASSERT_FALSE(std::isfinite(result.bound()))
                    << name_of(op) << " of " << a.running.value() << " +- " << a.running.bound()
                    << " is outside its domain";
            } catch (const LeftRange&) {
            } catch (const UndecidedComparison&) {
            }
        }
        // A tenth of the draws at least lies in the domain, and the bound is needed: with half of it
        // an error would have been let through.
        EXPECT_GT(finite[0], draws / 20) << name_of(op);
        if (op == Op::negate) continue;  // exact
        EXPECT_GT(largest[1], 0.5) << name_of(op) << ": inherited errors never need the bound";
        if (op == Op::add || op == Op::multiply || op == Op::divide || op == Op::sqrt ||
            op == Op::exp) {
            EXPECT_GT(largest[0], 0.5) << name_of(op) << ": its own rounding never needs the bound";
        }
    }
}

TEST(TheRunningError, bounds_every_operation_in_double) {
    each_operation_keeps_its_bound<double>();
}
TEST(TheRunningError, bounds_every_operation_in_float) { each_operation_keeps_its_bound<float>(); }

/// Steps after two inputs and a constant; operands are drawn among all that came before.
[[nodiscard]] Steps drawn_steps(DrawnNumbers& drawn, std::size_t length) {
    Steps steps{
        {Op::input, 0, 0, 0}, {Op::input, 1, 0, 0}, {Op::constant, 0, 0, drawn.uniform(-3, 3)}};
    while (steps.size() < length) {
        // Sums and products half of the time, since functions alone soon saturate.
        const std::size_t op =
            drawn.below(2) == 0
                ? kFirstOp + drawn.below(4)
                : kFirstOp + drawn.below(static_cast<std::size_t>(Op::step) + 1 - kFirstOp);
        steps.push_back({op_at(op), drawn.below(steps.size()), drawn.below(steps.size()), 0});
    }
    return steps;
}

template <class T>
void expressions_keep_their_bound() {
    const std::size_t draws = 15 * gradproof::testing::wanted_cases();
    open_exponent_range();
    DrawnNumbers drawn(gradproof::testing::wanted_seed());
    std::size_t judged = 0;
    for (std::size_t draw = 0; draw < draws; ++draw) {
        const Steps steps = drawn_steps(drawn, 14);
        Ledger ledger;
        const std::array inputs{drawn_operand<T>(drawn, draw % 2 == 1, &ledger),
                                drawn_operand<T>(drawn, draw % 2 == 1, &ledger)};
        std::vector<Running<T>> running;
        std::vector<ExactWitness> exact;
        for (const Step& step : steps) {
            if (step.op == Op::input) {
                running.push_back(inputs.at(step.left).running);
                exact.push_back(inputs.at(step.left).exact);
            } else if (step.op == Op::constant) {
                running.emplace_back(step.constant);
                exact.emplace_back(step.constant);
            } else {
                running.push_back(applied(step.op, running[step.left], running[step.right]));
                // A branch that rounding leaves open may be taken differently: then all is lost.
                if (ledger.undetermined() > 0) break;
                try {
                    exact.push_back(applied(step.op, exact[step.left], exact[step.right]));
                } catch (const LeftDomain&) {
                    ASSERT_FALSE(std::isfinite(running.back().bound())) << name_of(step.op);
                    break;
                } catch (const LeftRange&) {
                    break;
                } catch (const UndecidedComparison&) {
                    break;
                }
            }
            const auto share = share_of_bound(running.back(), exact.back());
            if (!share) break;  // the domain may be left from here on
            ++judged;
            ASSERT_LE(*share, 1) << name_of(step.op) << " at step " << running.size() - 1
                                 << " of draw " << draw << ": " << running.back().value() << " +- "
                                 << running.back().bound();
        }
    }
    EXPECT_GT(judged, 5 * draws);
}

TEST(TheRunningError, bounds_random_expressions_in_double) {
    expressions_keep_their_bound<double>();
}
TEST(TheRunningError, bounds_random_expressions_in_float) { expressions_keep_their_bound<float>(); }

TEST(TheRunningError, is_free_where_nothing_rounds) {
    const Running<double> third(1.0 / 3, 1e-17), zero(0), one(1), minus_one(-1);
    for (const Running<double>& same :
         {third + zero, zero + third, third - zero, third * one, one * third, third * minus_one,
          minus_one * third, third / one, third / minus_one, -third}) {
        EXPECT_EQ(same.bound(), third.bound());
        EXPECT_EQ(std::abs(same.value()), third.value());
    }
    EXPECT_EQ((zero * third).bound(), 0);
    EXPECT_EQ((zero / third).bound(), 0);
    EXPECT_GT((third + third).bound(), 2 * third.bound());
    EXPECT_GT((third * Running<double>(0.1)).bound(), 0);
}

TEST(TheRunningError, charges_a_float_for_a_literal_that_is_none) {
    EXPECT_EQ(Running<float>(0.5).bound(), 0);
    EXPECT_EQ(Running<float>(0.1).bound(), std::abs(0.1 - static_cast<double>(0.1F)));
    EXPECT_EQ(Running<double>(0.1).bound(), 0);
}

TEST(TheRunningError, is_infinite_where_the_error_reaches_over_the_edge_of_the_domain) {
    using R = Running<double>;
    const double infinity = std::numeric_limits<double>::infinity();
    EXPECT_EQ(log(R(1e-3, 1e-3)).bound(), infinity);
    EXPECT_EQ(log(R(0.0)).bound(), infinity);
    EXPECT_EQ(log(R(-1.0)).bound(), infinity);
    EXPECT_EQ(sqrt(R(1.0, 1.5)).bound(), infinity);
    EXPECT_EQ((R(1.0) / R(1e-3, 1e-2)).bound(), infinity);
    EXPECT_EQ((R(0.0) / R(0.0)).bound(), infinity);
    EXPECT_EQ(log1p(R(-0.5, 0.5)).bound(), infinity);
    EXPECT_EQ(asin(R(0.75, 0.5)).bound(), infinity);
    EXPECT_EQ(acosh(R(1.25, 0.5)).bound(), infinity);
    EXPECT_EQ(atanh(R(0.75, 0.25)).bound(), infinity);
    EXPECT_EQ(pow(R(-2.0), R(3.0, 1e-10)).bound(), infinity);
    EXPECT_EQ(tan(R(1.5, 0.25)).bound(), infinity);
    EXPECT_EQ(exp(R(710.0)).bound(), infinity);
    EXPECT_EQ((R(std::numeric_limits<double>::max()) * R(2.0)).bound(), infinity);
    EXPECT_EQ((R(0.0) * R(1.0, infinity)).bound(), infinity);
}

TEST(TheRunningError, keeps_what_underflow_costs) {
    // Each was below the true error under first-order rules without the underflow unit.
    const Running<double> product = Running<double>(3e-162) * Running<double>(1.1e-160);
    EXPECT_GE(Exact(product.bound()),
              abs(Exact(product.value()) - Exact(3e-162) * Exact(1.1e-160)));
    const Running<double> saturated = exp(Running<double>(-760.0, 20.0));
    EXPECT_GE(Exact(saturated.value()) + saturated.bound(), exp(Exact(-740)));
    const Running<double> ratio = Running<double>(1e-320) / Running<double>(1e-310, 5e-324);
    EXPECT_GE(Exact(ratio.bound()),
              abs(Exact(ratio.value()) - Exact(1e-320) / (Exact(1e-310) + Exact(5e-324))));
    const Running<double> root = pow(Running<double>(0x1p-1070, 0x1p-1074), Running<double>(0.5));
    EXPECT_GE(Exact(root.bound()),
              abs(Exact(root.value()) - sqrt(Exact(0x1p-1070) + Exact(0x1p-1074))));
}

TEST(AComparison, is_counted_as_undetermined_where_the_errors_leave_it_open) {
    Ledger ledger;
    const Running<double> a(1.0, 1e-10, &ledger), near(1.0 + 0.9e-10, 0), far(1.0 + 3e-10, 0),
        exact(2.0, 0, &ledger);
    static_cast<void>(a < far);
    static_cast<void>(exact < Running<double>(2.0));
    EXPECT_EQ(ledger.undetermined(), 0U) << "a tie of exact values is decided";
    static_cast<void>(a < near);
    EXPECT_EQ(ledger.undetermined(), 1U);
    static_cast<void>(near > a);
    EXPECT_EQ(ledger.undetermined(), 1U) << "the same two values, decided before";
    static_cast<void>(near > exact - Running<double>(1.0, 1e-10));
    EXPECT_EQ(ledger.undetermined(), 2U);
}

}  // namespace
