// Slopes of the elementary functions, each a formula in any number type: what the tape and the dual
// numbers differentiate by.
//
// All stay accurate in the tails of their function: tanh' = 4 sigma(2v) sigma(-2v) = sech^2 v where
// 1 - tanh^2 has lost every digit, products of v - 1 and v + 1 where v^2 over- or underflows.
// Source: Abramowitz, Stegun, Handbook of Mathematical Functions (1964), 4.1-4.6 and 7.1.19.
#pragma once

#include <gradproof/scalar/functions.hpp>
#include <gradproof/scalar/running.hpp>

#include <cmath>

namespace gradproof::scalar::slopes {

/// 2/sqrt(pi) exp(-v^2); pi is the arc cosine of -1.
template <class S>
[[nodiscard]] S bell(const S& v) {
    return S(2) / sqrt(acos(S(-1))) * gaussian(v);
}
/// y - 1.
template <class S>
[[nodiscard]] S one_less(const S& y) {
    return y - S(1);
}
/// Without a rounding where y is whole: (-2)^3 has the slope 3 (-2)^2.
template <class T>
[[nodiscard]] Running<T> one_less(const Running<T>& y) {
    if (y.value() == std::trunc(y.value())) return Running<T>(y.value() - 1, y.bound());
    return y - Running<T>(1);
}

// clang-format off
struct Exp { template <class S> S operator()(const S& v) const { return exp(v); } };
struct Expm1 { template <class S> S operator()(const S& v) const { return exp(v); } };
struct Log { template <class S> S operator()(const S& v) const { return S(1) / v; } };
struct Log1p { template <class S> S operator()(const S& v) const { return S(1) / (S(1) + v); } };
// The root of -0 is -0: adding 0 makes it +0, and the slope +infinity.
struct Sqrt { template <class S> S operator()(const S& v) const { return S(1) / (S(2) * (sqrt(v) + S(0))); } };
struct Cbrt { template <class S> S operator()(const S& v) const { return S(1) / (S(3) * (cbrt(v) * cbrt(v))); } };
struct Sin { template <class S> S operator()(const S& v) const { return cos(v); } };
struct Cos { template <class S> S operator()(const S& v) const { return -sin(v); } };
struct Tan { template <class S> S operator()(const S& v) const { return S(1) + tan(v) * tan(v); } };
struct Asin { template <class S> S operator()(const S& v) const { return S(1) / sqrt((S(1) - v) * (S(1) + v)); } };
struct Acos { template <class S> S operator()(const S& v) const { return S(-1) / sqrt((S(1) - v) * (S(1) + v)); } };
struct Atan { template <class S> S operator()(const S& v) const { return S(1) / hypot(S(1), v) / hypot(S(1), v); } };
struct Sinh { template <class S> S operator()(const S& v) const { return cosh(v); } };
struct Cosh { template <class S> S operator()(const S& v) const { return sinh(v); } };
struct Tanh { template <class S> S operator()(const S& v) const { return S(4) * (sigmoid(S(2) * v) * sigmoid(S(-2) * v)); } };
struct Asinh { template <class S> S operator()(const S& v) const { return S(1) / hypot(S(1), v); } };
struct Acosh { template <class S> S operator()(const S& v) const { return S(1) / (sqrt(v - S(1)) * sqrt(v + S(1))); } };
struct Atanh { template <class S> S operator()(const S& v) const { return S(1) / ((S(1) - v) * (S(1) + v)); } };
struct Erf { template <class S> S operator()(const S& v) const { return bell(v); } };
struct Erfc { template <class S> S operator()(const S& v) const { return -bell(v); } };
struct Gaussian { template <class S> S operator()(const S& v) const { return S(-2) * (v * gaussian(v)); } };
struct Lgamma { template <class S> S operator()(const S& v) const { return digamma(v); } };
struct Digamma { template <class S> S operator()(const S& v) const { return trigamma(v); } };
struct Sigmoid { template <class S> S operator()(const S& v) const { return sigmoid(v) * sigmoid(-v); } };
struct Softplus { template <class S> S operator()(const S& v) const { return sigmoid(v); } };
// clang-format on

/// Of x^y by x; 0 where y is 0, whatever x is.
struct PowByBase {
    template <class S>
    S operator()(const S& x, const S& y) const {
        if (exactly_zero(y)) return S(0);
        return y * pow(x, one_less(y));
    }
};
/// Of x^y by y; 0 where the power vanishes, whose logarithm is infinite.
struct PowByExponent {
    template <class S>
    S operator()(const S& x, const S& y) const {
        const S power = pow(x, y);
        if (exactly_zero(power)) return S(0);
        return power * log(x);
    }
};

}  // namespace gradproof::scalar::slopes
