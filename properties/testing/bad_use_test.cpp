// What is at fault without any gradient being wrong is refused in words that say what to do, and a test
// that could not judge anything is no pass.
#include "kernels.hpp"
#include "proven.hpp"
#include "refusal_of.hpp"

#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace {

using namespace gradproof::testing;
using namespace gradproof::testing::kernels;

constexpr auto kNothing = [](In, double, Out dx) {
    for (double& g : dx) g = 0;
};
constexpr auto kLog = []<class S>(std::span<const S> x) {
    using std::log;
    S sum = 0;
    for (const S& v : x) sum += log(v);
    return sum;
};
constexpr auto kLogGradient = [](In x, double u, Out dx) {
    for (std::size_t i = 0; i < x.size(); ++i) dx[i] = u / x[i];
};

TEST(AShape, without_a_number_is_refused) {
    EXPECT_EQ(
        refusal_of([] { (void)gradient_of(squares).on(0); }),
        "input x has the shape [0], wanted is a shape of 1 to 100000 numbers; give .on(...) sizes "
        "that the gradient can be checked at");
    EXPECT_NE(refusal_of([] { (void)gradient_of(matvec).on({3, 0}, 0); }), "");
}

TEST(AShape, of_a_size_that_is_no_size_is_refused) {
    EXPECT_NE(refusal_of([] { (void)gradient_of(squares).on(static_cast<std::size_t>(-3)); }), "");
    EXPECT_NE(refusal_of([] {
                  (void)gradient_of(squares).on({1'000'000'000, 4'000'000'000'000});
              }),
              "");
}

TEST(AFunction, that_returns_no_number_is_refused) {
    const auto none = []<class S>(std::span<const S>) { return std::vector<S>{}; };
    EXPECT_EQ(refusal_of([&] { (void)gradient_of(none).on(2).by(kNothing); }),
              "the function returned no number; return at least one");
}

TEST(AFunction, that_returns_another_count_elsewhere_is_refused) {
    const auto some = []<class S>(std::span<const S> x) {
        std::vector<S> y{x[0]};
        if (x[0] > 3) y.push_back(x[0]);
        return y;
    };
    const HandWritten claim = gradient_of(some).on(1).by([](In, double u, Out dx) { dx[0] = u; });
    EXPECT_EQ(
        refusal_of([&] { (void)proven(claim); }),
        "the function returned 2 numbers where it returned 1 before; return as many everywhere");
}

TEST(AFunction, of_several_numbers_asks_for_a_cotangent_of_as_many) {
    EXPECT_NE(
        refusal_of([] { (void)gradient_of(relu).on(2).by(kNothing); }).find("take a std::span"),
        std::string::npos);
    EXPECT_NE(refusal_of([] {
                  (void)gradient_of(relu).on(2).by([](In, Out) {});
              }).find("takes no cotangent"),
              std::string::npos);
    EXPECT_NE(refusal_of([] {
                  (void)proven(gradient_of(relu)
                                   .on(2)
                                   .with_primal([](In x) { return x[0]; })
                                   .by([](In, In, Out dx) { dx[0] = dx[1] = 0; }));
              }).find("the primal returns one number, the function 2"),
              std::string::npos);
}

TEST(AFunction, that_throws_is_quoted) {
    const auto strict = []<class S>(std::span<const S> x) {
        if (x[0] < 0) throw std::domain_error("negative");
        return x[0];
    };
    const auto asked = [&] {
        (void)proven(gradient_of(strict).on(1).by([](In, double u, Out dx) { dx[0] = u; }));
    };
    EXPECT_NE(refusal_of(asked).find("the function threw \"negative\"; return a number"),
              std::string::npos);
}

TEST(ADomain, that_is_not_declared_is_asked_for) {
    const HandWritten claim = gradient_of(kLog).on(3).by(kLogGradient);
    const std::string refusal = refusal_of([&] { (void)proven(claim); });
    EXPECT_NE(refusal.find("more than half of the draws had to be discarded"), std::string::npos)
        << refusal;
    EXPECT_NE(refusal.find(".in(gradproof::positive())"), std::string::npos) << refusal;
    const HandWritten declared = gradient_of(kLog).on(3).in(positive()).by(kLogGradient);
    EXPECT_TRUE(proven(declared).holds());
}

TEST(ADomain, that_is_declared_too_wide_is_refused_with_a_point) {
    const HandWritten claim = gradient_of(kLog).on(1).in(between(-1, 1)).by(kLogGradient);
    const std::string refusal = refusal_of([&] { (void)proven(claim); });
    EXPECT_NE(refusal.find("the function is not defined at x = ["), std::string::npos) << refusal;
    EXPECT_NE(refusal.find("declare a narrower one"), std::string::npos) << refusal;
}

TEST(ADomain, where_everything_overflows_is_refused) {
    const auto steep = []<class S>(std::span<const S> x) {
        using std::exp;
        return exp(exp(x[0]));
    };
    const HandWritten claim = gradient_of(steep).on(1).in(between(10, 100)).by(kNothing);
    const std::string refusal = refusal_of([&] { (void)proven(claim); });
    EXPECT_NE(refusal.find("where it overflows"), std::string::npos) << refusal;
}

TEST(ADomain, that_is_malformed_is_refused) {
    EXPECT_NE(
        refusal_of([] { (void)proven(gradient_of(squares).on(2).in(between(2, 1)).by(kNothing)); }),
        "");
    EXPECT_NE(refusal_of([] {
                  (void)proven(gradient_of(squares).on(2).in({.lower = std::nan("")}).by(kNothing));
              }),
              "");
}

TEST(ADomain, may_be_one_for_each_input) {
    const auto scaled = [](const auto& a, const auto& b) {
        using std::log;
        return log(a[0]) * b[0];
    };
    const HandWritten claim = gradient_of(scaled)
                                  .on(1, 1)
                                  .in(positive(), between(-2, 2))
                                  .by([](In a, In b, double u, Out da, Out db) {
                                      da[0] = u * b[0] / a[0];
                                      db[0] = u * std::log(a[0]);
                                  });
    const Proof proof = proven(claim);
    EXPECT_TRUE(proof.holds()) << text_of(proof, claim);
}

TEST(AProof, in_which_nothing_could_be_judged_is_none) {
    const auto lost = []<class S>(std::span<const S> x) {
        const S y = (x[0] + 1e18) - 1e18;
        return y * y;
    };
    const HandWritten powerless =
        gradient_of(lost).on(1).in(between(0.1, 1)).by([](In x, double u, Out dx) {
            dx[0] = 2 * u * x[0];
        });
    const Proof unjudged = proven(powerless);
    EXPECT_FALSE(unjudged.broken);
    EXPECT_FALSE(unjudged.holds());
    EXPECT_EQ(text_of(unjudged, powerless)
                  .find("undecided: Suite.test is not proven: nothing could be judged"),
              0U)
        << text_of(unjudged, powerless);
}

TEST(AProof, of_a_constant_is_none) {
    const auto constant = []<class S>(std::span<const S>) { return S(3); };
    const HandWritten claim = gradient_of(constant).on(2).by(kNothing);
    const Proof proof = proven(claim);
    EXPECT_FALSE(proof.holds());
    EXPECT_NE(text_of(proof, claim).find("does not depend on its inputs"), std::string::npos);
}

TEST(AProof, of_numbers_that_nobody_can_judge_is_none) {
    // From 7 on a third exponential is beyond all of its 1000 digits.
    const auto flat = []<class S>(std::span<const S> x) {
        return S(1) / (S(1) + exp(exp(exp(x[0]))));
    };
    const HandWritten claim =
        gradient_of(flat).on(1).in(between(4, 5)).by([](In, double u, Out dx) { dx[0] = 3 * u; });
    const Proof proof = proven(claim);
    EXPECT_EQ(proof.counts.judged, 0U);
    EXPECT_FALSE(proof.holds()) << text_of(proof, claim);
    EXPECT_FALSE(proof.broken);
    EXPECT_NE(text_of(proof, claim).find("nothing could be judged"), std::string::npos)
        << text_of(proof, claim);
}

TEST(AProof, with_too_much_undecided_is_none) {
    // No number of digits says on which side of the kink a point is.
    const auto jumping = []<class S>(std::span<const S> x) {
        const S close = exp(log(x[0])) - x[0];
        return (close > 0 ? x[0] : -x[0]) + x[1] * x[1];
    };
    const HandWritten claim =
        gradient_of(jumping).on(2).in(between(0.1, 1)).by([](In x, double u, Out dx) {
            dx[0] = u;
            dx[1] = 2 * u * x[1];
        });
    const Proof proof = proven(claim);
    EXPECT_FALSE(proof.holds());
    EXPECT_FALSE(proof.broken);
    EXPECT_NE(text_of(proof, claim).find("cases could not be decided, at most 5 % may"),
              std::string::npos)
        << text_of(proof, claim);
}

}  // namespace
