// Attributes: numbers that function and gradient share and nobody differentiates by. One that the gradient
// forgets is caught.
#include "kernels.hpp"
#include "proven.hpp"

#include <gradproof/laws/vjp_agrees.hpp>
#include <gradproof/testing/saved_points.hpp>
#include <gradproof/testing/user_laws.hpp>

#include <algorithm>
#include <cmath>
#include <set>
#include <string>
#include <type_traits>
#include <vector>

#include <gtest/gtest.h>

namespace {

using namespace gradproof::testing;
using namespace gradproof::testing::kernels;
using gradproof::laws::kVjpAgrees;

constexpr auto leaky = [](const auto& x, double slope) { return x[0] > 0 ? x[0] : x[0] * slope; };
constexpr auto power = [](const auto& x, int k) {
    auto y = x[0];
    for (int i = 1; i < k; ++i) y = y * x[0];
    return y;
};

[[nodiscard]] auto leaky_relu() {
    return gradient_of(leaky).on(1).attribute("slope", between(0.01, 0.9));
}

TEST(AnAttribute, is_given_to_function_and_gradient) {
    holds(leaky_relu().by(
        [](In x, double slope, double u, Out dx) { dx[0] = x[0] > 0 ? u : slope * u; }));
    holds(leaky_relu().by_jvp(
        [](In x, double slope, In t) { return x[0] > 0 ? t[0] : slope * t[0]; }));
    holds(leaky_relu().by_jacobian([](In x, double slope, Out j) { j[0] = x[0] > 0 ? 1 : slope; }));
}

TEST(AnAttribute, has_the_type_of_its_choices) {
    holds(gradient_of(power)
              .on(1)
              .in(between(-8, 8))
              .attribute("k", one_of(1, 2, 3))
              .with_primal([](In x, int k) { return std::pow(x[0], k); })
              .by([](In x, auto k, double u, Out dx) {
                  static_assert(std::is_same_v<decltype(k), int>);
                  dx[0] = u * k * std::pow(x[0], k - 1);
              }));
}

TEST(AnAttribute, of_code_in_float_is_a_float) {
    holds(gradient_of(leaky)
              .on(1)
              .attribute("slope", between(0.01, 0.9))
              .by([](std::span<const float> x, auto slope, float u, std::span<float> dx) {
                  static_assert(std::is_same_v<decltype(slope), float>);
                  dx[0] = x[0] > 0 ? u : slope * u;
              }));
}

TEST(AnAttribute, takes_every_choice) {
    const HandWritten claim =
        gradient_of(power).on(1).attribute("k", one_of(1, 2, 3)).by([](In, int, double, Out dx) {
            dx[0] = 0;
        });
    gradproof::generate::Dice dice{rc::Random(1)};
    std::set<double> values;
    for (int draw = 0; draw < 100; ++draw)
        values.insert(draw_point(dice, claim).frame.attributes[0]);
    EXPECT_EQ(values, (std::set<double>{1, 2, 3}));
}

TEST(AWrongGradient, that_ignores_an_attribute_is_caught_and_shows_it) {
    const HandWritten claim =
        leaky_relu().by([](In x, double, double u, Out dx) { dx[0] = x[0] > 0 ? u : 0.01 * u; });
    is_caught(claim, kVjpAgrees);
    const std::string text = text_of(proven(claim), claim);
    EXPECT_NE(text.find("\n  slope = 0."), std::string::npos) << text;
}

TEST(AWrongGradient, of_the_first_choice_only_is_shown_at_the_second) {
    const HandWritten claim = gradient_of(power)
                                  .on(1)
                                  .in(between(-8, 8))
                                  .attribute("k", one_of(1, 2, 3))
                                  .by([](In, int, double u, Out dx) { dx[0] = u; });
    is_caught(claim, kVjpAgrees);
    const Proof proof = proven(claim);
    EXPECT_EQ(proof.broken->point.frame.attributes, std::vector<double>{2})
        << text_of(proof, claim);
}

TEST(APoint, with_attributes_is_saved_with_them_and_refused_where_they_cannot_be) {
    const HandWritten claim = leaky_relu().by([](In, double, double, Out dx) { dx[0] = 0; });
    const Point point{{{}, {0.25}}, {{3}}, {1}, {}, 7};
    const std::string text = write_points({{point, "a law"}}, "Suite.test", claim);
    EXPECT_EQ(read_points(text, "points.json", "Suite.test", claim).at(0).point, point);
    std::string beyond = text;
    beyond.replace(beyond.find("0.25"), 4, "0.95");
    try {
        (void)read_points(beyond, "points.json", "Suite.test", claim);
        FAIL() << beyond;
    } catch (const std::exception& refusal) {
        EXPECT_NE(std::string(refusal.what()).find("given a number that slope cannot be"),
                  std::string::npos)
            << refusal.what();
    }
}

}  // namespace
