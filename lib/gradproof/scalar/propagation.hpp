// How an error of the operand passes through each elementary function: the largest slope over
// [v - e, v + e], infinite where that interval leaves the function's domain.
//
// First order does not do: where e is comparable to v (the logarithm of a cancelled value) slope(v)
// says nothing of slope(v - e). Each function below returns a bound on |f(w) - f(v)| for every w with
// |w - v| <= e, in a bound type B that rounds upward (`Magnitude` or, with its user's slack, double).
// Rounded upward, the operand's numbers may be too large by a unit of their 53 bits: `shortened`
// takes off more than that.
#pragma once

#include <gradproof/scalar/magnitude.hpp>

namespace gradproof::scalar::propagation {

template <class B>
[[nodiscard]] B infinite() {
    return B(std::numeric_limits<double>::infinity());
}

/// The edges of a domain: all v, v > -1, -1 <= v <= 1, v >= 1.
enum class Edge { none, minus_one, both_ones, one };

/// An operand v with an error, as the function f meets it.
template <class B>
struct Operand {
    B size{};  ///< |v|
    bool negative = false;
    B error{};
    B result{};  ///< |f(v)|, too large by a share of at most 2^-20
    B inside{};  ///< distance of v from the nearest edge of f's domain, where f has an `Edge`

