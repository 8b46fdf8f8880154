// The diagnosis at points chosen by hand: what is named, when two mistakes are, and when none.
#include "some_cases.hpp"

#include <gradproof/check/diagnosis.hpp>

#include <cmath>
#include <functional>
#include <memory>

#include <gtest/gtest.h>

namespace gradproof::check {
namespace {

/// Our own backprop with something done to its gradient.
class ChangedGradient final : public subject::ProgramSubject {
public:
    using Change = std::function<double(double right, double x)>;
    explicit ChangedGradient(Change change) : change_(std::move(change)) {}
    [[nodiscard]] std::string name() const override { return "my gradient"; }
    [[nodiscard]] subject::Answer answer(const cases::Case& drawn,
                                         std::span<const double> u) const override {
        subject::Answer answer = cases::backprop_answer(drawn, u);
        const Numbers x = cases::flat_inputs(drawn);
        for (std::size_t i = 0; i < x.size(); ++i)
            answer.gradient[i] = change_(answer.gradient[i], x[i]);
        return answer;
    }

private:
    Change change_;
};

[[nodiscard]] std::vector<Explanation> diagnosed(const subject::ProgramSubject& subject,
                                                 const std::vector<cases::Case>& points) {
    std::vector<std::unique_ptr<subject::ProgramTrial>> trials;
    std::vector<const subject::Trial*> elsewhere;
    for (const cases::Case& point : points) {
        trials.push_back(std::make_unique<subject::ProgramTrial>(subject, point));
        if (trials.size() > 1) elsewhere.push_back(trials.back().get());
    }
    return diagnose(*trials.front(), elsewhere);
}

[[nodiscard]] std::vector<std::string> sentences(const std::vector<Explanation>& diagnosis) {
    std::vector<std::string> list;
    for (const Explanation& explanation : diagnosis) list.push_back(explanation.sentence);
    return list;
}

[[nodiscard]] std::vector<cases::Case> squares(const std::vector<Numbers>& points) {
    std::vector<cases::Case> all;
    for (const Numbers& x : points) all.push_back(single(primitives::square, x));
    return all;
}

using Sentences = std::vector<std::string>;

TEST(ADiagnosis, of_a_sound_gradient_names_nothing) {
    const ChangedGradient sound([](double right, double) { return right; });
    EXPECT_TRUE(diagnosed(sound, squares({{1, 2}, {-0.3, 0}, {7}})).empty());
}

TEST(ADiagnosis, names_both_of_two_mistakes_that_fit_equally) {
    // With two entries at every point nobody can tell n from 2.
    const ChangedGradient forgets([](double right, double) { return 2 * right; });
    const auto mean = [](Numbers x) { return single(primitives::mean, std::move(x)); };
    EXPECT_EQ(sentences(diagnosed(forgets, {mean({1, 2}), mean({0, -4})})),
              (Sentences{"2.000 times the derivative",
                         "n times the derivative, n the number of its entries"}));
    // A third entry settles it.
    EXPECT_EQ(sentences(diagnosed(forgets, {mean({1, 2}), mean({0, -4}), mean({1, 2, 3})})),
              (Sentences{"2.000 times the derivative"}));
}

TEST(ADiagnosis, of_one_number_is_given_up_where_another_point_says_otherwise) {
    const ChangedGradient mirrored([](double right, double x) { return x < 0 ? -right : right; });
    EXPECT_EQ(sentences(diagnosed(mirrored, squares({{-1}}))),
              (Sentences{"minus the derivative", "the derivative plus the constant 4"}));
    EXPECT_EQ(sentences(diagnosed(mirrored, squares({{-1}, {0.5, -2, 3}, {-0.1, 4, -6}}))),
              (Sentences{"right except where x0 < 0"}));
}

TEST(ADiagnosis, says_so_where_nothing_simple_fits) {
    const ChangedGradient wavy(
        [](double right, double x) { return right * (2 + std::sin(17 * x)); });
    const std::vector<Explanation> diagnosis =
        diagnosed(wavy, squares({{1}, {0.5, -2, 3}, {-0.1, 4, -6}}));
    EXPECT_TRUE(diagnosis.empty());
    EXPECT_EQ(to_lines(diagnosis), (Sentences{"diagnosis: no simple mistake explains it"}));
}

TEST(ADiagnosis, comes_with_what_it_rests_on) {
    const ChangedGradient halved([](double right, double) { return right / 2; });
    EXPECT_EQ(to_lines(diagnosed(halved, squares({{3, 1}, {0.5, -2, 3}}))),
              (Sentences{"diagnosis: 0.500 times the derivative (explains 5 wrong entries at 2 "
                         "points; the largest deviation left is 0 of what rounding may cost)"}));
}

TEST(ADiagnosis, of_no_use_is_not_attempted_on_answers_of_the_wrong_size) {
    const Says short_one({1});
    EXPECT_TRUE(diagnosed(short_one, squares({{1, 2}})).empty());
}

TEST(AReport, ends_with_the_diagnosis) {
    Report report = judged(single(primitives::square, {3}), {3});
    report.diagnosis = {{Mistake::factor, "0.500 times the derivative", "at 1 point"}};
    EXPECT_EQ(to_lines(report).back(), "  diagnosis: 0.500 times the derivative (at 1 point)");
    report.diagnosis->clear();
    EXPECT_EQ(to_lines(report).back(), "  diagnosis: no simple mistake explains it");
}

}  // namespace
}  // namespace gradproof::check
