// Functions whose gradients the tests write by hand, once for every number type.
#pragma once

#include <gradproof/testing/gradient_of.hpp>

#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

namespace gradproof::testing::kernels {

using In = std::span<const double>;
using Out = std::span<double>;

inline constexpr auto softplus_sum = []<class S>(std::span<const S> x) {
    using std::exp, std::log1p, std::abs, std::max;
    S sum = 0;
    for (const S& v : x) sum += max(v, S(0)) + log1p(exp(-abs(v)));
    return sum;
};
inline constexpr auto norm = []<class S>(std::span<const S> x) {
    using std::sqrt;
    S sum = 0;
    for (const S& v : x) sum += v * v;
    return sqrt(sum);
};
inline constexpr auto matvec = [](const auto& w, const auto& v) {
    std::vector<typename std::decay_t<decltype(v)>::value_type> y;
    for (std::size_t i = 0; i < w.shape()[0]; ++i) {
        auto sum = w(i, 0) * v[0];
        for (std::size_t k = 1; k < v.size(); ++k) sum += w(i, k) * v[k];
        y.push_back(sum);
    }
    return y;
};
/// The same of any sizes, 0 included.
inline constexpr auto product = [](const auto& w, const auto& v) {
    using S = typename std::decay_t<decltype(v)>::value_type;
    std::vector<S> y(w.shape()[0], S(0));
    for (std::size_t i = 0; i < y.size(); ++i) {
        for (std::size_t k = 0; k < v.size(); ++k) y[i] += w(i, k) * v[k];
    }
    return y;
};
inline constexpr auto log_sum_exp = []<class S>(std::span<const S> x) {
    using std::exp, std::log;
    S largest = x[0], sum = 0;
    for (const S& v : x) {
        if (v > largest) largest = v;
    }
    for (const S& v : x) sum += exp(v - largest);
    return largest + log(sum);
};
inline constexpr auto relu = []<class S>(std::span<const S> x) {
    std::vector<S> y;
    for (const S& v : x) y.push_back(v > 0 ? v : S(0));
    return y;
};
inline constexpr auto mean = []<class S>(std::span<const S> x) {
    S sum = 0;
    for (const S& v : x) sum += v;
    return sum / S(static_cast<double>(x.size()));
};
inline constexpr auto squares = []<class S>(std::span<const S> x) {
    S sum = 0;
    for (const S& v : x) sum += v * v;
    return sum;
};

/// 1/(1 + exp(-x)) without loss on either side.
[[nodiscard]] inline double sigmoid_of(double x) {
    const double t = std::exp(-std::abs(x));
    return x >= 0 ? 1 / (1 + t) : t / (1 + t);
}

}  // namespace gradproof::testing::kernels
