// Gradients that are wrong on purpose are caught, each by the law that says what is wrong, on every seed.
#include "kernels.hpp"
#include "proven.hpp"

#include <gradproof/testing/user_laws.hpp>

#include <cmath>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace {

using namespace gradproof::testing;
using namespace gradproof::testing::kernels;

constexpr std::string_view kVjp = "vjp agrees with finite differences";

TEST(AWrongGradient, of_the_other_sign_is_caught) {
    is_caught(gradient_of(squares).on(3).by([](In x, double u, Out dx) {
        for (std::size_t i = 0; i < x.size(); ++i) dx[i] = -2 * u * x[i];
    }),
              kVjp);
}

TEST(AWrongGradient, off_by_a_factor_is_caught) {
    is_caught(gradient_of(squares).on(3).by([](In x, double u, Out dx) {
        for (std::size_t i = 0; i < x.size(); ++i) dx[i] = u * x[i];
    }),
              kVjp);
}

TEST(AWrongGradient, with_a_missing_term_is_caught) {
    is_caught(gradient_of(matvec).on({3, 2}, 2).by([](In w, In v, In u, Out dw, Out dv) {
        for (std::size_t k = 0; k < v.size(); ++k) {
            dv[k] = 0;
            for (std::size_t i = 0; i < u.size(); ++i) {
                dw[i * v.size() + k] = u[i] * v[k];
                if (i > 0) dv[k] += w[i * v.size() + k] * u[i];
            }
        }
    }),
              kVjp);
}

TEST(AWrongGradient, that_accumulates_where_it_is_to_overwrite_is_caught) {
    is_caught(gradient_of(squares).on(3).by([](In x, double u, Out dx) {
        for (std::size_t i = 0; i < x.size(); ++i) dx[i] += 2 * u * x[i];
    }),
              kOverwrites);
}

TEST(AWrongGradient, that_leaves_an_entry_unwritten_is_caught) {
    is_caught(gradient_of(relu).on(3).by([](In x, In u, Out dx) {
        for (std::size_t i = 0; i < x.size(); ++i) {
            if (x[i] > 0) dx[i] = u[i];
        }
    }),
              kOverwrites);
}

TEST(AWrongGradient, that_overwrites_where_it_is_to_accumulate_is_caught) {
    is_caught(gradient_of(squares).on(3).accumulating().by([](In x, double u, Out dx) {
        for (std::size_t i = 0; i < x.size(); ++i) dx[i] = 2 * u * x[i];
    }),
              kAccumulates);
}

TEST(AWrongGradient, that_ignores_the_cotangent_is_caught) {
    const HandWritten claim = gradient_of(squares).on(2).by([](In x, double, Out dx) {
        for (std::size_t i = 0; i < x.size(); ++i) dx[i] = 2 * x[i];
    });
    is_caught(claim, kVjp);
    const Proof proof = proven(claim);
    EXPECT_NE(text_of(proof, claim).find("there it also breaks \"pullback is linear"),
              std::string::npos)
        << text_of(proof, claim);
}

TEST(AWrongGradient, with_a_mask_at_the_kink_is_caught_by_the_written_convention) {
    is_caught(gradient_of(relu).on(3).at_kinks_as_written().by([](In x, In u, Out dx) {
        for (std::size_t i = 0; i < x.size(); ++i) dx[i] = x[i] >= 0 ? u[i] : 0;
    }),
              kVjp);
}

TEST(AWrongGradient, outside_the_two_slopes_of_a_kink_is_caught) {
    is_caught(gradient_of(relu).on(3).by([](In x, In u, Out dx) {
        for (std::size_t i = 0; i < x.size(); ++i)
            dx[i] = x[i] > 0 ? u[i] : x[i] < 0 ? 0 : 2 * u[i];
    }),
              kVjp);
}

TEST(AWrongGradient, that_passes_through_float_is_caught) {
    is_caught(gradient_of(mean).on(3).by([](In, double u, Out dx) {
        const volatile float share = 1.0F / 3;
        for (double& g : dx) g = u * static_cast<double>(share);
    }),
              kVjp);
}

