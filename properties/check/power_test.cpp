// What a check can see: on nets of sigmoids, 10-20-10, the smallest relative error of a gradient entry
// that it calls wrong; and that it does, with 1e-12 planted in the entry in the middle.
#include "../drawn_cases.hpp"

#include <gradproof/check/check.hpp>
#include <gradproof/generate/net_case.hpp>
#include <gradproof/subject/program_subject.hpp>

#include <rapidcheck/Random.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <vector>

#include <gtest/gtest.h>

namespace {

using namespace gradproof;

/// Sound but for one entry of the gradient, which is off by this share of itself.
class Planted final : public subject::ProgramSubject {
public:
    Planted(std::size_t entry, double error) : entry_(entry), error_(error) {}
    [[nodiscard]] std::string name() const override { return "planted"; }
    [[nodiscard]] subject::Answer answer(const cases::Case& drawn,
                                         std::span<const double> cotangent) const override {
        subject::Answer answer = backprop_.answer(drawn, cotangent);
        answer.gradient[entry_] += error_ * answer.gradient[entry_];
        return answer;
    }

private:
    subject::Backprop backprop_;
    std::size_t entry_;
    double error_;
};

/// The entry whose budget is the median, relative to its gradient.
[[nodiscard]] std::size_t median_entry(const cases::Budget& budget) {
    std::vector<std::size_t> entries(budget.gradient.size());
    for (std::size_t i = 0; i < entries.size(); ++i) entries[i] = i;
    const auto relative = [&](std::size_t i) {
        return budget.gradient[i].bound / std::abs(budget.gradient[i].reference);
    };
    std::sort(entries.begin(), entries.end(),
              [&](std::size_t a, std::size_t b) { return relative(a) < relative(b); });
    return entries[entries.size() / 2];
}

TEST(TheCheckOfAGradient,
     calls_a_relative_error_of_1e_12_in_the_median_entry_of_a_sigmoid_net_wrong) {
    constexpr double planted_error = 1e-12;
    const std::size_t nets = std::max<std::size_t>(1, gradproof::testing::wanted_cases() / 20);
    rc::Random random(gradproof::testing::wanted_seed());
    std::vector<double> seen;  // relative errors that would be seen, of all entries of all nets
    check::Counts counts;
    for (std::size_t i = 0; i < nets; ++i) {
        generate::Dice dice(random.split());
        const cases::Case drawn = generate::draw_sigmoid_net(dice, {10, 20, 10});
        const std::size_t target = median_entry(cases::budget(drawn, drawn.cotangent));
        const Planted subject(target, planted_error);
        const check::Report report =
            check::gradient(subject::ProgramTrial(subject, drawn), check::Keep::everything);
        counts += report.counts;
        ASSERT_EQ(report.entries.size(), 440U);
        EXPECT_EQ(report.entries[target].verdict, check::Verdict::wrong) << "net " << i;
        EXPECT_EQ(report.counts.wrong, 1U) << "net " << i << ": only the planted entry is wrong";
        for (const check::Entry& entry : report.entries) {
            ASSERT_TRUE(entry.truth);
            if (entry.truth->value == 0) continue;
            seen.push_back(
                oracle::Real((entry.budget + entry.truth->bound) / abs(entry.truth->value))
                    .convert_to<double>());
        }
        if ((i + 1) % 100 == 0) {
            std::printf("  %zu of %zu nets\n", i + 1, nets);
            std::fflush(stdout);
        }
    }
    std::sort(seen.begin(), seen.end());
    const auto quantile = [&](double share) {
        return seen[static_cast<std::size_t>(share * static_cast<double>(seen.size() - 1))];
    };
    std::printf(
        "  %zu nets of 440 entries; the relative error that is seen in an entry: 5 %% quantile "
        "%.2e, "
        "median %.2e, 95 %% %.2e, largest %.2e; %zu powerless, %zu out of range, %zu undecided\n",
        nets, quantile(0.05), quantile(0.5), quantile(0.95), seen.back(), counts.powerless,
        counts.out_of_range, counts.undecided);
    EXPECT_LT(quantile(0.5), planted_error);
}

}  // namespace
