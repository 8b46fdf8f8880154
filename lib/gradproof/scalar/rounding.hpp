// What one operation may cost: the unit round-off, the underflow unit, one cited constant a function.
//
// Every number of the error budget that is not derived where it stands has its reason here.
#pragma once

#include <limits>

namespace gradproof::scalar::rounding {

/// Half the spacing of floats at 1.
template <class T>
inline constexpr double unit_roundoff = static_cast<double>(std::numeric_limits<T>::epsilon()) / 2;

/// What an operation can lose to underflow: half the smallest subnormal. Twice that is charged,
/// since in double half of it is no number.
template <class T>
inline constexpr double underflow_unit = static_cast<double>(std::numeric_limits<T>::denorm_min());

/// Below this size an operation may have underflowed, or its bound may have.
template <class T>
inline constexpr double underflow_threshold =
    static_cast<double>(std::numeric_limits<T>::min()) / unit_roundoff<T>;

/// Largest known errors in ulps of the C library's functions, the larger of binary32 and binary64
/// over the libraries in use. Source: Gladman, Innocente, Mather, Zimmermann, "Accuracy of
/// Mathematical Functions in Single, Double, Double Extended, and Quadruple Precision" (2022 and
/// later editions), tables for GNU libc, rounded up. An ulp is at most two unit round-offs of the
/// value, hence the factor 2 in `in_units`.
namespace ulps {
inline constexpr double exp = 0.52;
inline constexpr double expm1 = 1.0;
inline constexpr double log = 0.82;   // binary32
inline constexpr double log1p = 1.3;  // binary32
inline constexpr double sqrt = 0.5;   // IEEE 754, 5.4.1
inline constexpr double cbrt = 3.7;
inline constexpr double sin = 0.56;   // binary32
inline constexpr double cos = 0.56;   // binary32
inline constexpr double tan = 1.5;    // binary32
inline constexpr double asin = 0.93;  // binary32
inline constexpr double acos = 0.92;  // binary32
inline constexpr double atan = 0.86;  // binary32
inline constexpr double atan2 = 1.6;  // binary32
inline constexpr double sinh = 2.0;
inline constexpr double cosh = 2.0;
inline constexpr double tanh = 2.3;
inline constexpr double asinh = 2.0;
inline constexpr double acosh = 2.3;
inline constexpr double atanh = 1.9;
inline constexpr double erf = 1.5;
inline constexpr double erfc = 5.2;
inline constexpr double lgamma = 10.9;
inline constexpr double pow = 0.82;  // binary32
inline constexpr double hypot = 1.0;
/// Not the C library's: Boost.Math documents below 1 epsilon for positive numbers and next to the root.
/// Just below 1, where it takes psi(x + 1) - 1/x, more can come together: u of 1/x, (1 + x) psi'(1 + x) u
/// < 1.3 u of the sum in the operand, 2 u of 0.42, and the difference's own u, against 0.577.
inline constexpr double digamma = 3.3;
/// Boost.Math documents below 1 epsilon for positive numbers; below 1 it adds 1/x^2 to psi'(x + 1), two
/// positive terms, with three roundings more.
inline constexpr double trigamma = 2.5;
}  // namespace ulps

/// How close to a whole number `floor` asks on which side of it a value lies: less than 1/2, and a
/// number that no step of a difference starts from.
inline constexpr double kNextToWhole = 0.27182818;

[[nodiscard]] constexpr double in_units(double ulps) { return 2 * ulps; }

/// sigma(x) = t/(1 + t) or 1/(1 + t), t = exp(-|x|): the error of t counts at most once, the sum and
/// the quotient round once each.
inline constexpr double kSigmoidUnits = in_units(ulps::exp) + 2;
/// max(x, 0) + log1p(t), t = exp(-|x|): log1p amplifies the error of t at most by 1, both terms are
/// positive, the sum rounds once.
inline constexpr double kSoftplusUnits = in_units(ulps::exp) + in_units(ulps::log1p) + 1;

/// exp(-h^2) exp(-(x - h)(x + h)): two exponentials and a product; the rounding of the second operand,
/// at most 2^-23 x^2 < 2e-4, is what another 0.01 are for.
inline constexpr double kGaussianUnits = 2 * in_units(ulps::exp) + 1 + 0.01;

}  // namespace gradproof::scalar::rounding
