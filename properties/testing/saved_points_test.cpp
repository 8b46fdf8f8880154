// The points of a failed test are kept, come first in the next run, and a file that is not what the test
// wants is refused with its place.
#include "kernels.hpp"
#include "proven.hpp"

#include <gradproof/case/whole_file.hpp>
#include <gradproof/testing/saved_points.hpp>

#include <filesystem>
#include <stdexcept>
#include <string>

#include <gtest/gtest.h>

namespace {

using namespace gradproof::testing;
using namespace gradproof::testing::kernels;

constexpr std::string_view kTest = "Suite.test";

[[nodiscard]] HandWritten claim_with_factor(double factor) {
    return gradient_of(squares).on(2).by([factor](In x, double u, Out dx) {
        for (std::size_t i = 0; i < x.size(); ++i) dx[i] = factor * u * x[i];
    });
}

/// The text of a file with one point, in which `what` has become `into`.
[[nodiscard]] std::string text_with(const std::string& what, const std::string& into) {
    const Point point{{}, {{1, -0.0}}, {0.5}, {}, 18446744073709551615U};
    std::string text =
        write_points({{point, "vjp agrees with finite differences"}}, kTest, claim_with_factor(2));
    const std::size_t at = text.find(what);
    if (at == std::string::npos) throw std::logic_error("no " + what + " in " + text);
    return text.replace(at, what.size(), into);
}
[[nodiscard]] std::string refusal_of_points(const std::string& text) {
    try {
        (void)read_points(text, "points.json", kTest, claim_with_factor(2));
    } catch (const std::exception& refusal) {
        return refusal.what();
    }
    return "";
}

TEST(APoint, that_failed_comes_first_in_the_next_run_and_stays) {
    const Folder folder;
    const HandWritten wrong = claim_with_factor(1), sound = claim_with_factor(2);
    const Plan plan{1, 50, true, folder.path()};
    const Proof found = prove(wrong, std::string(kTest), plan);
    ASSERT_TRUE(found.broken);
    EXPECT_FALSE(found.broken->saved_before);
    EXPECT_NE(found.broken->kept.find("gradproof-Suite.test.json; every later run"),
              std::string::npos);

    const Proof again = prove(wrong, std::string(kTest), {2, 50, true, folder.path()});
    ASSERT_TRUE(again.broken);
    EXPECT_TRUE(again.broken->saved_before);
    EXPECT_EQ(again.cases, 0U);
    EXPECT_EQ(again.broken->point, found.broken->point);

    const Proof mended = prove(sound, std::string(kTest), plan);
    EXPECT_TRUE(mended.holds());
    EXPECT_EQ(mended.replayed, 1U);
    EXPECT_TRUE(std::filesystem::exists(points_path(folder.path(), kTest)));
}

TEST(APoint, of_another_failure_is_added_to_the_file) {
    const Folder folder;
    const Plan plan{1, 50, true, folder.path()};
    (void)prove(claim_with_factor(1), std::string(kTest), plan);
    const HandWritten other = gradient_of(squares).on(2).by([](In x, double u, Out dx) {
        for (std::size_t i = 0; i < 2; ++i) dx[i] = x[i] > 4 ? 0 : 2 * u * x[i];
    });
    (void)prove(other, std::string(kTest), plan);
    EXPECT_EQ(load_points(points_path(folder.path(), kTest), kTest, other).size(), 2U);
}

TEST(APoint, is_read_as_it_was_written) {
    const auto points =
        read_points(text_with("Suite", "Suite"), "points.json", kTest, claim_with_factor(2));
    ASSERT_EQ(points.size(), 1U);
    EXPECT_EQ(points[0].point.inputs, (std::vector<std::vector<double>>{{1, 0}}));
    EXPECT_TRUE(std::signbit(points[0].point.inputs[0][1]));
    EXPECT_EQ(points[0].point.law_seed, 18446744073709551615U);
}

TEST(AFileOfPoints, that_is_not_what_the_test_wants_is_refused_with_its_place) {
    EXPECT_EQ(refusal_of_points(text_with("Suite", "Other")),
              "points.json:4:11: test: given \"Other.test\", wanted \"Suite.test\"; delete the "
              "file if the "
              "test has changed since it was written");
    for (const auto& [what, into] : std::initializer_list<std::pair<const char*, const char*>>{
             {"\"version\": 1", "\"version\": 2"},
             {"gradproof points", "gradproof case"},
             {"binary64", "binary32"},
             {"\"x\"", "\"y\""},
             {"[2]", "[3]"},
             {"[1, \"-0\"]", "[1]"},
             {"[1, \"-0\"]", "[1, \"nan\"]"},
             {"[0.5]", "[0.5, 1]"},
             {"\"law\"", "\"lore\""},
             {"\"law_seed\": 18446744073709551615", "\"law_seed\": -1"},
             {"}\n", "\n"}}) {
        EXPECT_EQ(refusal_of_points(text_with(what, into)).find("points.json:"), 0U)
            << what << " as " << into;
    }
    EXPECT_EQ(refusal_of_points(text_with("Suite", "Suite")), "");
}

TEST(AFileOfPoints, outside_the_declared_domain_is_refused) {
    const HandWritten positive_only =
        gradient_of(squares).on(2).in(positive()).by([](In, double, Out dx) { dx[0] = dx[1] = 0; });
    EXPECT_THROW(
        (void)read_points(text_with("Suite", "Suite"), "points.json", kTest, positive_only),
        std::invalid_argument);
}

TEST(AFileOfPoints, that_cannot_be_written_leaves_the_verdict_and_stands_whole_in_the_message) {
    const Folder folder;
    const Plan plan{1, 50, true, folder.path() / "missing"};
    const HandWritten wrong = claim_with_factor(1);
    const Proof proof = prove(wrong, std::string(kTest), plan);
    ASSERT_TRUE(proof.broken);
    const std::string& kept = proof.broken->kept;
    EXPECT_EQ(kept.find("not kept for later runs: "), 0U) << kept;
    const std::size_t file = kept.find("\n{");
    ASSERT_NE(file, kept.npos) << kept;
    const auto points = read_points(kept.substr(file + 1), "message", kTest, wrong);
    ASSERT_EQ(points.size(), 1U);
    EXPECT_TRUE(points[0].point == proof.broken->point) << kept;
}

}  // namespace
