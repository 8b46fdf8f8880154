// Laws: forward mode and second order, of every primitive and of nets; what a subject has not is counted.
#include "report_text.hpp"
#include "sound_library.hpp"

#include <gradproof/laws/adjoint_identity.hpp>
#include <gradproof/laws/hessian_symmetric.hpp>
#include <gradproof/laws/hvp_agrees.hpp>
#include <gradproof/laws/jvp_agrees.hpp>
#include <gradproof/laws/law.hpp>
#include <gradproof/laws/vjp_agrees.hpp>
#include <gradproof/primitives/builders.hpp>

#include <numeric>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace gradproof::laws {
namespace {

using scalar::Precision;

TEST(TheJvpAgreesWithFiniteDifferences, of_every_primitive_in_binary64) {
    expect_every_primitive_keeps(kJvpAgrees, Precision::binary64);
}
TEST(TheJvpAgreesWithFiniteDifferences, of_every_primitive_in_binary32) {
    expect_every_primitive_keeps(kJvpAgrees, Precision::binary32);
}
TEST(TheJvpAgreesWithFiniteDifferences, of_nets_in_binary64) {
    expect_nets_keep(kJvpAgrees, Precision::binary64);
}
TEST(TheJvpIsAdjointToTheVjp, of_every_primitive_in_binary64) {
    expect_every_primitive_keeps(kAdjointIdentity, Precision::binary64);
}
TEST(TheJvpIsAdjointToTheVjp, of_every_primitive_in_binary32) {
    expect_every_primitive_keeps(kAdjointIdentity, Precision::binary32);
}
TEST(TheHessianVectorProductAgreesWithMixedDifferences, of_every_primitive_in_binary64) {
    expect_every_primitive_keeps(kHvpAgrees, Precision::binary64);
}
TEST(TheHessianVectorProductAgreesWithMixedDifferences, of_nets_in_binary32) {
    expect_nets_keep(kHvpAgrees, Precision::binary32);
}
TEST(TheHessianIsSymmetric, of_every_primitive_in_binary64) {
    expect_every_primitive_keeps(kHessianSymmetric, Precision::binary64);
}
TEST(TheHessianIsSymmetric, of_every_primitive_in_binary32) {
    expect_every_primitive_keeps(kHessianSymmetric, Precision::binary32);
}

/// relu(x) sigmoid(x) at three points.
[[nodiscard]] cases::Case gated(std::vector<double> x) {
    cases::Case drawn;
    const auto input = backprop::input(drawn.graph, "x", {x.size()});
    static_cast<void>(primitives::hadamard(primitives::relu(input), primitives::sigmoid(input)));
    drawn.cotangent.assign(x.size(), 1.0);
    drawn.inputs.push_back(std::move(x));
    return drawn;
}

/// Reverse mode alone.
class ReverseModeAlone final : public subject::ProgramSubject {
public:
    [[nodiscard]] std::string name() const override { return "reverse mode alone"; }
    [[nodiscard]] subject::Answer answer(const cases::Case& drawn,
                                         std::span<const double> cotangent) const override {
        return cases::backprop_answer(drawn, cotangent);
    }
};

TEST(ASubjectWithoutForwardMode, is_counted_by_each_law_that_asks_for_it) {
    const ReverseModeAlone subject;
    for (const auto law : {kJvpAgrees, kAdjointIdentity, kHvpAgrees, kHessianSymmetric}) {
        const check::Report report = find_law(law)->holds(subject, gated({1, -2, 0.5}), 0);
        EXPECT_EQ(report.counts.not_offered, 1U) << law;
        EXPECT_EQ(report.counts.entries + report.counts.directions, 0U) << law;
        EXPECT_FALSE(report.remark.empty()) << law;
    }
}

TEST(SecondOrder, says_nothing_at_a_kink_and_counts_it) {
    const subject::Backprop library;
    const check::Report at_kink = hvp_agrees(library, gated({1, 0, 0.5}), 0);
    EXPECT_TRUE(at_kink.holds());
    EXPECT_EQ(at_kink.counts.nonsmooth, 1U);
    const check::Report beside = hvp_agrees(library, gated({1, -2, 0.5}), 0);
    EXPECT_EQ(beside.counts.directions, 1U) << beside.remark;
}

TEST(SecondOrder, is_asked_of_one_case_in_five) {
    const subject::Backprop library;
    std::size_t asked = 0;
    for (std::uint64_t seed = 0; seed < 100; ++seed)
        asked += hvp_agrees(library, gated({1, -2, 0.5}), seed).counts.directions;
    EXPECT_EQ(asked, 100 / kSecondOrderEvery);
}

TEST(ForwardMode, keeps_the_conventions_of_reverse_mode_at_ties) {
    const subject::Backprop library;
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        EXPECT_TRUE(jvp_agrees(library, gated({0, 0, 0}), seed).holds());
        EXPECT_TRUE(adjoint_identity(library, gated({0, 0, 0}), seed).holds());
    }
}

