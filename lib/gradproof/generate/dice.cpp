// Random decisions, each from one or two blocks of 64 bits.
#include <gradproof/generate/dice.hpp>

#include <cmath>
#include <numbers>
#include <numeric>

namespace gradproof::generate {

Dice::Dice(const rc::Random& random) : random_(random) {}

std::uint64_t Dice::bits() { return random_.next(); }

std::size_t Dice::below(std::size_t count) { return static_cast<std::size_t>(bits() % count); }

std::int64_t Dice::between(std::int64_t first, std::int64_t last) {
    // In unsigned arithmetic, where the distance of any two integers fits.
    const auto start = static_cast<std::uint64_t>(first);
    const std::uint64_t steps = static_cast<std::uint64_t>(last) - start;
    const std::uint64_t drawn = bits();
    return static_cast<std::int64_t>(start +
                                     (steps == ~std::uint64_t{0} ? drawn : drawn % (steps + 1)));
}

bool Dice::chance(int percent) { return between(0, 99) < percent; }

std::size_t Dice::weighted(std::initializer_list<unsigned> weights) {
    const unsigned total = std::accumulate(weights.begin(), weights.end(), 0U);
    std::size_t left = below(total);
    std::size_t index = 0;
    for (const unsigned weight : weights) {
        if (left < weight) break;
        left -= weight;
        ++index;
    }
    return index;
}

double Dice::uniform() { return std::ldexp(static_cast<double>(bits() >> 11), -53); }

double Dice::normal() {
    // Box and Muller, 1958; 1 - uniform() is never 0.
    const double radius = std::sqrt(-2 * std::log(1 - uniform()));
    return radius * std::cos(2 * std::numbers::pi * uniform());
}

}  // namespace gradproof::generate