    [[nodiscard]] B nearest() const { return shortened(size, error); }  // smallest |w|
    [[nodiscard]] B farthest() const { return size + error; }           // largest |w|
};

/// exp(e) - 1 <= e exp(e), since the exponential is convex.
template <class B>
[[nodiscard]] B growth(const B& e) {
    return e * exponential(to_double(e), e);
}

template <class B>
[[nodiscard]] B exp(const Operand<B>& x) {
    return x.result * growth(x.error);
}
template <class B>
[[nodiscard]] B expm1(const Operand<B>& x) {
    const B slope = x.negative ? exponential(-to_double(x.nearest()), x.size) : x.result + B(1.0);
    return x.negative ? slope * x.error * exponential(to_double(x.error), x.error)
                      : slope * growth(x.error);
}
template <class B>
[[nodiscard]] B log(const Operand<B>& x) {
    return x.error / x.nearest();
}
template <class B>
[[nodiscard]] B log1p(const Operand<B>& x) {
    return x.error / shortened(x.inside, x.error);
}
/// |sqrt w - sqrt v| = |w - v| / (sqrt w + sqrt v) <= e / sqrt v.
template <class B>
[[nodiscard]] B sqrt(const Operand<B>& x) {
    return x.error > x.size ? infinite<B>() : x.error / (x.result * B(1 - 0x1p-19));
}
/// Away from 0 the slope 1/(3 w^(2/3)) with w >= v/2; near it |cbrt w - cbrt v| <= 2^(2/3) cbrt e.
template <class B>
[[nodiscard]] B cbrt(const Operand<B>& x) {
    using std::cbrt;
    if (x.error + x.error <= x.size) return x.error / (B(1.88) * x.result * x.result);
    return B(1.5875) * cbrt(x.error) * B(1 + 0x1p-40);
}
/// sin and cos, `slope` at least |f'(v)|: second derivatives are at most 1.
template <class B>
[[nodiscard]] B wave(const Operand<B>& x, const B& slope) {
    return std::min(std::min(B(2.0), x.error), (slope + x.error) * x.error);
}
/// tan(v + t) - tan v = tan t (1 + f^2) / (1 - f tan t), and tan t <= 1.1 t up to 1/2.
template <class B>
[[nodiscard]] B tan(const Operand<B>& x) {
    if (!(x.error < B(0.5))) return infinite<B>();
    const B t = B(1.1) * x.error;
    return t * (B(1.0) + x.result * x.result) / shortened(B(1.0), x.result * t);
}
/// asin and acos: 1 - w^2 = (1 - |w|)(1 + |w|), and |w| is at least `nearest`.
template <class B>
[[nodiscard]] B arcsine(const Operand<B>& x) {
    using std::sqrt;
    const B inside = shortened(x.inside, x.error);
    return x.error / (sqrt(inside * (B(1.0) + x.nearest())) * B(1 - 0x1p-40));
}
template <class B>
[[nodiscard]] B atan(const Operand<B>& x) {
    const B w = std::min(x.nearest(), B(0x1p500));  // whose square is a double
    return x.error / ((B(1.0) + w * w) * B(1 - 0x1p-40));
}
template <class B>
[[nodiscard]] B sinh(const Operand<B>& x) {
    return (x.result + B(1.0)) * growth(x.error);
}
template <class B>
[[nodiscard]] B cosh(const Operand<B>& x) {
    return std::min(B(1.0), x.farthest()) * x.result * growth(x.error);
}
/// 1/cosh^2 w <= min(1, 4 exp(-2 |w|)).
template <class B>
[[nodiscard]] B tanh(const Operand<B>& x) {
    const B tail = B(4.0) * exponential(-2 * to_double(x.nearest()), x.size);
    return x.error * std::min(B(1.0), tail);
}
template <class B>
[[nodiscard]] B asinh(const Operand<B>& x) {
    using std::sqrt;
    const B w = x.nearest();
    return x.error / ((w < B(0x1p500) ? sqrt(B(1.0) + w * w) : w) * B(1 - 0x1p-40));
}
template <class B>
[[nodiscard]] B acosh(const Operand<B>& x) {
    using std::sqrt;
    const B inside = shortened(x.inside, x.error);  // w^2 - 1 = (w - 1)(w + 1)
    return x.error / (sqrt(inside) * sqrt(inside + B(2.0)) * B(1 - 0x1p-40));
}
template <class B>
[[nodiscard]] B atanh(const Operand<B>& x) {
    // 1 - w^2 as in `arcsine`.
    return x.error / (shortened(x.inside, x.error) * (B(1.0) + x.nearest()) * B(1 - 0x1p-40));
}
/// erf and erfc: 2/sqrt(pi) exp(-w^2).
template <class B>
[[nodiscard]] B error_function(const Operand<B>& x) {
    const double w = to_double(x.nearest());
    return B(1.1284) * x.error * exponential(-w * w * (1 - 0x1p-40), x.size);
}
/// exp(-w^2): the slope 2 |w| exp(-w^2) is at most sqrt(2/e); and no two values differ by more than
/// the larger of them.
template <class B>
[[nodiscard]] B gaussian(const Operand<B>& x) {
    const double w = to_double(x.nearest());
    const B largest = exponential(-w * w * (1 - 0x1p-40), x.size);
    const B slope = std::min(B(0.8578), B(2.0) * x.farthest() * largest);
    return std::min(x.error * slope, largest);
}
/// log w - 1/w < psi(w) < log w (NIST DLMF, 5.11.2 and 5.11(ii)), and psi grows.
template <class B>
[[nodiscard]] B lgamma(const Operand<B>& x) {
    const B near = x.nearest();
    const double logarithm = std::max(logarithm_size(near), logarithm_size(x.farthest()));
    return x.error * (B(1.0) / near + B(logarithm));
}
/// psi'(w) < 1/w + 1/w^2, and falls.
template <class B>
[[nodiscard]] B digamma(const Operand<B>& x) {
    const B near = x.nearest();
    return x.error / near * (B(1.0) + B(1.0) / near);
}
/// |psi''(w)| = sum_k 2/(w + k)^3 < 2/w^3 + 1/w^2, and falls.
template <class B>
[[nodiscard]] B trigamma(const Operand<B>& x) {
    const B near = x.nearest();
    return x.error / near / near * (B(1.0) + B(2.0) / near);
}
/// The angle of a point turns by (|y| dx + |x| dy)/r^2, and r is at least the larger of the two nearest
/// sizes. The caller sees to it that the rectangle of errors does not meet the cut y = 0, x <= 0.
template <class B>
[[nodiscard]] B atan2(const Operand<B>& y, const Operand<B>& x) {
    const B r = std::max(y.nearest(), x.nearest());
    const B by_x = (y.farthest() / r) * (x.error / r), by_y = (x.farthest() / r) * (y.error / r);
    return (by_x + by_y) * B(1 + 0x1p-40);
}
/// sigma(w) sigma(-w) <= min(1/4, exp(-|w|)).
template <class B>
[[nodiscard]] B sigmoid(const Operand<B>& x) {
    const B tail = exponential(-to_double(x.nearest()), x.size);
    return x.error * std::min(B(0.25), tail);
}
/// sigma(w) <= min(1, exp(w)).
template <class B>
[[nodiscard]] B softplus(const Operand<B>& x) {
    if (!x.negative) return x.error;
    return x.error * std::min(B(1.0), exponential(-to_double(x.nearest()), x.size));
}
/// |x|^y = exp(y log|x|), and the error of the exponent bounds the rest. A negative base has only
/// whole exponents, which are exact.
template <class B>
[[nodiscard]] B pow(const Operand<B>& base, const Operand<B>& exponent) {
    const bool exact_exponent = !(exponent.error > B(0.0));
    if (!(base.error > B(0.0)) && exact_exponent) return B(0.0);
    if (!(base.error < base.size) || (base.negative && !exact_exponent)) return infinite<B>();
    const B near = shortened(base.size, base.error);
    const B logarithm = B(std::max(logarithm_size(near), logarithm_size(base.farthest())));
    const B in_exponent = logarithm * exponent.error + exponent.farthest() * (base.error / near);
    return base.result * growth(in_exponent);
}

}  // namespace gradproof::scalar::propagation
