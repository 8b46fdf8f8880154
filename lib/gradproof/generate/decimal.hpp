// The shortest decimal of a number, as digits and a power of ten: what a person would write.
#pragma once

#include <gradproof/generate/precision.hpp>

#include <cstdint>
#include <string>

namespace gradproof::generate {

/// The number (negative ? -1 : 1) * digits * 10^power. Digits end in no zero unless they are 0.
struct Decimal {
    bool negative = false;
    std::uint64_t digits = 0;
    int power = 0;

    /// How many digits there are: 3 for 0.0125, 1 for 400, 0 for 0.
    [[nodiscard]] int count() const;

    /// The exponent when written with one digit before the point: -2 for 0.0125, 2 for 400.
    [[nodiscard]] int exponent() const;

    bool operator==(const Decimal&) const = default;
};

/// The decimal with the fewest digits that reads back as x in the precision. x must be finite.
[[nodiscard]] Decimal shortest_decimal(double x, Precision precision);

/// The representable number nearest to a decimal; the largest one where that is out of range.
[[nodiscard]] double nearest(const Decimal& decimal, Precision precision);

/// Whether the decimal is a binary fraction of at most 53 bits, as 0.5 and 40 are, and 0.1 is not.
[[nodiscard]] bool dyadic(const Decimal& decimal);

/// The decimal cut to its first `count` digits, toward zero or away from it.
[[nodiscard]] Decimal cut(const Decimal& decimal, int count, bool away_from_zero);

/// x as its shortest decimal, such as "-0", "1e-05", "36.7".
[[nodiscard]] std::string text(double x, Precision precision = Precision::binary64);

}  // namespace gradproof::generate
