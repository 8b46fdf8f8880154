// The hull of branches, and directions that separate an answer from it.
#include "some_cases.hpp"

#include <gradproof/check/allowed_set.hpp>

#include <rapidcheck/Random.h>

#include <cmath>
#include <limits>
#include <vector>

#include <gtest/gtest.h>

namespace gradproof::check {
namespace {

[[nodiscard]] std::vector<scalar::Branch> branches_of(const std::vector<Numbers>& gradients,
                                                      double bound = 0) {
    std::vector<scalar::Branch> branches;
    for (const Numbers& gradient : gradients) {
        scalar::Branch& branch = branches.emplace_back();
        for (const double g : gradient) branch.gradient.push_back({g, bound});
    }
    return branches;
}

/// Uniform in [0, 1).
[[nodiscard]] double share(rc::Random& random) {
    return std::ldexp(static_cast<double>(random.next() >> 11U), -53);
}

TEST(AHull, is_the_range_with_twice_the_bound) {
    const auto branches = branches_of({{1}, {3}}, 0.25);
    const Hull hull = hull_over(branches, [](const auto& branch) { return branch.gradient[0]; });
    EXPECT_EQ(hull.low, 0.5);
    EXPECT_EQ(hull.high, 3.5);
}

TEST(AnAnswer, on_the_segment_between_two_branches_is_not_separated) {
    const auto branches = branches_of({{1, 0}, {0, 1}});
    for (const double s : {0.0, 0.25, 0.5, 0.9, 1.0}) {
        EXPECT_FALSE(separation(Numbers{s, 1 - s}, branches)) << s;
    }
}

TEST(AnAnswer, beside_the_segment_is_separated_by_a_direction_that_proves_it) {
    const auto branches = branches_of({{1, 0}, {0, 1}}, 1e-15);
    for (const Numbers& answer : {Numbers{1, 1}, Numbers{0, 0}, Numbers{0.5, 0.5 + 1e-7}}) {
        const auto apart = separation(answer, branches);
        ASSERT_TRUE(apart) << answer[1];
        const double along = apart->direction[0] * answer[0] + apart->direction[1] * answer[1];
        for (const scalar::Branch& branch : branches) {
            EXPECT_GT(along, apart->direction[0] * branch.gradient[0].reference +
                                 apart->direction[1] * branch.gradient[1].reference);
        }
    }
    EXPECT_FALSE(separation(Numbers{0.5, 0.5 + 1e-15}, branches)) << "within rounding";
}

TEST(AnAnswer, is_not_held_to_an_entry_of_which_one_branch_says_nothing) {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    for (const double unknown : {0.0, infinity, std::nan("")}) {
        auto branches = branches_of({{1, 0, 0}, {0, 1, 1}, {0, 0, 0}});
        branches[2].gradient[0] = {unknown, infinity};
        // Of no side if only the first two are looked at; sound on the third.
        EXPECT_FALSE(separation(Numbers{0.5, 0, 0}, branches)) << unknown;
        EXPECT_TRUE(separation(Numbers{0.5, 1, 0}, branches))
            << "the entries known on all sides count";
    }
}

TEST(AnAnswer, that_mixes_branches_is_never_separated_and_one_outside_mostly_is) {
    rc::Random random(1);
    std::size_t outside = 0, found = 0;
    for (int draw = 0; draw < 300; ++draw) {
        const std::size_t entries = 2 + random.next() % 5, count = 2 + random.next() % 7;
        std::vector<Numbers> gradients(count, Numbers(entries));
        for (Numbers& gradient : gradients) {
            for (double& g : gradient) g = std::ldexp(share(random) - 0.5, draw % 60 - 30);
        }
        const auto branches = branches_of(gradients, 1e-300);
        Numbers weights(count), mixed(entries, 0.0);
        double sum = 0;
        for (double& weight : weights) sum += weight = share(random);
        for (std::size_t j = 0; j < count; ++j) {
            for (std::size_t i = 0; i < entries; ++i) {
                mixed[i] += weights[j] / sum * gradients[j][i];
            }
        }
        EXPECT_FALSE(separation(mixed, branches)) << "draw " << draw;
        // Beyond every branch in the first entry.
        double most = gradients[0][0], least = most;
        for (const Numbers& gradient : gradients) {
            most = std::max(most, gradient[0]);
            least = std::min(least, gradient[0]);
        }
        mixed[0] = most + (most - least) / 16;
        ++outside;
        found += separation(mixed, branches) ? 1 : 0;
    }
    EXPECT_EQ(found, outside);
}

}  // namespace
}  // namespace gradproof::check
