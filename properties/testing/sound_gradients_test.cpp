// Sound gradients written by hand in many ways are proven: no false alarm, and numbers were judged.
#include "kernels.hpp"
#include "proven.hpp"

#include <cmath>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace {

using namespace gradproof::testing;
using namespace gradproof::testing::kernels;

TEST(ASoundGradient, of_a_sum_of_softplus_holds) {
    holds_as_often_as_told(gradient_of(softplus_sum).on(3).by([](In x, double u, Out dx) {
        for (std::size_t i = 0; i < x.size(); ++i) dx[i] = u * sigmoid_of(x[i]);
    }));
}

TEST(ASoundGradient, of_the_norm_holds_at_zero_too) {
    holds_as_often_as_told(gradient_of(norm).on(4).by([](In x, In u, Out dx) {
        double sum = 0;
        for (const double v : x) sum += v * v;
        const double inverse = sum > 0 ? 1 / std::sqrt(sum) : 0;
        for (std::size_t i = 0; i < x.size(); ++i) dx[i] = u[0] * x[i] * inverse;
    }));
}

TEST(ASoundGradient, of_a_matrix_times_a_vector_holds_with_its_sums_reversed) {
    holds_as_often_as_told(
        gradient_of(matvec).on({3, 2}, 2).named("W", "v").by([](In w, In v, In u, Out dw, Out dv) {
            for (std::size_t k = 0; k < v.size(); ++k) {
                dv[k] = 0;
                for (std::size_t i = u.size(); i-- > 0;) {
                    dw[i * v.size() + k] = u[i] * v[k];
                    dv[k] += w[i * v.size() + k] * u[i];
                }
            }
        }));
}

TEST(ASoundGradient, of_log_sum_exp_holds) {
    holds_as_often_as_told(gradient_of(log_sum_exp).on(3).by([](In x, double u, Out dx) {
        double largest = x[0], sum = 0;
        for (const double v : x) largest = std::max(largest, v);
        for (const double v : x) sum += std::exp(v - largest);
        for (std::size_t i = 0; i < x.size(); ++i) dx[i] = u * (std::exp(x[i] - largest) / sum);
    }));
}

TEST(ASoundGradient, of_relu_may_have_any_slope_between_at_its_kink) {
    for (const double slope : {0.0, 0.5, 1.0}) {
        holds_as_often_as_told(gradient_of(relu).on(3).by([slope](In x, In u, Out dx) {
            for (std::size_t i = 0; i < x.size(); ++i) {
                dx[i] = x[i] > 0 ? u[i] : x[i] < 0 ? 0 : slope * u[i];
            }
        }));
    }
}

TEST(ASoundGradient, of_relu_keeps_the_convention_that_is_written) {
    holds_as_often_as_told(gradient_of(relu).on(3).at_kinks_as_written().by([](In x, In u, Out dx) {
        for (std::size_t i = 0; i < x.size(); ++i) dx[i] = x[i] > 0 ? u[i] : 0;
    }));
}

TEST(ASoundGradient, may_multiply_in_an_order_that_overflows_sooner) {
    const auto power = []<class S>(std::span<const S> x) { return pow(x[0], x[1]); };
    holds_as_often_as_told(
        gradient_of(power).on(2).in(between(0.1, 10)).by([](In x, double u, Out dx) {
            const double p = std::pow(x[0], x[1]);
            dx[0] = u * x[1] / x[0] * p;
            dx[1] = u * p * std::log(x[0]);
        }));
}

TEST(ASoundGradient, of_a_root_may_be_infinite_at_the_end_of_its_domain) {
    const auto root = []<class S>(std::span<const S> x) { return sqrt(x[0]); };
    holds_as_often_as_told(gradient_of(root).on(1).in(nonnegative()).by([](In x, double u, Out dx) {
        dx[0] = u == 0 ? 0 : u / (2 * std::sqrt(x[0]));
    }));
}

TEST(ASoundGradient, may_multiply_the_cotangent_by_a_slope_out_of_range) {
    const auto square = []<class S>(std::span<const S> x) { return x[0] * x[0] / 4; };
    holds_as_often_as_told(gradient_of(square).on(1).by(
        [](In x, double u, Out dx) { dx[0] = u * ((x[0] + x[0]) / 4); }));
    const auto product = []<class S>(std::span<const S> x) { return x[0] * x[1] * x[2]; };
    holds_as_often_as_told(gradient_of(product).on(3).by([](In x, double u, Out dx) {
        dx[0] = u * (x[1] * x[2]);
        dx[1] = u * (x[0] * x[2]);
        dx[2] = u * (x[0] * x[1]);
    }));
}

