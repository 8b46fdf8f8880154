// Jacobians in row-major blocks, as Ceres and GTSAM want them: sound ones hold in every form, wrong ones are
// caught, and said to be what they are.
#include "kernels.hpp"
#include "proven.hpp"

#include <gradproof/laws/primal_agrees.hpp>
#include <gradproof/testing/form_laws.hpp>
#include <gradproof/testing/user_laws.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace {

using namespace gradproof::testing;
using namespace gradproof::testing::kernels;

/// The distance of a landmark to a pose, and its bearing: two residuals of a pose of 3 and a point of 2.
constexpr auto sighting = [](const auto& pose, const auto& mark) {
    using std::cos, std::sin;
    using S = typename std::decay_t<decltype(pose)>::value_type;
    const S dx = mark[0] - pose[0], dy = mark[1] - pose[1];
    const S c = cos(pose[2]), s = sin(pose[2]);
    return std::vector<S>{c * dx + s * dy, c * dy - s * dx};
};

struct Sighting {
    std::array<double, 2> residual{};
    std::array<double, 6> by_pose{};
    std::array<double, 4> by_mark{};

    Sighting(const double* pose, const double* mark) {
        const double dx = mark[0] - pose[0], dy = mark[1] - pose[1];
        const double c = std::cos(pose[2]), s = std::sin(pose[2]);
        residual = {c * dx + s * dy, c * dy - s * dx};
        by_pose = {-c, -s, c * dy - s * dx, s, -c, -s * dy - c * dx};
        by_mark = {c, s, -s, c};
    }
};

/// As ceres::CostFunction::Evaluate is.
bool evaluate(const double* const* parameters, double* residuals, double** jacobians) {
    const Sighting seen(parameters[0], parameters[1]);
    std::ranges::copy(seen.residual, residuals);
    if (jacobians == nullptr) return true;
    if (jacobians[0] != nullptr) std::ranges::copy(seen.by_pose, jacobians[0]);
    if (jacobians[1] != nullptr) std::ranges::copy(seen.by_mark, jacobians[1]);
    return true;
}

[[nodiscard]] auto sightings() {
    return gradient_of(sighting).on(3, 2).in(between(-100, 100)).named("pose", "mark");
}

[[nodiscard]] std::string diagnosis_of_jacobian(const HandWritten& claim) {
    const std::string text = text_of(proven(claim), claim), begin = "  diagnosis: ";
    const std::size_t at = text.find(begin);
    return at == std::string::npos ? "" : text.substr(at + begin.size());
}

TEST(AJacobian, of_a_cost_function_holds) { holds(sightings().by_jacobian(evaluate)); }

TEST(AJacobian, in_blocks_that_are_all_wanted_holds) {
    holds(sightings().by_jacobian([](In pose, In mark, Out by_pose, Out by_mark) {
        const Sighting seen(pose.data(), mark.data());
        std::ranges::copy(seen.by_pose, by_pose.begin());
        std::ranges::copy(seen.by_mark, by_mark.begin());
    }));
}

TEST(AJacobian, in_blocks_that_may_be_null_holds) {
    holds(sightings().by_jacobian([](In pose, In mark, Out y, double* by_pose, double* by_mark) {
        const Sighting seen(pose.data(), mark.data());
        std::ranges::copy(seen.residual, y.begin());
        if (by_pose != nullptr) std::ranges::copy(seen.by_pose, by_pose);
        if (by_mark != nullptr) std::ranges::copy(seen.by_mark, by_mark);
    }));
}

TEST(AJacobian, in_float_holds) {
    holds(gradient_of(relu).on(4).at_kinks_as_written().by_jacobian(
        [](std::span<const float> x, std::span<float> j) {
            for (std::size_t i = 0; i < x.size(); ++i) {
                for (std::size_t k = 0; k < x.size(); ++k)
                    j[i * x.size() + k] = i == k && x[i] > 0 ? 1.0F : 0.0F;
            }
        }));
}

TEST(AJacobian, of_one_number_is_one_row) {
    holds(gradient_of(squares).on(3).by_jacobian([](In x, Out j) {
        for (std::size_t i = 0; i < x.size(); ++i) j[i] = 2 * x[i];
    }));
}

TEST(AJacobian, that_is_added_to_its_blocks_holds_where_that_is_declared) {
    const auto add = [](In x, Out j) {
        for (std::size_t i = 0; i < x.size(); ++i) j[i] += 2 * x[i];
    };
    holds(gradient_of(squares).on(3).accumulating().by_jacobian(add));
    is_caught(gradient_of(squares).on(3).by_jacobian(add), kOverwrites);
}

TEST(AJacobian, at_a_tie_has_all_rows_on_one_side) {
    // The larger of two numbers, and how much larger it is.
    const auto larger = []<class S>(std::span<const S> x) {
        const bool second = x[0] < x[1];
        return second ? std::vector<S>{x[1], x[1] - x[0]} : std::vector<S>{x[0], x[0] - x[1]};
    };
    const auto jacobian = [](bool mixed) {
        return [mixed](In x, Out j) {
            const bool tie = x[0] == x[1], second = x[0] < x[1];
            const double sign = second || (tie && mixed) ? -1 : 1;
            j[0] = second ? 0 : 1;
            j[1] = second ? 1 : 0;
            j[2] = sign;
            j[3] = -sign;
        };
    };
    holds(gradient_of(larger).on(2).by_jacobian(jacobian(false)));
    is_caught(gradient_of(larger).on(2).by_jacobian(jacobian(true)), kJacobianAgrees);
}

