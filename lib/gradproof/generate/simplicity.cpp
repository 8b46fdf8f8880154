// Simplicity keys and the simpler numbers, made by editing the shortest decimal: that way each try
// is a number a person could have written.
#include <gradproof/generate/simplicity.hpp>

#include <gradproof/generate/decimal.hpp>

#include <rapidcheck/Seq.h>
#include <rapidcheck/shrinkable/Create.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace gradproof::generate {

namespace {

constexpr int kPlainExponent = 4;

/// Collects tries, and keeps those that are in the domain, strictly simpler, and new.
class Candidates {
public:
    Candidates(double x, const Domain& domain, Precision precision)
        : domain_(domain), precision_(precision), bound_(simplicity(x, precision)) {}

    void offer(double x) {
        if (!contains(domain_, x, precision_) || !(simplicity(x, precision_) < bound_)) return;
        // Bitwise, for 0 and -0 are different tries.
        const auto same = [x](double y) { return x == y && std::signbit(x) == std::signbit(y); };
        if (std::none_of(kept_.begin(), kept_.end(), same)) kept_.push_back(x);
    }

    void offer(const Decimal& decimal) { offer(nearest(decimal, precision_)); }

    [[nodiscard]] std::vector<double> take() { return std::move(kept_); }

private:
    const Domain& domain_;
    Precision precision_;
    Simplicity bound_;
    std::vector<double> kept_;
};

/// The plainest numbers, and x without its sign. Each costs a try at every step, so only those that
/// x may well stand for: no negative number for a positive one, no fraction for a large integer.
void offer_plain_numbers(Candidates& candidates, double x) {
    candidates.offer(0.0);
    candidates.offer(1.0);
    if (std::signbit(x)) candidates.offer(-1.0);
    if (x != std::trunc(x)) candidates.offer(0.5);
    if (std::abs(x) < 1) candidates.offer(-0.0);
    candidates.offer(std::abs(x));
}

/// Fewer digits: one, two, three, those before the point, half of them, all but the last.
void offer_fewer_digits(Candidates& candidates, const Decimal& decimal) {
    const int count = decimal.count();
    for (const int kept : {1, 2, 3, decimal.exponent() + 1, count / 2, count - 1}) {
        if (kept < 1 || kept >= count) continue;
        candidates.offer(cut(decimal, kept, false));
        candidates.offer(cut(decimal, kept, true));
    }
}

/// The same digits with the exponent halved toward 0, then ever closer to where it is.
void offer_smaller_exponents(Candidates& candidates, const Decimal& decimal) {
    const int exponent = decimal.exponent();
    for (int step = exponent; step != 0; step /= 2) {
        Decimal shifted = decimal;
        shifted.power -= step;
        candidates.offer(shifted);
    }
}

/// Smaller digits at the same exponent, and larger ones one exponent below (1e+05 to 5e+04, 9e+04).
/// For two digits at most: among more, a step of the last digit is no simplification a person
/// would notice, and there are too many of them.
void offer_smaller_digits(Candidates& candidates, const Decimal& decimal) {
    if (decimal.count() > 2) return;
    const std::uint64_t lead = decimal.count() == 2 ? 10 : 1;
    for (const std::uint64_t digits : {decimal.digits % lead + lead, decimal.digits / 2,
                                       decimal.digits - lead, decimal.digits - 1}) {
        candidates.offer(Decimal{decimal.negative, digits, decimal.power});
    }
    if (decimal.digits > 1 || decimal.exponent() <= 0) return;
    for (const std::uint64_t digits : {5U, 9U}) {
        candidates.offer(Decimal{decimal.negative, digits, decimal.power - 1});
    }
}

}  // namespace

Simplicity simplicity(double x, Precision precision) {
    if (x == 0) {
        if (!std::signbit(x)) return {};
        return {.kind = Simplicity::Kind::negative_zero, .negative = true};
    }
    const Decimal decimal = shortest_decimal(x, precision);
    const int exponent = decimal.exponent();
    return {.kind = std::abs(exponent) <= kPlainExponent ? Simplicity::Kind::plain
                                                         : Simplicity::Kind::scientific,
            .digits = decimal.count(),
            .magnitude = std::abs(exponent),
            .rounded = !dyadic(decimal),
            .mantissa = decimal.digits,
            .fraction = exponent < 0,
            .negative = decimal.negative};
}

std::vector<double> simpler(double x, const Domain& domain, Precision precision) {
    Candidates candidates(x, domain, precision);
    offer_plain_numbers(candidates, x);
    if (x != 0) {
        const Decimal decimal = shortest_decimal(x, precision);
        offer_fewer_digits(candidates, decimal);
        offer_smaller_exponents(candidates, decimal);
        offer_smaller_digits(candidates, decimal);
    }
    return candidates.take();
}

rc::Shrinkable<double> shrinkable(double x, const Domain& domain, Precision precision) {
    return rc::shrinkable::shrinkRecur(x, [domain, precision](double y) {
        return rc::seq::fromContainer(simpler(y, domain, precision));
    });
}

}  // namespace gradproof::generate
