// Printed decimals, exactly: "0.16" is 16/100 and no double near it.
#pragma once

#include <gradproof/oracle/derivative.hpp>

#include <boost/multiprecision/cpp_int.hpp>

#include <string>
#include <string_view>

namespace gradproof::claims {

using Exact = boost::multiprecision::cpp_rational;

/// The number that a decimal such as "-0.42" stands for. Throws `std::invalid_argument` for anything
/// else: no exponents, no blanks, digits on both sides of a point.
[[nodiscard]] Exact exact(std::string_view decimal);

/// The shortest decimal where there is a finite one ("0.16", "-2"), else the fraction ("3/7").
[[nodiscard]] std::string to_text(const Exact& number);

/// The number among the oracle's, with a bound on what its rounding to binary costs.
[[nodiscard]] oracle::Estimate estimate(const Exact& number);

/// The oracle's number in fixed notation with as many decimals, "0.420000".
[[nodiscard]] std::string to_text(const oracle::Real& number, int decimals);

/// A bound in words: "below 1e-30", rounded upward to a power of ten; "0" where it is 0.
[[nodiscard]] std::string bound_in_words(const oracle::Real& bound);

/// "0.4200 (error below 1e-33)": as many decimals, or as few as the bound supports.
[[nodiscard]] std::string to_text(const oracle::Estimate& estimate, int decimals);

}  // namespace gradproof::claims
