// The generator of cases at kinks: it gets there in a share of the cases that is asked for, and refutes
// that it does not.
#include <gradproof/generate/kink_case.hpp>
#include <gradproof/primitives/builders.hpp>

#include "refutes.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>
#include <limits>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace gradproof::generate {
namespace {

using cases::Case;

constexpr Precision kBoth[] = {Precision::binary64, Precision::binary32};

/// The case of one primitive of one operand.
[[nodiscard]] Case applied(backprop::Variable (*primitive)(backprop::Variable),
                           std::vector<double> x) {
    Case drawn;
    static_cast<void>(primitive(backprop::input(drawn.graph, "x", {x.size()})));
    drawn.cotangent.assign(scalar::element_count(drawn.graph.output_shape()), 1.0);
    drawn.inputs.push_back(std::move(x));
    return drawn;
}

/// relu(p + b) of one entry.
[[nodiscard]] Case sum(double p, double b) {
    Case drawn;
    const auto x = backprop::input(drawn.graph, "p", {1});
    const auto y = backprop::input(drawn.graph, "b", {1});
    static_cast<void>(primitives::relu(primitives::add(x, y)));
    drawn.inputs = {{p}, {b}};
    drawn.cotangent = {1};
    return drawn;
}

void expect(const Case& drawn, bool at_kink, bool beside_kink) {
    const KinkCoverage coverage = kink_coverage(drawn);
    EXPECT_EQ(coverage.at_kink, at_kink) << cases::case_lines(drawn).front();
    EXPECT_EQ(coverage.beside_kink, beside_kink) << cases::case_lines(drawn).front();
}

TEST(TheCoverageOfKinks, tells_at_from_beside_and_both_from_far) {
    namespace build = primitives;
    const double above = std::nextafter(1.0, 2.0);
    expect(applied(build::relu, {0, 1}), true, false);
    expect(applied(build::relu, {1e-300, 1}), false, false);
    expect(applied(build::abs, {5e-324, -0.0}), true, true);
    expect(applied(build::hinge, {0, above}), false, true);
    expect(applied(build::hardtanh, {-1, above}), true, true);
    expect(applied(build::hardtanh, {0, 1 + 0x1p-49}), false, false);
    expect(applied(build::max, {1, 1, 3}), false, false);
    expect(applied(build::max, {1, 3, 3}), true, false);
    expect(applied(build::max, {1, above}), false, true);
    expect(applied(build::norm, {0, 1}), false, false);
    expect(applied(build::norm, {0, 0}), true, false);
    expect(applied(build::sigmoid, {0, 0}), false, false);
    expect(applied(build::sum, {}), false, false);
}

TEST(TheCoverageOfKinks, measures_a_sum_in_ulps_of_its_summands) {
    const double nearly = std::nextafter(0.3, 1.0);
    expect(sum(0.3, -0.3), true, false);
    expect(sum(0.3, -nearly), false, true);
    expect(sum(0.3, -0.3 * (1 + 0x1p-48)), false, false);
}

TEST(CasesAtKinks, are_at_one_or_beside_one_in_three_of_ten_each) {
    for (const Precision precision : kBoth) {
        constexpr int count = 3000;
        rc::Random random(3);
        int at = 0, beside = 0, neither = 0;
        for (int i = 0; i < count; ++i) {
            Dice dice(random.split());
            const KinkCoverage coverage = kink_coverage(draw_kink_case(dice, precision));
            at += coverage.at_kink ? 1 : 0;
            beside += coverage.beside_kink ? 1 : 0;
            neither += !coverage.at_kink && !coverage.beside_kink ? 1 : 0;
        }
        std::printf(
            "  of %d cases in %s %.1f %% are at a kink, %.1f %% beside one, %.1f %% neither\n",
            count, precision == Precision::binary64 ? "binary64" : "binary32", 100.0 * at / count,
            100.0 * beside / count, 100.0 * neither / count);
        EXPECT_GE(10 * at, 3 * count);
        EXPECT_GE(10 * beside, 3 * count);
    }
}

TEST(CasesAtKinks, refute_that_kinks_are_met_by_luck_only) {
    constexpr int tries = 100;
    for (const Precision precision : kBoth) {
        const auto never_at = [](const Case& drawn) { return !kink_coverage(drawn).at_kink; };
        const auto never_beside = [](const Case& drawn) {
            const KinkCoverage coverage = kink_coverage(drawn);
            return coverage.at_kink || !coverage.beside_kink;
        };
        const auto one_layer = [](const Case& drawn) { return drawn.inputs.size() < 5; };
        EXPECT_EQ(seeds_that_refute(kink_case(precision), never_at, tries), 5)
            << "no pre-activation is ever at a kink";
        EXPECT_EQ(seeds_that_refute(kink_case(precision), never_beside, tries), 5)
            << "none is ever within 4 ulps without being at it";
        EXPECT_EQ(seeds_that_refute(kink_case(precision), one_layer, tries), 5)
            << "never two layers";
    }
}

TEST(CasesAtKinks, are_checkable_and_use_every_kinked_primitive) {
    std::set<std::string> used;
    for (const Precision precision : kBoth) {
        rc::Random random(6);
        for (int i = 0; i < 1000; ++i) {
            const Case drawn = kink_case(precision)(random.split(), rc::kNominalSize).value();
            ASSERT_NO_THROW(cases::require_checkable(drawn));
            for (const backprop::Node& node : drawn.graph.nodes) {
                if (node.primitive != nullptr) used.emplace(node.primitive->name);
            }
        }
    }
    for (const char* name :
         {"relu", "abs", "hinge", "hardtanh", "leaky_relu", "maximum", "max", "l1_norm"})
        EXPECT_EQ(used.count(name), 1U) << name;
}

TEST(CasesAtKinks, shrink_to_one_primitive_at_its_kink) {
    const auto at_kink = [](const Case& drawn) { return kink_coverage(drawn).at_kink; };
    for (const std::uint64_t seed : kSeeds) {
        rc::Random random(seed);
        for (;;) {
            auto start = kink_case()(random.split(), rc::kNominalSize);
            if (!at_kink(start.value()) || start.value().inputs.size() < 5) continue;
            const auto minimal = shrunk(std::move(start), at_kink).value;
            EXPECT_LE(minimal.graph.nodes.size(), 3U) << cases::case_lines(minimal).front();
            EXPECT_LE(cases::flat_inputs(minimal).size(), 2U) << cases::case_lines(minimal).front();
            break;
        }
    }
}

}  // namespace
}  // namespace gradproof::generate
