// Printed decimals as rationals, and both kinds of numbers as text.
#include <gradproof/claims/exact_decimal.hpp>

#include <algorithm>
#include <stdexcept>

namespace gradproof::claims {

namespace {

using boost::multiprecision::cpp_int;
using oracle::Real;

[[nodiscard]] bool all_digits(std::string_view text) {
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// How often `number` can be divided by `factor`; divides it so.
[[nodiscard]] unsigned divided_out(cpp_int& number, unsigned factor) {
    unsigned times = 0;
    for (; number % factor == 0; number /= factor) ++times;
    return times;
}

/// The least e with number <= 10^e.
[[nodiscard]] int decimal_exponent(const Real& number) {
    return static_cast<int>(ceil(log10(number)).convert_to<double>());
}

}  // namespace

Exact exact(std::string_view decimal) {
    const bool negative = decimal.starts_with('-');
    const std::string_view unsigned_part = decimal.substr(negative ? 1 : 0);
    const std::size_t point = unsigned_part.find('.');
    const std::string_view whole = unsigned_part.substr(0, point);
    const std::string_view fraction =
        point == std::string_view::npos ? std::string_view{} : unsigned_part.substr(point + 1);
    if (!all_digits(whole) || (point != std::string_view::npos && !all_digits(fraction))) {
        throw std::invalid_argument("given \"" + std::string(decimal) +
                                    "\", wanted a decimal such as \"-0.42\", digits and at most "
                                    "one point");
    }
    // Read digit by digit: leading zeros would make Boost read an octal number.
    cpp_int numerator = 0, denominator = 1;
    for (const char digit : whole) numerator = 10 * numerator + (digit - '0');
    for (const char digit : fraction) {
        numerator = 10 * numerator + (digit - '0');
        denominator *= 10;
    }
    return Exact(negative ? cpp_int(-numerator) : numerator, denominator);
}

std::string to_text(const Exact& number) {
    const cpp_int numerator = boost::multiprecision::numerator(number);
    const cpp_int denominator = boost::multiprecision::denominator(number);
    cpp_int rest = denominator;
    const unsigned twos = divided_out(rest, 2), fives = divided_out(rest, 5);
    if (rest != 1) return numerator.str() + "/" + denominator.str();
    const unsigned decimals = std::max(twos, fives);
    if (decimals == 0) return numerator.str();
    std::string digits = cpp_int(abs(numerator) * pow(cpp_int(10), decimals) / denominator).str();
    if (digits.size() <= decimals) digits.insert(0, decimals + 1 - digits.size(), '0');
    digits.insert(digits.size() - decimals, ".");
    return (numerator < 0 ? "-" : "") + digits;
}

oracle::Estimate estimate(const Exact& number) {
    oracle::Estimate result;
    const Real numerator(boost::multiprecision::numerator(number).str());
    const Real denominator(boost::multiprecision::denominator(number).str());
    result.value = numerator / denominator;
    // Three roundings of half a unit at most; none of a whole number that fits.
    const bool whole = denominator == 1 && abs(numerator) < Real(1e30);
    if (!whole) result.bound = abs(result.value) * ldexp(Real(1), -160);
    return result;
}

std::string to_text(const Real& number, int decimals) {
    // To Boost 0 digits are as many as there are, so whole numbers are rounded first and cut.
    std::string text = decimals > 0 ? number.str(decimals, std::ios_base::fixed)
                                    : Real(round(number)).str(1, std::ios_base::fixed);
    if (decimals <= 0) text.resize(text.find('.'));
    const bool nothing_but_zeros = text.find_first_not_of("-0.") == std::string::npos;
    return nothing_but_zeros && text.starts_with('-') ? text.substr(1) : text;
}

std::string bound_in_words(const Real& bound) {
    return bound == 0 ? "0" : "below 1e" + std::to_string(decimal_exponent(bound));
}

std::string to_text(const oracle::Estimate& estimate, int decimals) {
    if (estimate.bound == 0) {
        return (estimate.value == 0 ? "0" : to_text(estimate.value, decimals)) + " (exactly)";
    }
    const int supported = std::max(0, -decimal_exponent(estimate.bound));
    return to_text(estimate.value, std::min(decimals, supported)) + " (error " +
           bound_in_words(estimate.bound) + ")";
}

}  // namespace gradproof::claims
