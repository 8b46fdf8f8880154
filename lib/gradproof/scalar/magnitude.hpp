// A magnitude: a non-negative number with a 64-bit exponent, rounded upward; what error bounds are.
#pragma once

#include <gradproof/scalar/ieee.hpp>

#include <algorithm>
#include <cmath>
#include <compare>
#include <cstdint>
#include <limits>

namespace gradproof::scalar {

/// mantissa * 2^exponent with the mantissa 0, in [1/2, 1), or infinite.
///
/// A `double` alone would underflow where bounds of wide numbers live (2^-3322 of a number that
/// itself is 1e-300). Every operation rounds upward: the result is never below the exact one.
class Magnitude {
public:
    constexpr Magnitude() = default;
    /// `value` must not be negative; NaN counts as infinite.
    Magnitude(double value) : Magnitude(value, 0) {}
    Magnitude(double mantissa, std::int64_t exponent) {
        if (!(mantissa <= std::numeric_limits<double>::max())) {
            mantissa_ = std::numeric_limits<double>::infinity();
        } else if (mantissa > 0) {
            int shift = 0;
            mantissa_ = std::frexp(mantissa, &shift);
            exponent_ = exponent + shift;
            if (exponent_ > kLargestExponent) mantissa_ = std::numeric_limits<double>::infinity();
            // Rounded upward like everything else, so that sums of two exponents stay in range.
            if (exponent_ < -kLargestExponent) exponent_ = -kLargestExponent;
        }
    }
    [[nodiscard]] static Magnitude power_of_two(std::int64_t exponent) {
        return Magnitude(1.0, exponent);
    }
    [[nodiscard]] static Magnitude infinity() {
        return Magnitude(std::numeric_limits<double>::infinity());
    }

    [[nodiscard]] double mantissa() const { return mantissa_; }
    [[nodiscard]] std::int64_t exponent() const { return exponent_; }
    [[nodiscard]] bool is_zero() const { return mantissa_ == 0; }
    [[nodiscard]] bool is_infinite() const { return std::isinf(mantissa_); }

    /// The nearest double not below; infinite where double overflows.
    [[nodiscard]] double to_double() const {
        if (mantissa_ == 0 || is_infinite()) return mantissa_;
        if (exponent_ > 1024) return std::numeric_limits<double>::infinity();
        if (exponent_ < -1073) return std::numeric_limits<double>::denorm_min();
        const double value = std::ldexp(mantissa_, static_cast<int>(exponent_));
        return exponent_ < -1021 ? value + std::numeric_limits<double>::denorm_min() : value;
    }

    friend Magnitude operator+(const Magnitude& a, const Magnitude& b) {
        if (a.is_zero() || b.is_infinite()) return b;
        if (b.is_zero() || a.is_infinite()) return a;
        const Magnitude& large = a.exponent_ >= b.exponent_ ? a : b;
        const Magnitude& small = a.exponent_ >= b.exponent_ ? b : a;
        const std::int64_t gap = std::min<std::int64_t>(large.exponent_ - small.exponent_, 60);
        const double sum = large.mantissa_ + small.mantissa_ * inverse_power(gap);
        return near_one(sum * kUp, large.exponent_);
    }
    friend Magnitude operator*(const Magnitude& a, const Magnitude& b) {
        if (a.is_zero() || b.is_zero()) return {};
        return near_one(a.mantissa_ * b.mantissa_ * kUp, a.exponent_ + b.exponent_);
    }
    friend Magnitude operator/(const Magnitude& a, const Magnitude& b) {
        if (a.is_zero()) return {};
        if (b.is_zero() || a.is_infinite()) return infinity();
        if (b.is_infinite()) return {};
        return near_one(a.mantissa_ / b.mantissa_ * kUp, a.exponent_ - b.exponent_);
    }
    /// a - b rounded *downward*, 0 where b is the larger: the one operation that yields lower ends.
    [[nodiscard]] friend Magnitude shortened(const Magnitude& a, const Magnitude& b) {
        if (b.is_zero() || a.is_infinite()) return a;
        if (!(a > b)) return {};
        const std::int64_t gap = std::min<std::int64_t>(a.exponent_ - b.exponent_, 60);
        const double rest = a.mantissa_ - b.mantissa_ * inverse_power(gap) * kUp;
        return Magnitude(std::max(rest / kUp, 0.0), a.exponent_);
    }
    friend bool operator==(const Magnitude& a, const Magnitude& b) {
        return a.mantissa_ == b.mantissa_ && (a.exponent_ == b.exponent_ || a.is_infinite());
    }
    friend std::partial_ordering operator<=>(const Magnitude& a, const Magnitude& b) {
        if (a.is_zero() || b.is_zero() || a.is_infinite() || b.is_infinite() ||
            a.exponent_ == b.exponent_) {
            return a.mantissa_ <=> b.mantissa_;
        }
        return a.exponent_ <=> b.exponent_;
    }

private:
    static constexpr double kUp = 1 + 0x1p-50;  // more than the roundings of one operation