/// The middle one of five numbers, by a sort.
TEST(ASoundGradient, of_a_median_may_sort) {
    const auto median = []<class S>(std::span<const S> x) {
        std::vector<S> sorted(x.begin(), x.end());
        std::sort(sorted.begin(), sorted.end());
        return sorted[2];
    };
    holds_as_often_as_told(gradient_of(median).on(5).by([](In x, double u, Out dx) {
        std::vector<std::size_t> order{0, 1, 2, 3, 4};
        std::sort(order.begin(), order.end(),
                  [&](std::size_t a, std::size_t b) { return x[a] < x[b]; });
        for (std::size_t i = 0; i < 5; ++i) dx[i] = i == order[2] ? u : 0;
    }));
}

TEST(ASoundGradient, of_a_mean_may_multiply_by_a_reciprocal) {
    holds_as_often_as_told(gradient_of(mean).on(7).by([](In x, double u, Out dx) {
        const double share = 1.0 / static_cast<double>(x.size());
        for (double& g : dx) g = u * share;
    }));
}

TEST(ASoundGradient, may_be_in_float) {
    holds_as_often_as_told(
        gradient_of(squares).on(3).by([](std::span<const float> x, float u, std::span<float> dx) {
            for (std::size_t i = 0; i < x.size(); ++i) dx[i] = 2 * u * x[i];
        }));
}

TEST(ASoundGradient, may_take_no_cotangent_at_all) {
    holds_as_often_as_told(gradient_of(squares).on(3).by([](In x, Out dx) {
        for (std::size_t i = 0; i < x.size(); ++i) dx[i] = x[i] + x[i];
    }));
}

TEST(ASoundGradient, may_accumulate_where_that_is_declared) {
    holds_as_often_as_told(gradient_of(squares).on(3).accumulating().by([](In x, double u, Out dx) {
        for (std::size_t i = 0; i < x.size(); ++i) dx[i] += 2 * u * x[i];
    }));
}

TEST(ASoundGradient, may_come_with_its_primal) {
    holds_as_often_as_told(gradient_of(norm)
                               .on(3)
                               .with_primal([](In x) { return std::hypot(x[0], x[1], x[2]); })
                               .by([](In x, Out dx) {
                                   const double length = std::hypot(x[0], x[1], x[2]);
                                   for (std::size_t i = 0; i < 3; ++i)
                                       dx[i] = length > 0 ? x[i] / length : 0;
                               }));
}

TEST(ASoundGradient, holds_on_a_declared_domain) {
    const auto entropy = []<class S>(std::span<const S> p, std::span<const S> q) {
        using std::log;
        S sum = 0;
        for (std::size_t i = 0; i < p.size(); ++i) sum += p[i] * log(p[i] / q[i]);
        return sum;
    };
    holds_as_often_as_told(
        gradient_of(entropy).on(2, 2).in(positive()).by([](In p, In q, double u, Out dp, Out dq) {
            for (std::size_t i = 0; i < p.size(); ++i) {
                dp[i] = u * (std::log(p[i] / q[i]) + 1);
                dq[i] = -u * p[i] / q[i];
            }
        }),
        0.4);
}

TEST(ASoundGradient, of_numbers_and_matrices_of_many_entries_is_checked_along_directions) {
    const auto scaled = [](const auto& a, const auto& x) {
        auto y = a() * x(0, 0);
        for (std::size_t i = 0; i < 4; ++i) {
            for (std::size_t k = 0; k < 5; ++k) y += a() * x(i, k) * x(i, k);
        }
        return y;
    };
    const HandWritten claim =
        gradient_of(scaled).on({}, {4, 5}).by([](In a, In x, double u, Out da, Out dx) {
            da[0] = u * x[0];
            for (std::size_t i = 0; i < x.size(); ++i) {
                da[0] += u * x[i] * x[i];
                dx[i] = 2 * u * a[0] * x[i] + (i == 0 ? u * a[0] : 0);
            }
        });
    holds_as_often_as_told(claim);
    EXPECT_GT(proven(claim).counts.directions, 20U);
}

}  // namespace
