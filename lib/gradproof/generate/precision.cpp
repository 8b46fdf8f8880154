// Formats as lines of neighbours: the bits of a non-negative IEEE 754 number, read as an integer,
// grow with the number, so that an integer step is one ulp at every magnitude.
#include <gradproof/generate/precision.hpp>

#include <algorithm>
#include <bit>
#include <cmath>

namespace gradproof::generate {

double rounded(double x, Precision precision) {
    const double clamped = std::clamp(x, -largest(precision), largest(precision));
    return precision == Precision::binary64 ? clamped
                                            : static_cast<double>(static_cast<float>(clamped));
}

bool representable(double x, Precision precision) {
    return std::isfinite(x) && rounded(x, precision) == x;
}

std::int64_t ordinal(double x, Precision precision) {
    const double magnitude = std::abs(x);
    const std::int64_t place =
        precision == Precision::binary64
            ? std::bit_cast<std::int64_t>(magnitude)
            : std::int64_t{std::bit_cast<std::int32_t>(static_cast<float>(magnitude))};
    return std::signbit(x) ? -place : place;
}

double at_ordinal(std::int64_t place, Precision precision) {
    const std::int64_t last = ordinal(largest(precision), precision);
    const std::int64_t inside = std::clamp(place, -last, last);
    const std::int64_t bits = inside < 0 ? -inside : inside;
    const double magnitude =
        precision == Precision::binary64
            ? std::bit_cast<double>(bits)
            : static_cast<double>(std::bit_cast<float>(static_cast<std::int32_t>(bits)));
    return inside < 0 ? -magnitude : magnitude;
}

double neighbour(double x, std::int64_t steps, Precision precision) {
    const std::int64_t last = ordinal(largest(precision), precision);
    const std::int64_t place = ordinal(x, precision);
    if (steps > 0 && place > last - steps) return at_ordinal(last, precision);
    if (steps < 0 && place < -last - steps) return at_ordinal(-last, precision);
    return at_ordinal(place + steps, precision);
}

}  // namespace gradproof::generate
