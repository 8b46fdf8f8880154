// How generators and shrinkers are proven: a false property must be refuted by drawing, and a
// counterexample must shrink to the one a person would have written, within counted tries.
#pragma once

#include <gradproof/generate/domain.hpp>

#include <rapidcheck/Gen.h>
#include <rapidcheck/Random.h>

#include <array>
#include <cstdint>
#include <ostream>
#include <utility>

namespace gradproof::scalar {

/// Shows a domain in RapidCheck's messages, which look for this beside the type.
inline void showValue(const Domain& domain, std::ostream& os) { os << generate::text(domain); }

}  // namespace gradproof::scalar

namespace gradproof::generate {

/// The seeds on which every false property must be refuted.
inline constexpr std::array<std::uint64_t, 5> kSeeds{1, 2, 3, 5, 8};

/// Whether one of `tries` draws at the nominal size does not have the property.
template <class T, class Property>
[[nodiscard]] bool refutes(const rc::Gen<T>& gen, Property property, int tries,
                           std::uint64_t seed) {
    rc::Random random(seed);
    for (int i = 0; i < tries; ++i) {
        if (!property(gen(random.split()).value())) return true;
    }
    return false;
}

/// On how many of the five seeds the property is refuted.
template <class T, class Property>
[[nodiscard]] int seeds_that_refute(const rc::Gen<T>& gen, Property property, int tries) {
    int refuted = 0;
    for (const std::uint64_t seed : kSeeds) refuted += refutes(gen, property, tries, seed) ? 1 : 0;
    return refuted;
}

/// Where shrinking ended and how many values it tried.
template <class T>
struct Shrunk {
    T value;
    int tries;
};

/// Shrinks as RapidCheck does: the first shrink that still fails is taken, until none does.
template <class T, class Fails>
[[nodiscard]] Shrunk<T> shrunk(rc::Shrinkable<T> start, Fails fails) {
    int tries = 0;
    for (bool found = true; found;) {
        found = false;
        auto shrinks = start.shrinks();
        for (auto next = shrinks.next(); next; next = shrinks.next()) {
            ++tries;
            if (!fails(next->value())) continue;
            start = std::move(*next);
            found = true;
            break;
        }
    }
    return {start.value(), tries};
}

}  // namespace gradproof::generate
