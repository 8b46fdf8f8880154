// Forward mode written by hand: sound jvps hold however they multiply, wrong ones are caught.
#include "kernels.hpp"
#include "proven.hpp"

#include <gradproof/laws/jvp_agrees.hpp>
#include <gradproof/laws/repeated_sweeps_agree.hpp>
#include <gradproof/testing/form_laws.hpp>
#include <gradproof/testing/user_laws.hpp>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace {

using namespace gradproof::testing;
using namespace gradproof::testing::kernels;
using gradproof::laws::kJvpAgrees;

[[nodiscard]] std::string diagnosis_of_jvp(const HandWritten& claim) {
    const std::string text = text_of(proven(claim), claim), begin = "  diagnosis: ";
    const std::size_t at = text.find(begin);
    return at == std::string::npos ? "" : text.substr(at + begin.size());
}

TEST(AJvp, of_one_number_may_return_it) {
    holds(gradient_of(squares).on(3).by_jvp([](In x, In t) {
        double sum = 0;
        for (std::size_t i = 0; i < x.size(); ++i) sum += 2 * x[i] * t[i];
        return sum;
    }));
}

TEST(AJvp, of_a_matrix_times_a_vector_holds) {
    holds(gradient_of(product).on({"m", "n"}, "n").by_jvp([](In w, In v, In dw, In dv, Out dy) {
        const std::size_t n = v.size();
        for (std::size_t i = 0; i < dy.size(); ++i) {
            dy[i] = 0;
            for (std::size_t k = 0; k < n; ++k)
                dy[i] += dw[i * n + k] * v[k] + w[i * n + k] * dv[k];
        }
    }));
}

TEST(AJvp, in_float_holds) {
    holds(gradient_of(squares).on(3).by_jvp([](std::span<const float> x, std::span<const float> t) {
        float sum = 0;
        for (std::size_t i = 0; i < x.size(); ++i) sum += 2 * x[i] * t[i];
        return sum;
    }));
}

/// c (x - y): forward mode subtracts the tangents first, who has the Jacobian multiplies first.
constexpr auto scaled_gap = [](const auto& x) { return x[2] * (x[0] - x[1]); };

TEST(AJvp, may_sum_along_the_tangent_or_multiply_a_jacobian) {
    holds(gradient_of(scaled_gap).on(3).by_jvp([](In x, In t) {
        return x[2] * (t[0] - t[1]) + t[2] * (x[0] - x[1]);
    }));
    holds(gradient_of(scaled_gap).on(3).by_jvp([](In x, In t) {
        return x[2] * t[0] - x[2] * t[1] + (x[0] - x[1]) * t[2];
    }));
}

/// (x + y) - (x - z): reverse mode finds (0, 1, 1), forward mode adds the tangents of x and takes them away.
constexpr auto cancelled = [](const auto& x) { return (x[0] + x[1]) - (x[0] - x[2]); };

TEST(AJvp, may_cancel_on_its_way_as_forward_mode_does) {
    holds(gradient_of(cancelled).on(3).in(between(-1, 1)).by_jvp([](In, In t) {
        return (t[0] + t[1]) - (t[0] - t[2]);
    }));
}

TEST(AJvp, of_relu_keeps_the_convention_that_is_written) {
    const auto pushed = [](bool at_zero) {
        return [at_zero](In x, In t, Out dy) {
            for (std::size_t i = 0; i < x.size(); ++i)
                dy[i] = x[i] > 0 || (at_zero && x[i] == 0) ? t[i] : 0;
        };
    };
    holds(gradient_of(relu).on(3).at_kinks_as_written().by_jvp(pushed(false)));
    is_caught(gradient_of(relu).on(3).at_kinks_as_written().by_jvp(pushed(true)), kJvpAgrees);
    holds(gradient_of(relu).on(3).by_jvp(pushed(true)));
}

