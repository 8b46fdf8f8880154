// The mixture behind each style. Every part ends in a number of the domain: what a part draws
// outside is moved to a fitting place, so that narrow domains keep the mixture too.
#include <gradproof/generate/number.hpp>

#include <gradproof/generate/decimal.hpp>
#include <gradproof/generate/simplicity.hpp>

#include <algorithm>
#include <cmath>
#include <optional>

namespace gradproof::generate {

namespace {

/// Draws numbers of one domain in one precision.
class NumberDraw {
public:
    NumberDraw(Dice& dice, const Domain& domain, Precision precision)
        : dice_(dice), domain_(domain), precision_(precision), range_(range(domain, precision)) {}

    double well_scaled() { return fitted(dice_.normal()); }

    double one_decimal() { return fitted(static_cast<double>(dice_.between(-30, 30)) / 10); }

    double badly_scaled() {
        const int widest = precision_ == Precision::binary64 ? 40 : 20;
        const auto exponent = static_cast<int>(dice_.between(-widest, widest));
        return fitted(std::ldexp(dice_.normal(), exponent));
    }

    /// A small integer or a decimal of up to three digits.
    double short_decimal() {
        if (dice_.chance(40)) {
            const auto integer = static_cast<double>(dice_.between(-10, 10));
            if (const auto x = member(integer)) return *x;
        }
        const Decimal decimal{dice_.chance(50), 1 + dice_.below(dice_.chance(50) ? 9 : 999),
                              static_cast<int>(dice_.between(-5, 2))};
        if (const auto x = member(nearest(decimal, precision_))) return *x;
        return shortest(anywhere());
    }

    /// Uniform over the representable numbers of the domain: every exponent is equally likely.
    double anywhere() { return between(range_.smallest, range_.largest).value_or(range_.smallest); }

    double at_zero() {
        if (const auto zero = member(dice_.chance(50) ? 0.0 : -0.0)) return *zero;
        return subnormal();
    }

    double subnormal() {
        const double bound = smallest_normal(precision_);
        const auto x = between(-bound, bound);
        return x ? *x : near_hard_point();
    }

    /// Within 16 binades, or a few ulps, of the largest numbers of the format.
    double huge() {
        const double top = largest(precision_);
        const double bottom = dice_.chance(50) ? neighbour(top, -8, precision_)
                                               : rounded(std::ldexp(top, -16), precision_);
        const bool negative = dice_.chance(50);
        for (const bool mirrored : {negative, !negative}) {
            if (const auto x = mirrored ? between(-top, -bottom) : between(bottom, top)) return *x;
        }
        return near_hard_point();
    }

    /// A hard point or an edge (else 0, 1 or -1), its neighbours in ulps, or numbers at any distance from
    /// it: what cancels there has lost half of its digits half-way.
    double near_hard_point() {
        std::vector<double> points = hard_points_and_edges(domain_);
        if (points.empty() || dice_.chance(15)) points = {0, 1, -1};
        const double point = rounded(dice_.one_of(points), precision_);
        const bool below = dice_.chance(50);
        const std::size_t kind = dice_.weighted({15, 30, 15, 40});
        const std::int64_t steps = dice_.between(2, 8);
        // Of a power of two alone a square would be exact up to 2^-26.
        const double share = dice_.chance(25) ? 1 : 1 + dice_.uniform();
        const double away =
            share * std::ldexp(point == 0 ? 1 : point, -static_cast<int>(dice_.between(1, 52)));
        const auto beside = [&](bool down) {
            switch (kind) {
                case 0: return point;
                case 1: return stepped(point, 1, down);
                case 2: return stepped(point, steps, down);
                default: return rounded(down ? point - away : point + away, precision_);
            }
        };
        // At an edge one side only is in the domain.
        for (const bool down : {below, !below}) {
            if (const auto inside = member(beside(down))) return *inside;
        }
        // An open end, or a point outside: the numbers of the domain next to it.
        const double clamped = std::clamp(beside(below), range_.smallest, range_.largest);
        if (const auto inside = member(clamped)) return *inside;
        for (const bool down : {below, !below}) {
            if (const auto inside = member(stepped(clamped, 1, down))) return *inside;
        }
        return integer_near(clamped);
    }

private:
    [[nodiscard]] std::optional<double> member(double x) const {
        if (contains(domain_, x, precision_)) return x;
        return std::nullopt;
    }