TEST(AWrongJacobian, laid_out_column_by_column_is_caught_and_named) {
    const HandWritten claim =
        sightings().by_jacobian([](In pose, In mark, Out by_pose, Out by_mark) {
            const Sighting seen(pose.data(), mark.data());
            for (std::size_t row = 0; row < 2; ++row) {
                for (std::size_t k = 0; k < 3; ++k)
                    by_pose[k * 2 + row] = seen.by_pose[row * 3 + k];
            }
            std::ranges::copy(seen.by_mark, by_mark.begin());
        });
    is_caught(claim, kJacobianAgrees);
    EXPECT_EQ(diagnosis_of_jacobian(claim).find("J(pose) is transposed"), 0U)
        << text_of(proven(claim), claim);
}

TEST(AWrongJacobian, without_a_row_is_caught_and_named) {
    const HandWritten claim =
        sightings().by_jacobian([](In pose, In mark, Out by_pose, Out by_mark) {
            const Sighting seen(pose.data(), mark.data());
            std::ranges::copy(seen.by_pose, by_pose.begin());
            std::ranges::copy(seen.by_mark, by_mark.begin());
            std::ranges::fill(by_mark.first(2), 0.0);
        });
    is_caught(claim, kJacobianAgrees);
    EXPECT_EQ(diagnosis_of_jacobian(claim).find("output 0 is ignored in J(mark)"), 0U)
        << text_of(proven(claim), claim);
}

TEST(AWrongJacobian, of_the_residual_turned_round_is_caught_and_named) {
    const HandWritten claim =
        sightings().by_jacobian([](In pose, In mark, Out by_pose, Out by_mark) {
            const Sighting seen(pose.data(), mark.data());
            std::ranges::transform(seen.by_pose, by_pose.begin(), std::negate<>());
            std::ranges::transform(seen.by_mark, by_mark.begin(), std::negate<>());
        });
    is_caught(claim, kJacobianAgrees);
    EXPECT_EQ(diagnosis_of_jacobian(claim).find("minus the derivative"), 0U)
        << text_of(proven(claim), claim);
}

TEST(AWrongJacobian, with_one_entry_wrong_is_shown_by_its_row_and_column) {
    const HandWritten claim =
        sightings().by_jacobian([](In pose, In mark, Out by_pose, Out by_mark) {
            const Sighting seen(pose.data(), mark.data());
            std::ranges::copy(seen.by_pose, by_pose.begin());
            std::ranges::copy(seen.by_mark, by_mark.begin());
            by_pose[5] = -by_pose[5];
        });
    const Proof proof = proven(claim);
    ASSERT_TRUE(proof.broken);
    EXPECT_EQ(proof.broken->report.entries.at(0).name, "J(pose)[1,2]") << text_of(proof, claim);
}

TEST(AWrongJacobian, that_is_another_one_where_a_block_is_left_out_is_caught) {
    is_caught(sightings().by_jacobian(
                  [](const double* const* parameters, double* residuals, double** jacobians) {
                      if (!evaluate(parameters, residuals, jacobians)) return false;
                      const bool alone = jacobians != nullptr && jacobians[0] == nullptr;
                      if (alone) jacobians[1][3] *= 1 + 1e-15;
                      return true;
                  }),
              kBlocksAlone);
}

TEST(AWrongJacobian, that_has_another_residual_where_no_block_is_wanted_is_caught) {
    is_caught(sightings().by_jacobian(
                  [](const double* const* parameters, double* residuals, double** jacobians) {
                      (void)evaluate(parameters, residuals, jacobians);
                      if (jacobians == nullptr) residuals[0] += 1e-9;
                      return true;
                  }),
              kBlocksAlone);
}

TEST(AWrongJacobian, that_writes_to_a_block_that_is_null_is_a_crash_of_isolated_code) {
    is_caught(sightings().isolated().by_jacobian(
                  [](const double* const* parameters, double* residuals, double** jacobians) {
                      const Sighting seen(parameters[0], parameters[1]);
                      std::ranges::copy(seen.residual, residuals);
                      if (jacobians == nullptr) return true;
                      std::ranges::copy(seen.by_pose, jacobians[0]);
                      std::ranges::copy(seen.by_mark, jacobians[1]);
                      return true;
                  }),
              kReturns);
}

TEST(AWrongJacobian, of_a_wrong_residual_is_no_wrong_jacobian) {
    is_caught(sightings().by_jacobian(
                  [](const double* const* parameters, double* residuals, double** jacobians) {
                      (void)evaluate(parameters, residuals, jacobians);
                      residuals[1] = -residuals[1];
                      return true;
                  }),
              gradproof::laws::kPrimalAgrees);
}

TEST(AWrongJacobian, whose_evaluation_fails_is_caught_and_quoted) {
    const HandWritten claim = sightings().by_jacobian(
        [](const double* const* parameters, double* residuals, double** jacobians) {
            return parameters[0][2] < 3 && evaluate(parameters, residuals, jacobians);
        });
    is_caught(claim, kReturns);
    EXPECT_NE(text_of(proven(claim), claim).find("it returned false"), std::string::npos);
}

TEST(AWrongJacobian, that_has_lost_a_tail_is_no_wrong_formula) {
    const HandWritten claim = gradient_of(softplus_sum).on(2).by_jacobian([](In x, Out j) {
        for (std::size_t i = 0; i < x.size(); ++i) j[i] = 1 - sigmoid_of(-x[i]);
    });
    const Proof proof = proven(claim);
    ASSERT_TRUE(proof.broken);
    EXPECT_NE(proof.broken->report.verdict, gradproof::check::Verdict::wrong)
        << text_of(proof, claim);
    EXPECT_NE(text_of(proof, claim).find("digits are lost from |x["), std::string::npos)
        << text_of(proof, claim);
}

}  // namespace
