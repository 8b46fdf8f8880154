// Numbers to and from text by <charconv>, which is exact and knows no locale.
#include <gradproof/case/number_text.hpp>

#include <gradproof/case/case.hpp>

#include <charconv>
#include <cmath>
#include <limits>

namespace gradproof::cases {

namespace {

template <class Number>
[[nodiscard]] std::optional<double> nearest(std::string_view decimal) {
    Number number = 0;
    const char* end = decimal.data() + decimal.size();
    const auto read = std::from_chars(decimal.data(), end, number);
    if (read.ec != std::errc() || read.ptr != end) return std::nullopt;
    return static_cast<double>(number);
}

}  // namespace

std::string number_text(double value, scalar::Precision precision) {
    if (std::isnan(value)) return "\"nan\"";
    if (std::isinf(value)) return value > 0 ? "\"inf\"" : "\"-inf\"";
    if (value == 0) return std::signbit(value) ? "\"-0\"" : "0";
    return shortest(value, precision);
}

std::optional<double> number_from_decimal(std::string_view decimal, scalar::Precision precision) {
    return precision == scalar::Precision::binary32 ? nearest<float>(decimal)
                                                    : nearest<double>(decimal);
}

std::optional<double> number_from_word(std::string_view word) {
    if (word == "nan") return std::numeric_limits<double>::quiet_NaN();
    if (word == "inf") return std::numeric_limits<double>::infinity();
    if (word == "-inf") return -std::numeric_limits<double>::infinity();
    if (word == "-0") return -0.0;
    return std::nullopt;
}

bool is_number_of(double value, scalar::Precision precision) {
    return precision == scalar::Precision::binary64 || std::isnan(value) ||
           static_cast<double>(static_cast<float>(value)) == value;
}

}  // namespace gradproof::cases
