// The elementary functions that rules may call on every number type, and the opaque ones.
//
// A rule writes `exp(x)` unqualified: for built-in types that finds these, for the others their own
// by argument-dependent lookup.
#pragma once

#include <cmath>
#include <type_traits>

namespace gradproof::scalar {

using std::acos;
using std::acosh;
using std::asin;
using std::asinh;
using std::atan;
using std::atan2;
using std::atanh;
using std::cbrt;
using std::cos;
using std::cosh;
using std::erf;
using std::erfc;
using std::exp;
using std::expm1;
using std::floor;
using std::hypot;
using std::lgamma;
using std::log;
using std::log1p;
using std::pow;
using std::sin;
using std::sinh;
using std::sqrt;
using std::tan;
using std::tanh;

template <class T>
concept BuiltIn = std::is_floating_point_v<T>;

/// sigma(x) = 1/(1 + exp(-x)) without overflow; never loses a tail, on either side.
template <BuiltIn T>
[[nodiscard]] T sigmoid(T x) {
    const T t = std::exp(-std::abs(x));
    return x >= 0 ? 1 / (1 + t) : t / (1 + t);
}

/// log(1 + exp(x)) without overflow.
template <BuiltIn T>
[[nodiscard]] T softplus(T x) {
    return (x > 0 ? x : T(0)) + std::log1p(std::exp(-std::abs(x)));
}

/// exp(-x^2), its tail included: where x^2 is rounded exp(-x^2) has lost 700 roundings at x = 26.
///
/// Source: fdlibm's erfc, which splits x = h + (x - h) with h^2 exact: exp(-h^2) exp(-(x - h)(x + h)).
template <BuiltIn T>
[[nodiscard]] T gaussian(T x) {
    const double v = static_cast<double>(x), size = std::abs(v);
    if (size > 40) return T(0);  // below the smallest double from 27.3 on
    const double h = static_cast<double>(static_cast<float>(size));
    return static_cast<T>(std::exp(-h * h) * std::exp(-(size - h) * (size + h)));
}

/// Gamma'(x)/Gamma(x) for x > 0; infinite where it overflows.
[[nodiscard]] double digamma(double x);
/// The derivative of digamma for x > 0; infinite where it overflows.
[[nodiscard]] double trigamma(double x);
/// The same, rounded once.
[[nodiscard]] float digamma(float x);
[[nodiscard]] float trigamma(float x);

/// True where x is 0 and known to be: a rule selects by it, so that 0 * inf never arises.
template <BuiltIn T>
[[nodiscard]] bool exactly_zero(T x) {
    return x == 0;
}

/// The same value as a constant: what a shift may be chosen by, without a derivative of its own.
template <BuiltIn T>
[[nodiscard]] T detached(T x) {
    return x;
}

/// Begin and end an operation whose inner steps the oracle is not to see (`Witness`).
template <BuiltIn T>
[[nodiscard]] T unrecorded(T x) {
    return x;
}
template <BuiltIn T>
[[nodiscard]] T on_record(T result, T /*operand*/) {
    return result;
}

/// Whether a value is on a record that an opaque operation may end on.
template <class S>
[[nodiscard]] bool recorded(const S& /*value*/) {
    return true;
}

/// a < b by the values alone: for choices that do not change the result, such as a pivot.
template <BuiltIn T>
[[nodiscard]] bool precedes(T a, T b) {
    return a < b;
}

}  // namespace gradproof::scalar
