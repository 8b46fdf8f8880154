// What the report of a gradient written by hand says of the kind of its mistake.
#include "kernels.hpp"
#include "proven.hpp"

#include <cmath>
#include <stdexcept>
#include <string>

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
