// Domains to try generators on: wide, narrow, one point, open, integers, with hard points.
#pragma once

#include <gradproof/generate/domain.hpp>
#include <gradproof/generate/number.hpp>

#include <rapidcheck/gen/Create.h>
#include <rapidcheck/shrinkable/Create.h>

#include <algorithm>
#include <stdexcept>

namespace gradproof::generate {

/// Whether a domain has a number to draw.
[[nodiscard]] inline bool inhabited(const Domain& domain, Precision precision) {
    try {
        static_cast<void>(range(domain, precision));
        return true;
    } catch (const std::invalid_argument&) {
        return false;
    }
}

/// A domain with at least one number in the precision.
[[nodiscard]] inline Domain draw_domain(Dice& dice, Precision precision) {
    for (;;) {
        Domain domain;
        // Ends need not be numbers of the precision: 0.1 is a fair end of a binary32 domain.
        const Precision written = dice.chance(50) ? precision : Precision::binary64;
        double first = draw_number(dice, {}, written);
        double second = dice.chance(30) ? neighbour(first, dice.between(0, 3), written)
                                        : draw_number(dice, {}, written);
        if (first > second) std::swap(first, second);
        if (dice.chance(75)) domain.lower = first;
        if (dice.chance(75)) domain.upper = second;
        domain.lower_open = dice.chance(30);
        domain.upper_open = dice.chance(30);
        domain.integers_only = dice.chance(20);
        domain.nonzero = dice.chance(20);
        for (std::size_t i = dice.below(3); i > 0; --i) {
            domain.hard_points.push_back(draw_number(dice, {}));
        }
        if (inhabited(domain, precision)) return domain;
    }
}

[[nodiscard]] inline rc::Gen<Domain> some_domain(Precision precision) {
    return [precision](const rc::Random& random, int) {
        Dice dice(random);
        return rc::shrinkable::just(draw_domain(dice, precision));
    };
}

[[nodiscard]] inline rc::Gen<Precision> some_precision() {
    return [](const rc::Random& random, int) {
        return rc::shrinkable::just(Dice(random).chance(50) ? Precision::binary64
                                                            : Precision::binary32);
    };
}

[[nodiscard]] inline rc::Gen<Style> some_style() {
    return [](const rc::Random& random, int) {
        return rc::shrinkable::just(
            Dice(random).one_of(std::vector{Style::corners, Style::corners, Style::well_scaled,
                                            Style::one_decimal, Style::badly_scaled}));
    };
}

}  // namespace gradproof::generate
