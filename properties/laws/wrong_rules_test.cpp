// Wrong rules: each is caught by the law that is there for it, within the quick tier's cases and on
// every seed, and shrinks to something that a person would have written.
#include "../drawn_cases.hpp"
#include "median.hpp"

#include <wrong_rules/wrong_rule.hpp>

#include <gradproof/laws/primal_agrees.hpp>
#include <gradproof/laws/pullback_is_linear.hpp>
#include <gradproof/laws/search.hpp>

#include <algorithm>
#include <array>
#include <cstdio>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace {

using namespace gradproof;
using fixtures::WrongRule;
using laws::Finding;
using laws::Law;

constexpr std::array<std::uint64_t, 5> kSeeds{1, 2, 3, 5, 8};

/// Two in the quick tier, all five in the soak tier.
[[nodiscard]] std::span<const std::uint64_t> seeds() {
    const bool soak = gradproof::testing::wanted_cases() > 1000;
    return std::span(kSeeds).first(soak ? kSeeds.size() : 2);
}
constexpr std::size_t kQuickCases = 100;  // a property's cases in the quick tier
/// Two entries of each of three operands and of the cotangent, which it takes to see that one was left out,
/// and of one operand two rows: attention over two features.
constexpr std::size_t kMostNumbers = 10;

[[nodiscard]] std::optional<Finding> caught(const WrongRule& rule, std::span<const Law> laws,
                                            std::uint64_t seed) {
    return laws::search(*rule.subject(), rule.drawn, {seed, kQuickCases, laws}).finding;
}

[[nodiscard]] std::span<const Law> only(std::string_view name) { return {laws::find_law(name), 1}; }

[[nodiscard]] std::size_t applications(const cases::Case& drawn) {
    return drawn.graph.nodes.size() - drawn.graph.inputs.size();
}

[[nodiscard]] std::size_t numbers(const cases::Case& drawn) {
    return cases::flat_inputs(drawn).size() + drawn.cotangent.size();
}

[[nodiscard]] std::string in_brackets(const std::vector<double>& values) {
    std::string text;
    for (const double value : values) text += (text.empty() ? "" : " ") + cases::shortest(value);
    return "[" + text + "]";
}

/// "n1 = relu(x), x = [0], cotangent [1]".
[[nodiscard]] std::string in_words(const cases::Case& drawn) {
    std::string words;
    for (const std::string& line : cases::program_lines(drawn.graph)) {
        if (!line.starts_with("output")) words += line + ", ";
    }
    for (std::size_t i = 0; i < drawn.inputs.size(); ++i) {
        words += drawn.graph.nodes[drawn.graph.inputs[i]].name + " = " +
                 in_brackets(drawn.inputs[i]) + ", ";
    }
    return words + "cotangent " + in_brackets(drawn.cotangent);
}

TEST(AWrongRule, is_caught_by_the_law_that_is_there_for_it_on_every_seed) {
    std::printf("medians over %zu seeds; the case is that of the first\n", seeds().size());
    std::printf("%-43s %-36s %5s %5s %5s %7s  %s\n", "wrong rule", "caught by", "cases", "tries",
                "nodes", "numbers", "minimal case");
    for (const WrongRule& rule : fixtures::wrong_rules()) {
        std::vector<std::size_t> drawn, tries, nodes, sizes;
        std::string first;
        for (const std::uint64_t seed : seeds()) {
            const auto finding = caught(rule, only(rule.law), seed);
            EXPECT_TRUE(finding) << rule.name << " passes \"" << rule.law << "\" on seed " << seed;
            if (!finding) continue;
            drawn.push_back(finding->cases);
            tries.push_back(finding->shrink_tries);
            nodes.push_back(applications(finding->minimal));
            sizes.push_back(numbers(finding->minimal));
            if (first.empty()) first = in_words(finding->minimal);
            EXPECT_LE(nodes.back(), rule.nodes) << rule.name << ": " << in_words(finding->minimal);
            EXPECT_LE(sizes.back(), kMostNumbers)
                << rule.name << ": " << in_words(finding->minimal);
        }
        if (drawn.empty()) continue;
        std::printf("%-43s %-36s %5zu %5zu %5zu %7zu  %s\n", rule.name.c_str(),
                    std::string(rule.law).c_str(), median(drawn), median(tries), median(nodes),
                    median(sizes), first.c_str());
    }
}

TEST(AWrongRule, that_is_wrong_in_its_primal_is_not_blamed_on_its_gradient) {
    std::size_t tried = 0;
    for (const WrongRule& rule : fixtures::wrong_rules()) {
        if (rule.law != laws::kPrimalAgrees) continue;
        ++tried;
        for (const std::uint64_t seed : seeds()) {
            const auto finding = caught(rule, laws::all_laws(), seed);
            ASSERT_TRUE(finding) << rule.name;
            EXPECT_EQ(finding->law->name, laws::kPrimalAgrees) << rule.name << ", seed " << seed;
        }
    }
    EXPECT_GE(tried, 4U);
}

// The law of the zero cotangent has no rule of its own: the parts of a cotangent that linearity adds up
// are zero now and then, and so are drawn cotangents. It is there because it costs one sweep, and sees
// in every case what the others see in one of twenty.
TEST(WrongRules, are_there_that_only_one_law_catches_for_each_law_but_that_of_the_zero_cotangent) {
    std::map<std::string_view, std::size_t> alone;
    std::printf("columns: the laws in the order of the list below; x: caught\n");
    for (const WrongRule& rule : fixtures::wrong_rules()) {
        // One for each law will do in the quick tier.
        const bool soak = seeds().size() == kSeeds.size();
        if (!soak && alone[rule.law] > 0) continue;
        std::vector<std::string_view> catching;
        std::string row;
        for (const Law& law : laws::all_laws()) {
            const bool found = caught(rule, {&law, 1}, kSeeds[0]).has_value();
            if (found) catching.push_back(law.name);
            row += found ? " x" : " .";
        }
        if (catching.size() == 1) ++alone[catching.front()];
        std::printf("  %-43s%s\n", rule.name.c_str(), row.c_str());
    }
    for (const Law& law : laws::all_laws()) {
        std::printf("  only \"%s\": %zu\n", std::string(law.name).c_str(), alone[law.name]);
        if (law.name == laws::kZeroCotangentGivesZero) continue;
        EXPECT_GE(alone[law.name], 1U) << law.name;
    }
}

TEST(WrongRules, have_names_of_their_own_and_laws_that_exist) {
    std::map<std::string, int> names;
    for (const WrongRule& rule : fixtures::wrong_rules()) {
        EXPECT_EQ(++names[rule.name], 1) << rule.name;
        EXPECT_NE(laws::find_law(rule.law), nullptr) << rule.name;
        EXPECT_EQ(rule.subject()->name(), rule.name);
    }
}

}  // namespace
