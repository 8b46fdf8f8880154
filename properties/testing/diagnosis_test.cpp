// What the report of a gradient written by hand says of the kind of its mistake.
#include "kernels.hpp"
#include "proven.hpp"

#include <cmath>
#include <stdexcept>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace {

using namespace gradproof::testing;
using namespace gradproof::testing::kernels;

/// The line of the report that begins with "diagnosis: ", without its evidence.
[[nodiscard]] std::string diagnosis_of(const HandWritten& claim) {
    const std::string text = text_of(proven(claim), claim), begin = "  diagnosis: ";
    const std::size_t at = text.find(begin);
    if (at == std::string::npos) return "";
    const std::size_t from = at + begin.size();
    return text.substr(from, text.find_first_of("(\n", from) - from);
}

TEST(ADiagnosis, of_a_wrong_sign) {
    EXPECT_EQ(diagnosis_of(gradient_of(squares).on(3).by([](In x, double u, Out dx) {
                  for (std::size_t i = 0; i < x.size(); ++i) dx[i] = -2 * u * x[i];
              })),
              "minus the derivative ");
}

TEST(ADiagnosis, of_a_missing_factor) {
    EXPECT_EQ(diagnosis_of(gradient_of(squares).on(3).by([](In x, double u, Out dx) {
                  for (std::size_t i = 0; i < x.size(); ++i) dx[i] = u * x[i];
              })),
              "0.500 times the derivative ");
}

TEST(ADiagnosis, of_a_gradient_that_takes_no_cotangent) {
    EXPECT_EQ(diagnosis_of(gradient_of(squares).on(3).by([](In x, Out dx) {
                  for (std::size_t i = 0; i < x.size(); ++i) dx[i] = x[i];
              })),
              "0.500 times the derivative ");
}

TEST(ADiagnosis, of_an_ignored_cotangent) {
    EXPECT_EQ(diagnosis_of(gradient_of(squares).on(2).by([](In x, double, Out dx) {
                  for (std::size_t i = 0; i < x.size(); ++i) dx[i] = 2 * x[i];
              })),
              "the cotangent is ignored ");
}

TEST(ADiagnosis, of_a_transposed_matrix) {
    EXPECT_EQ(diagnosis_of(gradient_of(matvec).on({3, 2}, 2).named("W", "v").by(
                  [](In w, In v, In u, Out dw, Out dv) {
                      for (double& g : dv) g = 0;
                      for (std::size_t i = 0; i < 3; ++i) {
                          for (std::size_t k = 0; k < 2; ++k) {
                              dw[k * 3 + i] = u[i] * v[k];
                              dv[k] += w[i * 2 + k] * u[i];
                          }
                      }
                  })),
              "the gradient of W is transposed ");
}

TEST(ADiagnosis, of_a_loop_that_begins_too_late) {
    EXPECT_EQ(diagnosis_of(gradient_of(matvec).on({3, 2}, 2).named("W", "v").by(
                  [](In w, In v, In u, Out dw, Out dv) {
                      for (double& g : dv) g = 0;
                      for (std::size_t i = 0; i < 3; ++i) {
                          for (std::size_t k = 0; k < 2; ++k) {
                              dw[i * 2 + k] = u[i] * v[k];
                              if (i > 0) dv[k] += w[i * 2 + k] * u[i];
                          }
                      }
                  })),
              "cotangent 0 is ignored in the gradient of v ");
}

TEST(ADiagnosis, of_a_mask_at_the_wrong_number) {
    EXPECT_EQ(diagnosis_of(gradient_of(relu).on(3).by([](In x, In u, Out dx) {
                  for (std::size_t i = 0; i < x.size(); ++i) dx[i] = x[i] >= 1 ? u[i] : 0;
              })),
              "right except where 0 < x < 1: there it is 0 ");
}

TEST(ADiagnosis, of_numbers_that_passed_through_float) {
    EXPECT_EQ(diagnosis_of(gradient_of(mean).on(3).by([](In, double u, Out dx) {
                  for (double& g : dx) g = static_cast<double>(static_cast<float>(u / 3));
              })),
              "the precision of float32: every answer is a float32 number ");
}

TEST(ADiagnosis, of_a_first_column_that_gets_nothing) {
    EXPECT_EQ(
        diagnosis_of(gradient_of(matvec).on({3, 2}, 2).named("W", "v").by(
            [](In w, In v, In u, Out dw, Out dv) {
                for (double& g : dv) g = 0;
                for (std::size_t i = 0; i < 3; ++i) {
                    for (std::size_t k = 0; k < 2; ++k) {
                        dw[i * 2 + k] = k > 0 ? u[i] * v[k] : 0;
                        dv[k] += w[i * 2 + k] * u[i];
                    }
                }
            })),
        "of the entries that an output depends on the first gets nothing in the gradient of W ");
}

/// x^2, entry by entry, and the diagnosis of a gradient that reads the cotangent at `place(i)`.
template <class Place>
[[nodiscard]] std::string read_at(Place place) {
    const auto each = [](const auto& x) {
        return std::vector{x[0] * x[0], x[1] * x[1], x[2] * x[2]};
    };
    return diagnosis_of(gradient_of(each).on(3).by([place](In x, In u, Out dx) {
        for (std::size_t i = 0; i < 3; ++i) {
            const std::size_t at = place(i);
            dx[i] = at < 3 ? 2 * x[i] * u[at] : 0;
        }
    }));
}