    [[nodiscard]] double stepped(double x, std::int64_t steps, bool down) const {
        return neighbour(x, down ? -steps : steps, precision_);
    }

    /// x, or else -x, or else a number between the ends of a domain that is far from both.
    double fitted(double x) {
        for (const double y : {rounded(x, precision_), -rounded(x, precision_)}) {
            if (const auto inside = member(y)) return *inside;
        }
        if (domain_.integers_only) return integer_near(x);
        const double width = range_.largest - range_.smallest;
        if (std::isfinite(width) && width < 1e6) {
            const double y = rounded(range_.smallest + width * dice_.uniform(), precision_);
            if (const auto inside = member(y)) return *inside;
        }
        return anywhere();
    }

    /// Uniform over the representable numbers of the domain from `first` to `last`, if any.
    std::optional<double> between(double first, double last) {
        const double from = std::max(first, range_.smallest);
        const double to = std::min(last, range_.largest);
        if (from > to) return std::nullopt;
        const double x = at_ordinal(
            dice_.between(ordinal(from, precision_), ordinal(to, precision_)), precision_);
        if (const auto inside = member(x)) return inside;
        if (domain_.integers_only && (std::abs(from) >= 1 || std::abs(to) >= 1)) {
            return integer_near(x);
        }
        return member(from);
    }

    /// An integer of the domain at x, or close to 0 where x is a fraction. Integers only.
    double integer_near(double x) {
        if (const auto inside = member(std::trunc(x) + 0.0); inside && std::abs(x) >= 1) {
            return *inside;
        }
        const double from = std::max(range_.smallest, std::min(-20.0, range_.largest));
        const double to = std::min(range_.largest, std::max(20.0, range_.smallest));
        const auto drawn = dice_.between(static_cast<std::int64_t>(std::clamp(from, -1e15, 1e15)),
                                         static_cast<std::int64_t>(std::clamp(to, -1e15, 1e15)));
        return member(static_cast<double>(drawn)).value_or(range_.smallest);
    }

    /// The shortest decimal of the domain that starts like x: 37.5 for 37.48123 in [37.4, 37.6].
    [[nodiscard]] double shortest(double x) const {
        const Decimal decimal = shortest_decimal(x, precision_);
        for (int count = 1; count < decimal.count(); ++count) {
            for (const bool away : {false, true}) {
                if (const auto y = member(nearest(cut(decimal, count, away), precision_)))
                    return *y;
            }
        }
        return x;
    }

    Dice& dice_;
    const Domain& domain_;
    Precision precision_;
    Range range_;
};

double draw_corner(NumberDraw& draw, Dice& dice, int size) {
    // Half of the draws of size 0 are short decimals on that account alone.
    if (dice.chance((rc::kNominalSize - std::clamp(size, 0, rc::kNominalSize)) / 2)) {
        return draw.short_decimal();
    }
    switch (dice.weighted({25, 15, 15, 25, 8, 6, 6})) {
        case 0: return draw.short_decimal();
        case 1: return draw.well_scaled();
        case 2: return draw.anywhere();
        case 3: return draw.near_hard_point();
        case 4: return draw.at_zero();
        case 5: return draw.subnormal();
        default: return draw.huge();
    }
}

}  // namespace

double draw_number(Dice& dice, const Domain& domain, Precision precision, Style style, int size) {
    NumberDraw draw(dice, domain, precision);
    switch (style) {
        case Style::well_scaled: return draw.well_scaled();
        case Style::one_decimal: return draw.one_decimal();
        case Style::badly_scaled: return draw.badly_scaled();
        case Style::corners: break;
    }
    return draw_corner(draw, dice, size);
}

rc::Gen<double> number(const Domain& domain, Precision precision, Style style) {
    static_cast<void>(range(domain, precision));  // refuses a bad domain before any draw
    return [domain, precision, style](const rc::Random& random, int size) {
        Dice dice(random);
        return shrinkable(draw_number(dice, domain, precision, style, size), domain, precision);
    };
}

}  // namespace gradproof::generate
