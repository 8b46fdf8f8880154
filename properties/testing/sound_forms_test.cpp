// Sound jvps and Jacobians, of drawn sizes and with attributes, written as people write them: no false alarm,
// over the whole range of numbers, at ties and where digits cancel.
#include "kernels.hpp"
#include "proven.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include <gtest/gtest.h>

namespace {

using namespace gradproof::testing;
using namespace gradproof::testing::kernels;

constexpr auto softmax = []<class S>(std::span<const S> x) {
    using std::exp;
    S largest = x[0], sum = 0;
    for (const S& v : x) {
        if (v > largest) largest = v;
    }
    std::vector<S> y;
    for (const S& v : x) {
        y.push_back(exp(v - largest));
        sum += y.back();
    }
    for (S& v : y) v = v / sum;
    return y;
};
[[nodiscard]] std::vector<double> softmax_of(In x) { return softmax(x); }

TEST(ASoundJvp, of_a_product_holds_at_any_sizes) {
    holds_as_often_as_told(
        gradient_of(product).on({"m", "n"}, "n").by_jvp([](In w, In v, In dw, In dv, Out dy) {
            const std::size_t n = v.size();
            for (std::size_t i = 0; i < dy.size(); ++i) {
                dy[i] = 0;
                for (std::size_t k = 0; k < n; ++k)
                    dy[i] += dw[i * n + k] * v[k] + w[i * n + k] * dv[k];
            }
        }));
}

TEST(ASoundJvp, of_a_norm_holds) {
    holds_as_often_as_told(gradient_of(norm).on(any_size("n", 1, 5)).by_jvp([](In x, In t) {
        double sum = 0, along = 0;
        for (const double v : x) sum += v * v;
        for (std::size_t i = 0; i < x.size(); ++i) along += x[i] * t[i];
        return sum > 0 ? along / std::sqrt(sum) : 0;
    }));
}

TEST(ASoundJvp, of_softplus_in_float_holds) {
    holds_as_often_as_told(gradient_of(softplus_sum)
                               .on(3)
                               .by_jvp([](std::span<const float> x, std::span<const float> t) {
                                   float sum = 0;
                                   for (std::size_t i = 0; i < x.size(); ++i) {
                                       const float e = std::exp(-std::abs(x[i]));
                                       sum += t[i] * (x[i] >= 0 ? 1 / (1 + e) : e / (1 + e));
                                   }
                                   return sum;
                               }));
}

TEST(ASoundJvp, of_log_sum_exp_holds) {
    holds_as_often_as_told(gradient_of(log_sum_exp).on(3).by_jvp([](In x, In t) {
        const std::vector<double> p = softmax_of(x);
        double sum = 0;
        for (std::size_t i = 0; i < x.size(); ++i) sum += p[i] * t[i];
        return sum;
    }));
}

TEST(ASoundJvp, of_the_larger_of_two_numbers_holds_on_either_side_of_a_tie) {
    const auto larger = [](const auto& x) { return x[0] < x[1] ? x[1] : x[0]; };
    for (const bool second : {false, true}) {
        holds_as_often_as_told(gradient_of(larger).on(2).by_jvp([second](In x, In t) {
            return x[0] < x[1] || (second && x[0] == x[1]) ? t[1] : t[0];
        }));
    }
}

TEST(ASoundJvp, of_a_scale_with_an_attribute_holds) {
    const auto scaled = [](const auto& x, double a, int k) { return a * x[0] / k; };
    holds_as_often_as_told(gradient_of(scaled)
                               .on(1)
                               .attribute("a", nonzero())
                               .attribute("k", one_of(1, 3, 7))
                               .by_jvp([](In, double a, int k, In t) { return a / k * t[0]; }));
}

TEST(ASoundJacobian, of_a_product_holds_at_any_sizes) {
    holds_as_often_as_told(gradient_of(product)
                               .on({any_size("m", 0, 4), any_size("n", 0, 4)}, "n")
                               .by_jacobian([](In w, In v, Out by_w, Out by_v) {
                                   const std::size_t n = v.size(), rows = n == 0 ? 0 : w.size() / n;
                                   std::ranges::fill(by_w, 0.0);
                                   std::ranges::copy(w, by_v.begin());
                                   for (std::size_t i = 0; i < rows; ++i) {
                                       for (std::size_t k = 0; k < n; ++k)
                                           by_w[i * w.size() + i * n + k] = v[k];
                                   }
                               }));
}

TEST(ASoundJacobian, of_softmax_holds) {
    holds_as_often_as_told(gradient_of(softmax)
                               .on(any_size("n", 1, 4))
                               .in(between(-30, 30))
                               .by_jacobian([](In x, Out j) {
                                   const std::vector<double> p = softmax_of(x);
                                   double rest = 0;
                                   for (std::size_t i = 0; i < x.size(); ++i) {
                                       rest = 0;
                                       for (std::size_t k = 0; k < x.size(); ++k)
                                           rest += k == i ? 0 : p[k];
                                       for (std::size_t k = 0; k < x.size(); ++k)
                                           j[i * x.size() + k] =
                                               i == k ? p[i] * rest : -p[i] * p[k];
                                   }
                               }));
}

TEST(ASoundJacobian, of_relu_holds_with_either_side_at_its_kinks) {
    for (const bool at_zero : {false, true}) {
        holds_as_often_as_told(gradient_of(relu).on("n").by_jacobian([at_zero](In x, Out j) {
            std::ranges::fill(j, 0.0);
            for (std::size_t i = 0; i < x.size(); ++i)
                j[i * x.size() + i] = x[i] > 0 || (at_zero && x[i] == 0) ? 1 : 0;
        }));
    }
}

TEST(ASoundJacobian, of_an_angle_and_a_length_in_float_holds) {
    const auto polar = [](const auto& x) {
        using std::atan2, std::hypot;
        using S = typename std::decay_t<decltype(x)>::value_type;
        return std::vector<S>{hypot(x[0], x[1]), atan2(x[1], x[0])};
    };
    holds_as_often_as_told(
        gradient_of(polar)
            .on(2)
            .in(strictly_between(0, 1e6))
            .by_jacobian([](std::span<const float> x, std::span<float> y, float* j) {
                y[0] = std::hypot(x[0], x[1]);
                y[1] = std::atan2(x[1], x[0]);
                if (j == nullptr) return;
                j[0] = x[0] / y[0];
                j[1] = x[1] / y[0];
                j[2] = -x[1] / y[0] / y[0];
                j[3] = x[0] / y[0] / y[0];
            }));
}

TEST(ASoundVjp, of_a_product_holds_at_any_sizes) {
    holds_as_often_as_told(
        gradient_of(product).on({"m", "n"}, "n").by([](In w, In v, In u, Out dw, Out dv) {
            std::ranges::fill(dv, 0.0);
            for (std::size_t i = 0; i < u.size(); ++i) {
                for (std::size_t k = 0; k < v.size(); ++k) {
                    dw[i * v.size() + k] = u[i] * v[k];
                    dv[k] += u[i] * w[i * v.size() + k];
                }
            }
        }));
}

}  // namespace