TEST(AWrongGradient, that_is_nan_in_the_tail_is_caught) {
    is_caught(gradient_of(softplus_sum).on(2).by([](In x, double u, Out dx) {
        for (std::size_t i = 0; i < x.size(); ++i)
            dx[i] = u * (std::exp(x[i]) / (1 + std::exp(x[i])));
    }),
              kVjp);
}

TEST(AWrongGradient, that_has_lost_a_tail_is_caught) {
    is_caught(gradient_of(softplus_sum).on(2).by([](In x, double u, Out dx) {
        for (std::size_t i = 0; i < x.size(); ++i) dx[i] = u * (1 - sigmoid_of(-x[i]));
    }),
              kVjp);
}

TEST(AWrongGradient, off_by_1e_12_of_itself_is_caught) {
    is_caught(gradient_of(norm).on(3).by([](In x, double u, Out dx) {
        const double length = std::hypot(x[0], x[1], x[2]);
        for (std::size_t i = 0; i < 3; ++i) {
            dx[i] = length > 0 ? u * (x[i] / length) * (1 + 1e-12) : 0;
        }
    }),
              kVjp);
}

TEST(AWrongGradient, that_remembers_the_last_call_is_caught) {
    is_caught(gradient_of(squares).on(2).by([last = 0.0](In x, double u, Out dx) mutable {
        for (std::size_t i = 0; i < x.size(); ++i) dx[i] = 2 * u * x[i] + last;
        last = u;
    }),
              "repeated sweeps agree to the bit");
}

TEST(AWrongGradient, that_writes_to_its_input_is_caught) {
    const HandWritten claim = gradient_of(squares).on(2).by([](In x, double u, Out dx) {
        for (std::size_t i = 0; i < x.size(); ++i) dx[i] = 2 * u * x[i];
        const_cast<double&>(x[0]) = 0.5;
    });
    is_caught(claim, kWritesOnlyItsGradient);
    EXPECT_NE(text_of(proven(claim), claim).find("the vjp changed input x"), std::string::npos);
}

TEST(AWrongGradient, that_writes_beside_its_buffer_is_caught) {
    is_caught(gradient_of(squares).on(2).by([](In x, double u, Out dx) {
        for (std::size_t i = 0; i < x.size(); ++i) dx.data()[i + 1] = 2 * u * x[i];
        dx[0] = 2 * u * x[0];
    }),
              kWritesOnlyItsGradient);
}

TEST(AWrongGradient, that_throws_is_caught_and_quoted) {
    const HandWritten claim = gradient_of(squares).on(3).by([](In x, double u, Out dx) {
        if (x[1] > 1) throw std::out_of_range("beyond the table");
        for (std::size_t i = 0; i < x.size(); ++i) dx[i] = 2 * u * x[i];
    });
    is_caught(claim, kReturns);
    const std::string text = text_of(proven(claim), claim);
    EXPECT_NE(text.find("it threw \"beyond the table\""), std::string::npos) << text;
    EXPECT_NE(text.find("x = [0, 2, 0]"), std::string::npos) << text;
}

TEST(AWrongPrimal, is_no_wrong_gradient) {
    is_caught(gradient_of(norm)
                  .on(2)
                  .with_primal([](In x, Out y) { y[0] = x[0] + x[1]; })
                  .by([](In x, double u, Out dx) {
                      const double length = std::hypot(x[0], x[1]);
                      for (std::size_t i = 0; i < 2; ++i)
                          dx[i] = length > 0 ? u * x[i] / length : 0;
                  }),
              "primal agrees with its wide value");
}

TEST(AMinimalPoint, is_what_a_person_would_write) {
    const HandWritten claim = gradient_of(squares).on(3).by([](In x, double u, Out dx) {
        for (std::size_t i = 0; i < x.size(); ++i) dx[i] = i == 1 ? u * x[i] : 2 * u * x[i];
    });
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
        const Proof proof = proven(claim, seed);
        ASSERT_TRUE(proof.broken);
        EXPECT_EQ(proof.broken->point.inputs, (std::vector<std::vector<double>>{{0, 1, 0}}))
            << text_of(proof, claim);
        EXPECT_EQ(proof.broken->point.cotangent, std::vector<double>{1});
    }
}

}  // namespace
