// The moves on a vector, as data: which entries, and what becomes of each. A move is made only
// when it is reached.
#include <gradproof/generate/simpler_vectors.hpp>

#include <gradproof/generate/decimal.hpp>
#include <gradproof/generate/simplicity.hpp>

#include <rapidcheck/Maybe.h>
#include <rapidcheck/seq/Create.h>
#include <rapidcheck/seq/Transform.h>
#include <rapidcheck/shrinkable/Create.h>

#include <algorithm>
#include <cmath>
#include <compare>
#include <functional>
#include <map>

namespace gradproof::generate {

namespace {

using Vector = std::vector<double>;
using Entries = std::vector<std::size_t>;

/// Changes every entry from `first` to before `last`, wherever that makes it simpler.
struct Move {
    std::function<double(double)> change;
    std::size_t first;
    std::size_t last;
};

Move set_all(double x, std::size_t first, std::size_t last) {
    return {[x](double) { return x; }, first, last};
}

bool simpler_number(double left, double right, Precision precision) {
    return simplicity(left, precision) < simplicity(right, precision);
}

/// Halves, quarters, ... down to pairs of entries, each set to zero.
void add_zero_parts(std::vector<Move>& moves, std::size_t count) {
    for (std::size_t part = (count + 1) / 2; part >= 2; part /= 2) {
        for (std::size_t first = 0; first < count; first += part) {
            moves.push_back(set_all(0, first, std::min(first + part, count)));
        }
    }
}

std::vector<Move> bold_moves(const Vector& values, Precision precision) {
    const std::size_t count = values.size();
    if (count < 2) return {};
    std::vector<Move> moves{set_all(0, 0, count), set_all(1, 0, count)};
    const auto simplest =
        std::min_element(values.begin(), values.end(), [precision](double x, double y) {
            return x != 0 && (y == 0 || simpler_number(x, y, precision));
        });
    moves.push_back(set_all(*simplest, 0, count));
    add_zero_parts(moves, count);
    for (const int digits : {1, 2, 3}) {
        const auto fewer = [precision, digits](double x) {
            return nearest(cut(shortest_decimal(x, precision), digits, false), precision);
        };
        moves.push_back({fewer, 0, count});
    }
    moves.push_back({[](double x) { return std::abs(x); }, 0, count});
    return moves;
}

/// The groups of two or more entries that are equal.
std::vector<Entries> groups_of_equal_entries(const Vector& values, Precision precision) {
    std::map<Simplicity, Entries> by_value;
    for (std::size_t i = 0; i < values.size(); ++i) {
        by_value[simplicity(values[i], precision)].push_back(i);
    }
    std::vector<Entries> groups;
    for (const auto& [key, entries] : by_value) {
        if (entries.size() > 1) groups.push_back(entries);
    }
    return groups;
}

rc::Maybe<Vector> made(const Move& move, const Vector& values, const Domain& domain,
                       Precision precision) {
    Vector changed = values;
    bool simpler = false;
    for (std::size_t i = move.first; i < move.last; ++i) {
        const double x = move.change(values[i]);
        if (!contains(domain, x, precision) || !simpler_number(x, values[i], precision)) continue;
        changed[i] = x;
        simpler = true;
    }
    if (!simpler) return rc::Nothing;
    return changed;
}

/// The vectors in which equal entries have all become the same simpler number.
rc::Seq<Vector> changed_together(const Entries& entries, const Vector& values, const Domain& domain,
                                 Precision precision) {
    auto numbers = rc::seq::fromContainer(simpler(values[entries.front()], domain, precision));
    return rc::seq::map(std::move(numbers), [entries, values](double x) {
        Vector changed = values;
        for (const std::size_t i : entries) changed[i] = x;
        return changed;
    });
}

}  // namespace

bool is_simpler(const Vector& left, const Vector& right, Precision precision) {
    if (left.size() != right.size()) return false;
    bool some_simpler = false;
    for (std::size_t i = 0; i < left.size(); ++i) {
        const auto order = simplicity(left[i], precision) <=> simplicity(right[i], precision);
        if (std::is_gt(order)) return false;
        if (std::is_lt(order)) some_simpler = true;
    }
    return some_simpler;
}

rc::Seq<Vector> simpler_vectors(const Vector& values, const Domain& domain, Precision precision) {
    const auto make = [values, domain, precision](const Move& move) {
        return made(move, values, domain, precision);
    };
    const auto together = [values, domain, precision](const Entries& entries) {
        return changed_together(entries, values, domain, precision);
    };
    const auto alone = [values, domain, precision](std::size_t entry) {
        return changed_together({entry}, values, domain, precision);
    };
    return rc::seq::concat(
        rc::seq::mapMaybe(rc::seq::fromContainer(bold_moves(values, precision)), make),
        rc::seq::mapcat(rc::seq::fromContainer(groups_of_equal_entries(values, precision)),
                        together),
        rc::seq::mapcat(rc::seq::range(std::size_t{0}, values.size()), alone));
}

std::vector<Vector> simpler(const Vector& values, const Domain& domain, Precision precision,
                            std::size_t most) {
    std::vector<Vector> tries;
    auto sequence = simpler_vectors(values, domain, precision);
    while (tries.size() < most) {
        auto next = sequence.next();
        if (!next) break;
        tries.push_back(std::move(*next));
    }
    return tries;
}

rc::Shrinkable<Vector> shrinkable(const Vector& values, const Domain& domain, Precision precision) {
    return rc::shrinkable::shrinkRecur(values, [domain, precision](const Vector& tried) {
        return simpler_vectors(tried, domain, precision);
    });
}

}  // namespace gradproof::generate
