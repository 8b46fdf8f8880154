// Shortest decimals by std::to_chars (its shortest form reads back as the same number), taken apart
// into digits and a power of ten.
#include <gradproof/generate/decimal.hpp>

#include <array>
#include <charconv>
#include <cmath>
#include <system_error>

namespace gradproof::generate {

namespace {

constexpr std::uint64_t kExactIntegers = std::uint64_t{1} << 53;

template <class T>
std::string shortest(T x, auto... format) {
    std::array<char, 64> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), x, format...);
    return {buffer.data(), end.ptr};
}

std::string scientific(double x, Precision precision) {
    return precision == Precision::binary64
               ? shortest(x, std::chars_format::scientific)
               : shortest(static_cast<float>(x), std::chars_format::scientific);
}

Decimal without_trailing_zeros(Decimal decimal) {
    if (decimal.digits == 0) return {decimal.negative, 0, 0};
    for (; decimal.digits % 10 == 0; decimal.digits /= 10) ++decimal.power;
    return decimal;
}

std::uint64_t power_of_ten(int n) {
    std::uint64_t power = 1;
    for (int i = 0; i < n; ++i) power *= 10;
    return power;
}

/// Reads a number that is known to be one; one out of range reads as 0 or as the largest.
template <class T>
double read(const std::string& written, int exponent, T largest_of_type) {
    T value{};
    const auto result = std::from_chars(written.data(), written.data() + written.size(), value);
    if (result.ec == std::errc::result_out_of_range) {
        const T magnitude = exponent < 0 ? T{0} : largest_of_type;
        return static_cast<double>(written.front() == '-' ? -magnitude : magnitude);
    }
    return static_cast<double>(value);
}

}  // namespace

int Decimal::count() const {
    int n = 0;
    for (std::uint64_t rest = digits; rest != 0; rest /= 10) ++n;
    return n;
}

int Decimal::exponent() const { return digits == 0 ? 0 : power + count() - 1; }

Decimal shortest_decimal(double x, Precision precision) {
    Decimal decimal{.negative = std::signbit(x)};
    const std::string written = scientific(std::abs(x), precision);
    const std::size_t e = written.find('e');
    int fraction = 0;
    for (std::size_t i = 0; i < e; ++i) {
        if (written[i] == '.') {
            fraction = static_cast<int>(e - i) - 1;
        } else {
            decimal.digits = 10 * decimal.digits + static_cast<std::uint64_t>(written[i] - '0');
        }
    }
    const char* first = written.data() + e + (written[e + 1] == '+' ? 2 : 1);
    std::from_chars(first, written.data() + written.size(), decimal.power);
    decimal.power -= fraction;
    return without_trailing_zeros(decimal);
}

double nearest(const Decimal& decimal, Precision precision) {
    const std::string written = (decimal.negative ? "-" : "") + std::to_string(decimal.digits) +
                                "e" + std::to_string(decimal.power);
    return precision == Precision::binary64
               ? read<double>(written, decimal.exponent(), largest(precision))
               : read<float>(written, decimal.exponent(), static_cast<float>(largest(precision)));
}

bool dyadic(const Decimal& decimal) {
    constexpr int kLargestPower = 22;
    if (decimal.digits >= kExactIntegers) return false;
    if (decimal.power >= 0) {
        return decimal.power <= 15 &&
               decimal.digits <= kExactIntegers / power_of_ten(decimal.power);
    }
    // digits / 10^n is a binary fraction exactly if 5^n divides the digits.
    if (decimal.power < -kLargestPower) return false;
    std::uint64_t rest = decimal.digits;
    for (int i = decimal.power; i < 0; ++i) {
        if (rest % 5 != 0) return false;
        rest /= 5;
    }
    return true;
}

Decimal cut(const Decimal& decimal, int count, bool away_from_zero) {
    const int dropped = decimal.count() - count;
    if (dropped <= 0) return decimal;
    const std::uint64_t unit = power_of_ten(dropped);
    const std::uint64_t kept = decimal.digits / unit + (away_from_zero ? 1 : 0);
    return without_trailing_zeros({decimal.negative, kept, decimal.power + dropped});
}

std::string text(double x, Precision precision) {
    return precision == Precision::binary64 ? shortest(x) : shortest(static_cast<float>(x));
}

}  // namespace gradproof::generate
