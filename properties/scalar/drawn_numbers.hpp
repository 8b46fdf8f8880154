// Operands for the tests of the number types: every size of a format, and the neighbours of the
// points where functions are hard.
#pragma once

#include <gradproof/scalar/wide.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <random>

namespace gradproof::scalar {

class DrawnNumbers {
public:
    explicit DrawnNumbers(std::uint64_t seed) : random_(seed) {}

    [[nodiscard]] std::uint64_t below(std::uint64_t n) { return random_() % n; }
    [[nodiscard]] double uniform(double from, double to) {
        return std::uniform_real_distribution<double>(from, to)(random_);
    }
    /// A finite number of type T.
    template <class T>
    [[nodiscard]] T number() {
        using Limits = std::numeric_limits<T>;
        const double sign = below(2) == 0 ? 1 : -1;
        switch (below(9)) {
            case 0: return static_cast<T>(uniform(-1, 1));
            case 1: return static_cast<T>(uniform(-8, 8));
            case 2: return static_cast<T>(static_cast<double>(below(21)) - 10);
            case 3:
                return static_cast<T>(sign *
                                      std::exp2(uniform(Limits::min_exponent - Limits::digits,
                                                        Limits::max_exponent - 1)));
            case 4:
                return static_cast<T>(sign * static_cast<double>(Limits::denorm_min()) *
                                      static_cast<double>(below(1000)));
            case 5:
                return static_cast<T>(sign * static_cast<double>(Limits::max()) *
                                      std::exp2(-uniform(0, 4)));
            case 6: return neighbour(static_cast<T>(sign));  // edges of domains
            case 7:
                return neighbour(
                    static_cast<T>(sign * 1.5707963267948966 * static_cast<double>(below(30))));
            default: return static_cast<T>(sign * std::exp2(uniform(-12, 12)));  // saturation
        }
    }
    /// `centre` itself or a number a few units in its last place away.
    template <class T>
    [[nodiscard]] T neighbour(T centre) {
        const double units = static_cast<double>(below(2) == 0 ? below(5) : below(100000));
        const double u = static_cast<double>(std::numeric_limits<T>::epsilon()) / 2;
        return static_cast<T>(static_cast<double>(centre) * (1 + (below(2) == 0 ? u : -u) * units));
    }
    /// An error of v: none, a few units, a share of it or its distance from +-1, any size.
    template <class T>
    [[nodiscard]] double error_of(T v) {
        const double size = std::abs(static_cast<double>(v));
        const double u = static_cast<double>(std::numeric_limits<T>::epsilon()) / 2;
        switch (below(6)) {
            case 0: return size * u;
            case 1: return size * std::exp2(-uniform(0, 60));
            case 2: return std::abs(1 - size) * std::exp2(-uniform(0, 3));
            case 3:
                return static_cast<double>(std::numeric_limits<T>::denorm_min()) *
                       static_cast<double>(below(4));
            case 4: return std::exp2(uniform(-60, 2));
            default: return size * static_cast<double>(below(64)) * u;
        }
    }

private:
    std::mt19937_64 random_;
};

}  // namespace gradproof::scalar
