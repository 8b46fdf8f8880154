// The source of every random decision: a plain sequence of draws from an rc::Random. It knows no
// size, so no draw is pinned by RapidCheck's. Two draws in one call's arguments come in an order of
// the compiler's choice: give each its own statement.
#pragma once

#include <rapidcheck/Random.h>

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <vector>

namespace gradproof::generate {

class Dice {
public:
    explicit Dice(const rc::Random& random);

    /// 64 random bits.
    [[nodiscard]] std::uint64_t bits();

    /// A number in 0 .. count-1. count must not be 0.
    [[nodiscard]] std::size_t below(std::size_t count);

    /// An integer from first to last, both included. first must not exceed last.
    [[nodiscard]] std::int64_t between(std::int64_t first, std::int64_t last);

    /// True in `percent` of 100 draws.
    [[nodiscard]] bool chance(int percent);

    /// An index, drawn in proportion to its weight. Some weight must be positive.
    [[nodiscard]] std::size_t weighted(std::initializer_list<unsigned> weights);

    /// Uniform in [0, 1), a multiple of 2^-53.
    [[nodiscard]] double uniform();

    /// Normally distributed, mean 0 and deviation 1.
    [[nodiscard]] double normal();

    /// One of the values, which must not be none.
    template <class T>
    [[nodiscard]] T one_of(const std::vector<T>& values) {
        return values[below(values.size())];
    }

private:
    rc::Random random_;
};

}  // namespace gradproof::generate