    static constexpr std::int64_t kLargestExponent = std::int64_t{1} << 61;

    double mantissa_ = 0;
    std::int64_t exponent_ = 0;

    /// 2^-gap, gap from 0 to 60, without a call: sums of bounds are what a witness spends its time on.
    [[nodiscard]] static double inverse_power(std::int64_t gap) {
        return 1.0 / static_cast<double>(std::uint64_t{1} << gap);
    }
    /// The constructor for a mantissa from 1/4 to 4, or infinite.
    [[nodiscard]] static Magnitude near_one(double mantissa, std::int64_t exponent) {
        for (; mantissa < 0.5; --exponent) mantissa *= 2;
        for (; mantissa >= 1 && mantissa < 8; ++exponent) mantissa *= 0.5;
        if (exponent > kLargestExponent || exponent < -kLargestExponent)
            return {mantissa, exponent};
        Magnitude result;
        result.mantissa_ = mantissa;
        result.exponent_ = exponent;
        return result;
    }

    friend Magnitude sqrt(const Magnitude& a) {
        if (a.is_zero() || a.is_infinite()) return a;
        const bool odd = (a.exponent_ % 2) != 0;
        const double mantissa = odd ? a.mantissa_ * 2 : a.mantissa_;
        return Magnitude(std::sqrt(mantissa) * kUp, (a.exponent_ - (odd ? 1 : 0)) / 2);
    }
    friend Magnitude cbrt(const Magnitude& a) {
        if (a.is_zero() || a.is_infinite()) return a;
        const std::int64_t rest = ((a.exponent_ % 3) + 3) % 3;
        const double mantissa = std::ldexp(a.mantissa_, static_cast<int>(rest));
        // The C library's cbrt may be wrong by 3.7 ulps (rounding.hpp).
        return Magnitude(std::cbrt(mantissa) * (1 + 0x1p-48), (a.exponent_ - rest) / 3);
    }
};

/// exp(x), rounded upward, for any double x.
[[nodiscard]] inline Magnitude exponential(double x, const Magnitude& /*kind*/) {
    constexpr double kLog2E = 1.4426950408889634;
    // Beyond 2^40 the power of two is taken a little too large; its own digits no longer matter.
    if (x > 0x1p40) return Magnitude::infinity();
    if (x < -0x1p40) return Magnitude::power_of_two(-(std::int64_t{1} << 40));
    const double whole = std::floor(x * kLog2E);
    const double rest = x - whole * 0.6931471805599453;  // error below 2^-52 * 2^41, so widen:
    const double slack = std::abs(x) * 0x1p-50 + 0x1p-50;
    return Magnitude(std::exp(rest + slack) * (1 + 0x1p-48), static_cast<std::int64_t>(whole));
}
[[nodiscard]] inline double exponential(double x, double /*kind*/) {
    return std::exp(x) * (1 + 0x1p-50) + std::numeric_limits<double>::denorm_min();
}
/// a - b rounded downward, at least 0.
[[nodiscard]] inline double shortened(double a, double b) {
    return std::max(0.0, (a - b) - 0x1p-51 * a);
}
/// |log a| rounded upward, as a double.
[[nodiscard]] inline double logarithm_size(const Magnitude& a) {
    if (a.is_zero() || a.is_infinite()) return std::numeric_limits<double>::infinity();
    const double value =
        std::log(a.mantissa()) + static_cast<double>(a.exponent()) * 0.6931471805599453;
    return std::abs(value) * (1 + 0x1p-48) + 0x1p-48 * std::abs(static_cast<double>(a.exponent())) +
           0x1p-50;
}
[[nodiscard]] inline double logarithm_size(double a) {
    return a > 0 ? std::abs(std::log(a)) * (1 + 0x1p-48) + 0x1p-50
                 : std::numeric_limits<double>::infinity();
}
[[nodiscard]] inline double to_double(double a) { return a; }
[[nodiscard]] inline double to_double(const Magnitude& a) { return a.to_double(); }

}  // namespace gradproof::scalar
