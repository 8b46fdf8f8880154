// What a user may declare instead of a tolerance, and what a formula that is known adds: ties without
// a convention, float inside of double, digits lost by a right formula.
#include "kernels.hpp"
#include "proven.hpp"

#include <gradproof/check/check.hpp>
#include <gradproof/scalar/functions.hpp>
#include <gradproof/testing/user_laws.hpp>

#include <cmath>
#include <string>

#include <gtest/gtest.h>

namespace {

using namespace gradproof::testing;
using namespace gradproof::testing::kernels;
using gradproof::check::Verdict;

/// sigma in a form that keeps its digits.
constexpr auto sigmoid_function = []<class S>(std::span<const S> x) {
    using gradproof::scalar::sigmoid;
    return sigmoid(x[0]);
};

[[nodiscard]] Verdict verdict_of(const HandWritten& claim, std::uint64_t seed) {
    const Proof proof = proven(claim, seed);
    EXPECT_TRUE(proof.broken) << text_of(proof, claim);
    return proof.broken ? proof.broken->report.verdict : Verdict::agrees;
}

TEST(AGenericVjp, of_the_textbook_is_inaccurate_and_not_wrong) {
    const auto textbook = []<class S>(std::span<const S> x, S u, std::span<S> dx) {
        using gradproof::scalar::sigmoid;
        const S y = sigmoid(x[0]);
        dx[0] = u * (y * (S(1) - y));
    };
    const HandWritten claim = gradient_of(sigmoid_function).on(1).by_generic(textbook);
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
        EXPECT_EQ(verdict_of(claim, seed), Verdict::inaccurate);
    }
    const Proof proof = proven(claim, 1);
    EXPECT_NE(text_of(proof, claim).find("the formula is right; rounding loses"), std::string::npos)
        << text_of(proof, claim);
}

TEST(AGenericVjp, with_a_wrong_formula_is_wrong) {
    const auto doubled = []<class S>(std::span<const S> x, S u, std::span<S> dx) {
        using gradproof::scalar::sigmoid;
        dx[0] = S(2) * u * (sigmoid(x[0]) * sigmoid(-x[0]));
    };
    const HandWritten claim = gradient_of(sigmoid_function).on(1).by_generic(doubled);
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
        EXPECT_EQ(verdict_of(claim, seed), Verdict::wrong);
    }
}

TEST(AGenericVjp, that_is_right_and_accurate_agrees) {
    holds(gradient_of(sigmoid_function)
              .on(1)
              .by_generic([]<class S>(std::span<const S> x, S u, std::span<S> dx) {
                  using gradproof::scalar::sigmoid;
                  dx[0] = u * (sigmoid(x[0]) * sigmoid(-x[0]));
              }));
}

TEST(ABlackBox, of_the_textbook_is_never_said_to_agree) {
    const HandWritten claim = gradient_of(sigmoid_function).on(1).by([](In x, double u, Out dx) {
        const double y = sigmoid_of(x[0]);
        dx[0] = u * (y * (1 - y));
    });
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
        const Proof proof = proven(claim, seed);
        EXPECT_FALSE(proof.holds());
        ASSERT_TRUE(proof.broken);
        EXPECT_NE(proof.broken->report.verdict, Verdict::wrong) << text_of(proof, claim);
    }
}

/// Passes every number through float.
void in_float(In x, double u, Out dx) {
    for (std::size_t i = 0; i < x.size(); ++i) {
        const float g = 2.0F * static_cast<float>(u) * static_cast<float>(x[i]);
        dx[i] = static_cast<double>(g);
    }
}

TEST(ALowerPrecision, holds_where_it_is_declared_and_only_there) {
    holds(gradient_of(squares).on(3).computing_in_float().by(in_float));
    EXPECT_FALSE(proven(gradient_of(squares).on(3).by(in_float), 1).holds());
    const HandWritten wrong =
        gradient_of(squares).on(3).computing_in_float().by([](In x, double u, Out dx) {
            in_float(x, u, dx);
            dx[2] *= 1 + 1e-5;
        });
    EXPECT_EQ(verdict_of(wrong, 1), Verdict::wrong);
}

/// The larger of two numbers.
constexpr auto larger = []<class S>(std::span<const S> x) { return x[0] < x[1] ? x[1] : x[0]; };

TEST(ATie, without_a_convention_admits_any_gradient_of_the_allowed_set) {
    for (const double share : {0.0, 0.25, 0.5, 1.0}) {
        holds(gradient_of(larger).on(2).by([share](In x, double u, Out dx) {
            const double first = x[0] == x[1] ? share : (x[0] > x[1] ? 1 : 0);
            dx[0] = first * u;
            dx[1] = (1 - first) * u;
        }));
    }
}

TEST(ATie, admits_no_gradient_that_goes_to_both_sides) {
    const HandWritten claim = gradient_of(larger).on(2).by([](In x, double u, Out dx) {
        dx[0] = x[0] >= x[1] ? u : 0;
        dx[1] = x[1] >= x[0] ? u : 0;
    });
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
        EXPECT_EQ(verdict_of(claim, seed), Verdict::wrong);
    }
}

TEST(AJump, is_nonsmooth_and_said_to_be_a_jump) {
    const auto step = []<class S>(std::span<const S> x) { return x[0] > 0 ? S(1) : S(0); };
    const HandWritten claim = gradient_of(step).on(1).by([](In, double, Out dx) { dx[0] = 0; });
    Point at_the_jump;
    at_the_jump.inputs = {{0.0}};
    at_the_jump.cotangent = {1.0};
    const auto trial = trial_at(claim, "step", at_the_jump);
    const auto report = gradproof::check::gradient(*trial, gradproof::check::Keep::everything);
    EXPECT_EQ(report.verdict, Verdict::nonsmooth);
    EXPECT_EQ(report.entries.at(0).remark, "the function jumps here: no number is its derivative");
}

TEST(AJump, of_floor_is_found_at_whole_numbers_only) {
    const auto sawtooth = []<class S>(std::span<const S> x) {
        using std::floor;
        return x[0] - floor(x[0]);
    };
    holds(gradient_of(sawtooth).on(1).by([](In, double u, Out dx) { dx[0] = u; }));
    const HandWritten wrong = gradient_of(sawtooth).on(1).by([](In, double, Out dx) { dx[0] = 0; });
    EXPECT_EQ(verdict_of(wrong, 1), Verdict::wrong);
}

}  // namespace
