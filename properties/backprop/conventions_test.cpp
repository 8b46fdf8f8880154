// What a primitive declares for its kinks and ties, as data apart from its pullback, and what its pullback
// gives there are the same numbers; and drawn cases get there.
#include <gradproof/case/backprop_answer.hpp>
#include <gradproof/generate/kink_case.hpp>
#include <gradproof/generate/primitive_case.hpp>
#include <gradproof/primitives/catalogue.hpp>

#include <gtest/gtest.h>

#include <cstdio>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace gradproof {
namespace {

using backprop::Primitive;
using Numbers = std::vector<double>;

constexpr int kCases = 2000;

/// The whole gradient, flat, that `at_tie` promises.
[[nodiscard]] Numbers promised_at_tie(const Primitive& primitive, const cases::Case& drawn) {
    const double unwritten = std::numeric_limits<double>::quiet_NaN();
    std::vector<Numbers> gradient;
    for (const Numbers& input : drawn.inputs) gradient.emplace_back(input.size(), unwritten);
    const std::vector<std::span<const double>> inputs(drawn.inputs.begin(), drawn.inputs.end());
    const std::vector<std::span<double>> written(gradient.begin(), gradient.end());
    primitive.at_tie(drawn.graph.nodes[drawn.graph.output].application, drawn.cotangent, inputs,
                     written);
    Numbers flat;
    for (const Numbers& part : gradient) flat.insert(flat.end(), part.begin(), part.end());
    return flat;
}

/// What is declared for an entry of the gradient, if anything is.
[[nodiscard]] std::vector<std::optional<double>> declared(const Primitive& primitive,
                                                          const cases::Case& drawn) {
    const Numbers x = cases::flat_inputs(drawn);
    std::vector<std::optional<double>> promised(x.size());
    for (const backprop::Kink& kink : primitive.kinks) {
        for (std::size_t i = 0; i < x.size(); ++i) {
            if (x[i] == kink.at) promised[i] = kink.slope * drawn.cotangent[i];
        }
    }
    if (primitive.at_tie != nullptr) {
        const Numbers whole = promised_at_tie(primitive, drawn);
        promised.assign(whole.begin(), whole.end());
    }
    return promised;
}

[[nodiscard]] bool has_ties(const Primitive& primitive) {
    return !primitive.kinks.empty() || primitive.at_tie != nullptr;
}

TEST(DeclaredConventions, are_what_the_pullback_gives_at_ties_and_ties_are_drawn) {
    for (const Primitive& primitive : primitives::catalogue()) {
        if (!has_ties(primitive)) continue;
        rc::Random random(7);
        int tied = 0;
        for (int i = 0; i < kCases; ++i) {
            generate::Dice dice(random.split());
            const cases::Case drawn = generate::draw_primitive_case(dice, primitive);
            if (!generate::kink_coverage(drawn).at_kink) continue;
            ++tied;
            const auto promised = declared(primitive, drawn);
            const Numbers given = cases::backprop_answer(drawn, drawn.cotangent).gradient;
            for (std::size_t k = 0; k < given.size(); ++k) {
                if (promised[k]) {
                    ASSERT_EQ(*promised[k], given[k]) << primitive.name << ", entry " << k << " of "
                                                      << cases::case_lines(drawn).front();
                }
            }
        }
        std::printf("  %-12s %4.1f %% of %d cases tie\n", std::string(primitive.name).c_str(),
                    100.0 * tied / kCases, kCases);
        EXPECT_GE(10 * tied, kCases) << primitive.name;
    }
}

TEST(DeclaredConventions, are_there_in_words_wherever_they_are_there_as_data) {
    for (const Primitive& primitive : primitives::catalogue()) {
        EXPECT_TRUE(!has_ties(primitive) || !primitive.convention.empty()) << primitive.name;
        EXPECT_FALSE(!primitive.kinks.empty() && primitive.at_tie != nullptr) << primitive.name;
        EXPECT_TRUE(primitive.tie_points == nullptr || primitive.at_tie != nullptr)
            << primitive.name;
    }
}

}  // namespace
}  // namespace gradproof
