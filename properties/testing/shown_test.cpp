// What the README shows of a call site with all that it may say.
#include <gradproof/gtest.hpp>

#include <cstddef>
#include <span>
#include <vector>

namespace {

/// a W v, W of m rows and n columns.
constexpr auto scaled_product = [](const auto& w, const auto& v, double a) {
    using Number = typename std::decay_t<decltype(v)>::value_type;
    std::vector<Number> y(w.shape()[0], Number(0));
    for (std::size_t i = 0; i < y.size(); ++i) {
        for (std::size_t k = 0; k < v.size(); ++k) y[i] += a * w(i, k) * v[k];
    }
    return y;
};

void jacobian_by_hand(std::span<const double> w, std::span<const double> v, double a,
                      std::span<double> y, double* by_w, double* by_v) {
    const std::size_t m = y.size(), n = v.size();
    for (std::size_t i = 0; i < m; ++i) {
        y[i] = 0;
        for (std::size_t k = 0; k < n; ++k) {
            y[i] += a * w[i * n + k] * v[k];
            if (by_v != nullptr) by_v[i * n + k] = a * w[i * n + k];
            for (std::size_t row = 0; by_w != nullptr && row < m; ++row)
                by_w[i * m * n + row * n + k] = row == i ? a * v[k] : 0;
        }
    }
}

// clang-format off
GRADPROOF_TEST(ScaledProduct, has_this_jacobian) {
    return gradproof::gradient_of(scaled_product)
        .on({"m", "n"}, "n")                        // sizes are drawn, 0 and 1 among them
        .attribute("a", gradproof::between(-2, 2))  // a number that nobody differentiates by
        .isolated()                                 // a crash, an exit or a hang is a finding, too
        .by_jacobian(jacobian_by_hand);
}
// clang-format on

}  // namespace