TEST(AWrongJvp, with_a_sign_lost_is_caught_and_named) {
    const HandWritten claim = gradient_of(scaled_gap).on(3).by_jvp([](In x, In t) {
        return x[2] * (t[0] + t[1]) + t[2] * (x[0] - x[1]);
    });
    is_caught(claim, kJvpAgrees);
    const std::string text = text_of(proven(claim), claim);
    EXPECT_NE(text.find("\n  tangent of x = ["), std::string::npos) << text;
    EXPECT_NE(text.find(" at tangent of result"), std::string::npos) << text;
}

TEST(AWrongJvp, of_the_other_sign_is_named) {
    const HandWritten claim = gradient_of(squares).on(3).by_jvp([](In x, In t) {
        double sum = 0;
        for (std::size_t i = 0; i < x.size(); ++i) sum -= 2 * x[i] * t[i];
        return sum;
    });
    is_caught(claim, kJvpAgrees);
    EXPECT_EQ(diagnosis_of_jvp(claim).find("minus the derivative"), 0U)
        << text_of(proven(claim), claim);
}

TEST(AWrongJvp, that_forgets_the_tangent_of_one_input_is_caught) {
    is_caught(gradient_of(matvec).on({3, 2}, 2).by_jvp([](In, In v, In dw, In, Out dy) {
        for (std::size_t i = 0; i < 3; ++i) dy[i] = dw[2 * i] * v[0] + dw[2 * i + 1] * v[1];
    }),
              kJvpAgrees);
}

TEST(AWrongJvp, that_is_the_gradient_and_no_product_is_caught) {
    const HandWritten claim =
        gradient_of(squares).on(2).by_jvp([](In x, In) { return 2 * x[0] + 2 * x[1]; });
    is_caught(claim, kJvpAgrees);
    EXPECT_NE(text_of(proven(claim), claim).find("there it also breaks \"jvp is linear"),
              std::string::npos)
        << text_of(proven(claim), claim);
}

TEST(AWrongJvp, that_adds_to_its_buffer_is_caught) {
    is_caught(gradient_of(relu).on(2).by_jvp([](In x, In t, Out dy) {
        for (std::size_t i = 0; i < 2; ++i) dy[i] += x[i] > 0 ? t[i] : 0;
    }),
              kOverwrites);
}

TEST(AWrongJvp, that_changes_the_tangent_is_caught) {
    const HandWritten claim = gradient_of(squares).on(1).by_jvp([](In x, In t) {
        const double product = 2 * x[0] * t[0];
        const_cast<double&>(t[0]) = 0.25;
        return product;
    });
    is_caught(claim, kWritesOnlyItsGradient);
    EXPECT_NE(text_of(proven(claim), claim).find("the jvp changed the tangent of x"),
              std::string::npos);
}

TEST(AWrongJvp, that_has_lost_a_tail_is_no_wrong_formula) {
    const HandWritten claim = gradient_of(softplus_sum).on(1).by_jvp([](In x, In t) {
        return (1 - sigmoid_of(-x[0])) * t[0];
    });
    const Proof proof = proven(claim);
    ASSERT_TRUE(proof.broken);
    EXPECT_NE(proof.broken->report.verdict, gradproof::check::Verdict::wrong)
        << text_of(proof, claim);
}

TEST(AMinimalJvp, is_what_a_person_would_write) {
    const HandWritten claim = gradient_of(squares).on(3).by_jvp(
        [](In x, In t) { return 2 * x[0] * t[0] + 2 * x[2] * t[2]; });
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
        const Proof proof = proven(claim, seed);
        ASSERT_TRUE(proof.broken);
        EXPECT_EQ(proof.broken->point.inputs, (std::vector<std::vector<double>>{{0, 1, 0}}))
            << text_of(proof, claim);
        EXPECT_EQ(proof.broken->point.tangent, (std::vector<double>{0, 1, 0}));
    }
}

}  // namespace