/// Promises nothing at kinks: with every input it has the slope that it is given, in forward mode the other.
class FreeAtKinks final : public subject::ProgramSubject {
public:
    explicit FreeAtKinks(double slope) : FreeAtKinks(slope, slope) {}
    FreeAtKinks(double slope, double forwards) : slope_(slope), forwards_(forwards) {}
    [[nodiscard]] std::string name() const override { return "free at kinks"; }
    [[nodiscard]] scalar::Ties ties() const override { return scalar::Ties::open; }
    [[nodiscard]] subject::Answer answer(const cases::Case& drawn,
                                         std::span<const double> cotangent) const override {
        subject::Answer answer = cases::backprop_answer(drawn, cotangent);
        for (double& entry : answer.gradient) entry = slope_ * cotangent[0];
        return answer;
    }
    [[nodiscard]] std::optional<std::vector<double>> jvp(
        const cases::Case&, std::span<const double> tangent) const override {
        double sum = 0;
        for (const double t : tangent) sum += forwards_ * t;
        return std::vector<double>{sum};
    }

private:
    double slope_, forwards_;
};

/// norm(x + y) at 0.
[[nodiscard]] cases::Case norm_of_a_sum() {
    cases::Case drawn;
    const auto x = backprop::input(drawn.graph, "x", {1}),
               y = backprop::input(drawn.graph, "y", {1});
    static_cast<void>(primitives::norm(primitives::add(x, y)));
    drawn.inputs = {{0}, {0}};
    drawn.cotangent = {1};
    return drawn;
}

TEST(AtTheCornerOfANorm, any_slope_between_is_right_where_none_is_promised) {
    const cases::Case drawn = norm_of_a_sum();
    for (const double slope : {-1.0, 0.0, 0.25, 1.0, 1.5}) {
        for (const std::string_view law : {kVjpAgrees, kJvpAgrees}) {
            const check::Report report = find_law(law)->holds(FreeAtKinks(slope), drawn, 1);
            EXPECT_EQ(report.holds(), slope <= 1) << text_of(report, drawn);
        }
    }
}

/// Of three that are equal each may have a third, which no number of the format is.
TEST(AtATieOfThree, the_rounding_of_a_third_is_no_finding_and_another_third_is) {
    cases::Case drawn;
    static_cast<void>(primitives::max(backprop::input(drawn.graph, "x", {3})));
    drawn.inputs = {{1, 1, 1}};
    drawn.cotangent = {0.7};
    const FreeAtKinks sound(1.0 / 3), wrong(1.0 / 3, std::nextafter(1.0 / 3, 1) + 0x1p-48);
    std::size_t found = 0;
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
        const check::Report report = adjoint_identity(sound, drawn, seed);
        EXPECT_TRUE(report.holds()) << text_of(report, drawn);
        found += adjoint_identity(wrong, drawn, seed).holds() ? 0 : 1;
    }
    EXPECT_GT(found, 30U);
}

TEST(AtTiesOfManyEntries, no_more_is_allowed_than_each_may_round) {
    cases::Case drawn;
    static_cast<void>(primitives::sum(primitives::relu(backprop::input(drawn.graph, "x", {7}))));
    drawn.inputs = {std::vector<double>(7, 0.0)};
    drawn.cotangent = {1};
    const FreeAtKinks wrong(1.0 / 3, (1 + 0x1p-44) / 3);  // 170 u
    std::size_t found = 0;
    for (std::uint64_t seed = 0; seed < 50; ++seed)
        found += adjoint_identity(wrong, drawn, seed).holds() ? 0 : 1;
    EXPECT_GT(found, 20U);
}

/// cbrt(x^3) is x, and the sweeps multiply the infinite slope of the root by 0.
TEST(BehindAnInfiniteSlope, the_0_of_a_sweep_is_out_of_range_and_other_numbers_are_judged) {
    cases::Case drawn;
    const auto x = backprop::input(drawn.graph, "x", {1});
    static_cast<void>(primitives::cbrt(primitives::hadamard(primitives::hadamard(x, x), x)));
    drawn.inputs = {{0}};
    drawn.cotangent = {1};
    const check::Report zero = jvp_agrees(FreeAtKinks(0), drawn, 1);
    EXPECT_TRUE(zero.holds()) << text_of(zero, drawn);
    EXPECT_EQ(zero.counts.out_of_range, 1U);
    EXPECT_TRUE(jvp_agrees(FreeAtKinks(1), drawn, 1).holds());
    EXPECT_FALSE(jvp_agrees(FreeAtKinks(5), drawn, 1).holds());
}

}  // namespace
}  // namespace gradproof::laws
