// What laws and diagnoses ask: numbers of the case's precision, which a file and a question can hold.
#include <gradproof/case/file.hpp>
#include <gradproof/generate/program_case.hpp>
#include <gradproof/laws/diagnosis.hpp>
#include <gradproof/laws/search.hpp>

#include "../drawn_cases.hpp"

#include <gtest/gtest.h>

namespace gradproof::laws {
namespace {

/// Writes down what it is asked, as a subject behind a pipe has it; its gradients are `factor` times right.
class AskedInWriting final : public subject::Backprop {
public:
    explicit AskedInWriting(double factor) : factor_(factor) {}
    [[nodiscard]] subject::Answer answer(const cases::Case& drawn,
                                         std::span<const double> cotangent) const override {
        cases::Case asked = drawn;
        asked.cotangent.assign(cotangent.begin(), cotangent.end());
        static_cast<void>(cases::write(asked));
        subject::Answer answer = Backprop::answer(drawn, cotangent);
        for (double& g : answer.gradient) g *= factor_;
        return answer;
    }
    [[nodiscard]] std::optional<std::vector<double>> jvp(
        const cases::Case& drawn, std::span<const double> tangent) const override {
        cases::Case asked = drawn;
        auto next = tangent.begin();
        for (auto& input : asked.inputs) {
            for (double& x : input) x = *next++;
        }
        static_cast<void>(cases::write(asked));
        return Backprop::jvp(drawn, tangent);
    }

private:
    double factor_;
};

TEST(Questions, of_every_law_are_of_the_precision_of_the_case) {
    Plan plan;
    plan.seed = testing::wanted_seed();
    plan.cases = 2 * testing::wanted_cases();
    plan.laws = all_laws();
    const auto programs = generate::program_case({}, scalar::Precision::binary32);
    EXPECT_FALSE(search(AskedInWriting(1), programs, plan).finding);
}

TEST(Questions, of_a_diagnosis_are_of_the_precision_of_the_case) {
    Plan plan;
    plan.cases = testing::wanted_cases();
    plan.laws = all_laws();
    const auto programs = generate::program_case({}, scalar::Precision::binary32);
    for (plan.seed = 0; plan.seed < 10; ++plan.seed) {
        const Outcome outcome = search(AskedInWriting(2), programs, plan);
        ASSERT_TRUE(outcome.finding);
        EXPECT_TRUE(outcome.finding->report.diagnosis);
    }
}

}  // namespace
}  // namespace gradproof::laws