TEST(ADiagnosis, of_a_cotangent_that_is_read_elsewhere) {
    EXPECT_EQ(read_at([](std::size_t i) { return i + 1; }),
              "the cotangent is read one entry too late ");
    EXPECT_EQ(read_at([](std::size_t i) { return i - 1; }),
              "the cotangent is read one entry too early ");
    EXPECT_EQ(read_at([](std::size_t i) { return 2 - i; }), "the cotangent is read from its end ");
}

TEST(ADiagnosis, of_a_gradient_that_is_assigned_once) {
    const auto twice = [](const auto& x) {
        return std::vector{x[0] * 2, x[1] * 2, x[0] * 3, x[1] * 3};
    };
    EXPECT_EQ(diagnosis_of(gradient_of(twice).on(2).by([](In, In u, Out dx) {
                  for (std::size_t i = 0; i < 2; ++i) dx[i] = 2 * u[i];
              })),
              "of several cotangents that reach an entry only the first arrives ");
}

TEST(ADiagnosis, of_a_slope_that_is_left_out) {
    const auto wave = [](const auto& x) {
        using std::sin;
        return sin(x[0]);
    };
    EXPECT_EQ(diagnosis_of(gradient_of(wave).on(1).by([](In, double u, Out dx) { dx[0] = u; })),
              "the slope is left out: the cotangent is handed on as it is ");
    EXPECT_EQ(diagnosis_of(gradient_of(wave).on(1).by([](In, Out dx) { dx[0] = 1; })),
              "the slope is left out: 1 is in its place ");
    EXPECT_EQ(diagnosis_of(gradient_of(wave).on(1).by_jvp([](In, In t, Out dy) { dy[0] = t[0]; })),
              "the slope is left out: 1 is in its place ");
}

TEST(ADiagnosis, of_half_of_a_product_rule) {
    const auto wave = [](const auto& x) {
        using std::sin;
        return x[0] * sin(x[0]);
    };
    EXPECT_EQ(diagnosis_of(gradient_of(wave).on(1).by(
                  [](In x, double u, Out dx) { dx[0] = u * std::sin(x[0]); })),
              "what is 0.8414709848078965 here, operation 1 of 2 of the function, is taken for a "
              "constant ");
    EXPECT_EQ(diagnosis_of(gradient_of(wave).on(1).by(
                  [](In x, double u, Out dx) { dx[0] = u * x[0] * std::cos(x[0]); })),
              "of what is 0.8414709848078965 here, operation 2 of 2 of the function, the first "
              "operand is "
              "taken for a constant ");
}

/// (x - mean)/s with s the standard deviation, of three entries.
constexpr auto standardised = [](const auto& x) {
    using std::sqrt;
    const auto mean = (x[0] + x[1] + x[2]) / 3;
    const auto a = x[0] - mean, b = x[1] - mean, c = x[2] - mean;
    const auto s = sqrt((a * a + b * b + c * c) / 3 + 1);
    return std::vector{a / s, b / s, c / s};
};

TEST(ADiagnosis, of_a_standard_deviation_that_is_taken_for_a_constant) {
    const std::string words =
        diagnosis_of(gradient_of(standardised).on(3).by([](In x, In u, Out dx) {
            const double mean = (x[0] + x[1] + x[2]) / 3, of_u = (u[0] + u[1] + u[2]) / 3;
            double variance = 1;
            for (const double v : x) variance += (v - mean) * (v - mean) / 3;
            for (std::size_t i = 0; i < 3; ++i) dx[i] = (u[i] - of_u) / std::sqrt(variance);
        }));
    EXPECT_TRUE(words.starts_with("what is 1.1")) << words;  // sqrt(1 + 2/9)
    EXPECT_TRUE(words.ends_with("of the function, is taken for a constant ")) << words;
}

TEST(ADiagnosis, of_a_slope_that_is_infinite_where_no_cotangent_arrives) {
    const auto arc = [](const auto& x) {
        using std::acos;
        return std::vector{acos(x[0]), acos(x[1])};
    };
    const std::string words =
        diagnosis_of(gradient_of(arc).on(2).in(between(-1, 1)).by([](In x, In u, Out dx) {
            for (std::size_t i = 0; i < 2; ++i) dx[i] = -u[i] / std::sqrt((1 - x[i]) * (1 + x[i]));
        }));
    EXPECT_TRUE(words.starts_with("NaN where the derivative is finite")) << words;
}

TEST(ADiagnosis, is_not_made_of_code_that_throws) {
    EXPECT_EQ(diagnosis_of(gradient_of(squares).on(3).by(
                  [](In, double, Out) { throw std::runtime_error("no"); })),
              "");
}

TEST(ADiagnosis, names_no_mistake_where_none_is_simple) {
    EXPECT_EQ(diagnosis_of(gradient_of(squares).on(3).by([](In x, double u, Out dx) {
                  for (std::size_t i = 0; i < x.size(); ++i)
                      dx[i] = u * x[i] * (3 + std::sin(17 * x[i]));
              })),
              "no simple mistake explains it");
}

}  // namespace
