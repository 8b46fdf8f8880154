// Vectors, drawn as an arrangement of numbers: what relates the entries is decided first, then the
// entries are drawn, so that ties and zeros come as often as they are worth, not by luck.
#include <gradproof/generate/numbers.hpp>
#include <gradproof/generate/simpler_vectors.hpp>

#include <algorithm>
#include <cmath>
#include <functional>

namespace gradproof::generate {

namespace {

using One = std::function<double()>;

std::vector<double> independent(std::size_t count, const One& one) {
    std::vector<double> values(count);
    std::generate(values.begin(), values.end(), one);
    return values;
}

std::vector<double> all_equal(std::size_t count, double x) {
    std::vector<double> values(count, x);
    return values;
}

/// Entries out of a pool of about half as many values.
std::vector<double> tied(Dice& dice, std::size_t count, const One& one) {
    const std::vector<double> pool = independent(1 + count / 2, one);
    return independent(count, [&] { return dice.one_of(pool); });
}

/// Some entries a few ulps from another one, where the domain has such a number.
std::vector<double> nearly_tied(Dice& dice, std::vector<double> values, const Domain& domain,
                                Precision precision) {
    for (double& value : values) {
        if (!dice.chance(50)) continue;
        const double other = dice.one_of(values);
        const double near = neighbour(other, dice.between(-2, 2), precision);
        if (contains(domain, near, precision)) value = near;
    }
    return values;
}

/// Mostly zeros; with at least one entry drawn, and one zero where there are two entries or more.
std::vector<double> sparse(Dice& dice, std::size_t count, const One& one) {
    std::vector<double> values(count, 0.0);
    for (double& value : values) {
        if (dice.chance(20)) value = one();
    }
    const std::size_t kept = dice.below(count);
    values[kept] = one();
    if (count > 1) {
        const std::size_t other = (kept + 1 + dice.below(count - 1)) % count;
        values[other] = dice.chance(50) ? 0.0 : -0.0;
    }
    return values;
}

/// One entry that is many binades above what was drawn for it.
std::vector<double> dominated(Dice& dice, std::vector<double> values, const Domain& domain,
                              Precision precision) {
    double& value =
        dice.one_of(std::vector<std::reference_wrapper<double>>(values.begin(), values.end()));
    const int widest = precision == Precision::binary64 ? 200 : 60;
    const double scaled = std::ldexp(value, static_cast<int>(dice.between(24, widest)));
    const Range ends = range(domain, precision);
    const double inside = std::clamp(rounded(scaled, precision), ends.smallest, ends.largest);
    if (contains(domain, inside, precision)) value = inside;
    return values;
}

}  // namespace

std::vector<double> draw_numbers(Dice& dice, std::size_t count, const Domain& domain,
                                 Precision precision, Style style, Arrangement arrangement,
                                 int size) {
    const One one = [&] { return draw_number(dice, domain, precision, style, size); };
    if (arrangement == Arrangement::independent || count == 0) return independent(count, one);
    switch (dice.weighted({35, 20, 8, 12, 15, 10})) {
        case 1: return tied(dice, count, one);
        case 2: return all_equal(count, one());
        case 3: return nearly_tied(dice, independent(count, one), domain, precision);
        case 4:
            if (contains(domain, 0, precision)) return sparse(dice, count, one);
            break;
        case 5: return dominated(dice, independent(count, one), domain, precision);
        default: break;
    }
    return independent(count, one);
}

rc::Gen<std::vector<double>> numbers(std::size_t count, const Domain& domain, Precision precision,
                                     Style style, Arrangement arrangement) {
    static_cast<void>(range(domain, precision));  // refuses a bad domain before any draw
    return [=](const rc::Random& random, int size) {
        Dice dice(random);
        return shrinkable(draw_numbers(dice, count, domain, precision, style, arrangement, size),
                          domain, precision);
    };
}

std::vector<double> draw_cotangent(Dice& dice, std::size_t count, Precision precision, Style style,
                                   int size) {
    const Domain line;
    const One one = [&] { return draw_number(dice, line, precision, style, size); };
    if (count == 0) return {};
    std::vector<double> values(count, 0.0);
    switch (dice.weighted({45, 20, 20, 10, 5})) {
        case 0: return independent(count, one);
        case 1: return sparse(dice, count, one);
        case 2: values[dice.below(count)] = dice.chance(50) ? 1.0 : -1.0; return values;
        case 3: return all_equal(count, 1);
        default: return values;
    }
}

rc::Gen<std::vector<double>> cotangent(std::size_t count, Precision precision, Style style) {
    return [=](const rc::Random& random, int size) {
        Dice dice(random);
        return shrinkable(draw_cotangent(dice, count, precision, style, size), Domain{}, precision);
    };
}

}  // namespace gradproof::generate
