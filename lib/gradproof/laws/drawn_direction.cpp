// Drawing the entries.
#include <gradproof/laws/drawn_direction.hpp>

#include <gradproof/check/weighted_direction.hpp>
#include <gradproof/generate/precision.hpp>

#include <algorithm>
#include <cmath>
#include <random>

namespace gradproof::laws {

namespace {

[[nodiscard]] int size_exponent(double x) { return x == 0 ? 0 : std::ilogb(x); }

[[nodiscard]] oracle::Direction drawn_from(const cases::Case& drawn, std::mt19937_64& random,
                                           Spread spread) {
    const std::vector<double> inputs = cases::flat_inputs(drawn);
    oracle::Direction direction{std::vector<double>(inputs.size(), 0.0), 0};
    if (inputs.empty()) return direction;
    const std::size_t one = random() % inputs.size();
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        const std::uint64_t bits = random();
        if (spread == Spread::one && i != one) continue;
        direction.weights[i] = drawn_entry(inputs[i], bits, drawn.precision);
        direction.step_exponent = std::min<std::int64_t>(
            direction.step_exponent, size_exponent(inputs[i]) - std::ilogb(direction.weights[i]));
    }
    return direction;
}

}  // namespace

double drawn_entry(double x, std::uint64_t bits, scalar::Precision precision) {
    // Next to the smallest numbers the mantissa loses bits.
    return generate::rounded(std::ldexp(check::drawn_mantissa(bits), size_exponent(x)), precision);
}

oracle::Direction drawn_direction(const cases::Case& drawn, std::uint64_t seed, Spread spread) {
    std::mt19937_64 random(seed);
    return drawn_from(drawn, random, spread);
}

oracle::Direction drawn_direction(const cases::Case& drawn, std::uint64_t seed) {
    std::mt19937_64 random(seed);
    return drawn_from(drawn, random, (random() >> 63) != 0 ? Spread::one : Spread::all);
}

}  // namespace gradproof::laws
