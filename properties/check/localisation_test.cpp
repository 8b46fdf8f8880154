// Localisation: the wrong entries of a large gradient are found, all of them and no others, in few
// directional derivatives; a sound gradient takes one.
#include "../drawn_cases.hpp"
#include "some_cases.hpp"

#include <gradproof/generate/dice.hpp>

#include <rapidcheck/Random.h>

#include <bit>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <limits>
#include <set>

#include <gtest/gtest.h>

namespace gradproof::check {
namespace {

using generate::Dice;
using gradproof::testing::wanted_cases;
using gradproof::testing::wanted_seed;
using Alter = std::function<void(Numbers& gradient)>;

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

/// Our own backprop, its gradient altered.
class Altered final : public subject::ProgramSubject {
public:
    explicit Altered(Alter alter) : alter_(std::move(alter)) {}
    [[nodiscard]] std::string name() const override { return "altered"; }
    [[nodiscard]] subject::Answer answer(const cases::Case& drawn,
                                         std::span<const double> cotangent) const override {
        subject::Answer answer = backprop_.answer(drawn, cotangent);
        alter_(answer.gradient);
        return answer;
    }

private:
    subject::Backprop backprop_;
    Alter alter_;
};

/// sum(act(W x)) with normal numbers, W of deviation 1/sqrt(columns): rows * columns + columns entries.
[[nodiscard]] cases::Case layer(Dice& dice, std::size_t rows, std::size_t columns,
                                backprop::Variable (*act)(backprop::Variable)) {
    cases::Case drawn;
    const auto W = backprop::input(drawn.graph, "W", {rows, columns});
    const auto x = backprop::input(drawn.graph, "x", {columns});
    static_cast<void>(primitives::sum(act(primitives::matvec(W, x))));
    const double deviation = 1 / std::sqrt(static_cast<double>(columns));
    auto& weights = drawn.inputs.emplace_back();
    for (std::size_t i = 0; i < rows * columns; ++i) weights.push_back(deviation * dice.normal());
    auto& point = drawn.inputs.emplace_back();
    for (std::size_t i = 0; i < columns; ++i) point.push_back(dice.normal());
    drawn.cotangent = {1};
    return drawn;
}

[[nodiscard]] cases::Case sigmoid_layer(std::size_t rows, std::size_t columns,
                                        std::uint64_t seed = 1) {
    Dice dice{rc::Random(seed)};
    return layer(dice, rows, columns, primitives::sigmoid);
}

[[nodiscard]] std::size_t entries_of(const cases::Case& drawn) {
    return cases::flat_inputs(drawn).size();
}

[[nodiscard]] Report searched(const cases::Case& drawn, Alter alter, std::uint64_t seed = 1) {
    return direction(subject::ProgramTrial(Altered(std::move(alter)), drawn), seed);
}

[[nodiscard]] std::set<std::string> names(const Report& report) {
    std::set<std::string> names;
    for (const Entry& entry : report.entries) names.insert(entry.name);
    return names;
}
[[nodiscard]] std::set<std::string> names(const cases::Case& drawn,
                                          const std::set<std::size_t>& entries) {
    std::set<std::string> names;
    for (const std::size_t i : entries) names.insert(cases::entry_name(drawn.graph, i));
    return names;
}

/// Each of the entries off by this share of itself.
[[nodiscard]] Alter off_by(std::set<std::size_t> entries, double share) {
    return [entries = std::move(entries), share](Numbers& gradient) {
        for (const std::size_t i : entries) gradient[i] *= 1 + share;
    };
}

[[nodiscard]] std::set<std::size_t> drawn_entries(Dice& dice, std::size_t count,
                                                  std::size_t entries) {
    std::set<std::size_t> drawn;
    while (drawn.size() < count) drawn.insert(dice.below(entries));
    return drawn;
}

[[nodiscard]] std::size_t derivatives(const Report& report) {
    return report.counts.group_tests + report.counts.entries;
}

TEST(ASearch, names_the_wrong_entries_and_no_others) {
    rc::Random random(wanted_seed());
    for (std::size_t i = 0; i < wanted_cases(); ++i) {
        Dice dice(random.split());
        const std::size_t rows = 5 + dice.below(30), columns = 10 + dice.below(30);
        const cases::Case drawn = layer(dice, rows, columns, primitives::sigmoid);
        const std::size_t n = entries_of(drawn);
        const auto wrong = drawn_entries(dice, 1 + dice.below(4), n);
        const double share = std::ldexp(1 + dice.uniform(), -static_cast<int>(dice.below(24)));
        const std::uint64_t seed = dice.bits();
        const Report report = searched(drawn, off_by(wrong, share), seed);
        ASSERT_EQ(names(report), names(drawn, wrong)) << "case " << i << ", seed " << seed;
        ASSERT_EQ(report.verdict, Verdict::wrong);
        ASSERT_EQ(report.counts.undecided, 0U);
        ASSERT_LE(derivatives(report), wrong.size() * (std::bit_width(n) + 2) + 5) << "case " << i;
    }
}

TEST(ASearch, takes_one_derivative_of_a_sound_gradient_and_names_nothing) {
    const cases::Case drawn = sigmoid_layer(17, 19);
    for (std::uint64_t seed = 0; seed < wanted_cases(); ++seed) {
        const Report report = searched(
            drawn, [](Numbers&) {}, seed);
        ASSERT_EQ(report.verdict, Verdict::agrees) << "seed " << seed;
        ASSERT_EQ(report.counts.group_tests, 1U) << "seed " << seed;
        ASSERT_EQ(report.counts.directions, 1U) << "seed " << seed;
        ASSERT_EQ(report.counts.entries, 0U) << "seed " << seed;
    }
}

}  // namespace
}  // namespace gradproof::check
