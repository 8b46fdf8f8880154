// What an evaluation in `Running` meets besides values: comparisons that may come out otherwise, and
// how the evaluation is repeated for every way in which they may.
//
// A comparison is *undetermined* where |a - b| is at most the two bounds: a sound implementation may
// take the other branch there. It *ties* where both sides are exact and equal: the function itself has
// a kink there, or its rule a convention. Both are decided once for each pair of values, so that the
// pullback takes the branch that the primal took, and never against what earlier decisions imply: the values
// have an order on every branch, and may be sorted.
#pragma once

#include <algorithm>
#include <cmath>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

namespace gradproof::scalar {

/// What exact ties do: `declared`, they come out equal, as the rules' conventions have it; `open`,
/// either way, as if the one side or the other were larger.
enum class Ties { declared, open };

/// One side of a comparison: a value, what it may be off by, and which value it is (0: a literal).
struct Compared {
    double value = 0;
    double bound = 0;
    std::uint32_t identity = 0;
};

/// Thrown on a branch that has more open comparisons than can be decided one by one.
struct TooManyOpen {};

class Ledger {
public:
    explicit Ledger(Ties ties = Ties::declared) : ties_(ties) {}

    /// Comparisons met within rounding, and exact ties, each pair of values once.
    [[nodiscard]] std::size_t undetermined() const { return undetermined_; }
    [[nodiscard]] std::size_t ties() const { return ties_met_; }
    /// How many comparisons are open to be decided by a script.
    [[nodiscard]] std::size_t decisions() const { return decisions_.size(); }

    /// Whether a side of a comparison has overflowed: then nobody knows which branch is right.
    [[nodiscard]] bool unbounded() const { return unbounded_; }

    /// A name for a value that is new.
    [[nodiscard]] std::uint32_t fresh() { return ++last_identity_; }

    /// How a and b compare: by value, unless the comparison is open and a script decides.
    [[nodiscard]] std::partial_ordering compare(const Compared& a, const Compared& b) {
        const std::partial_ordering by_value = a.value <=> b.value;
        if (a.identity == b.identity) return by_value;
        const double errors = a.bound + b.bound;
        const double gap = a.value < b.value ? b.value - a.value : a.value - b.value;
        if (apart(errors, gap)) return by_value;
        unbounded_ = unbounded_ || !(errors < std::numeric_limits<double>::infinity());
        const bool tie = errors == 0;
        const bool swapped = b.identity < a.identity;
        const Decision asked{swapped ? b : a, swapped ? a : b, by_value};
        if (const Decision* made = find(asked)) return turned(made->order, swapped);
        if (scripted_ && !(tie && ties_ == Ties::declared)) {
            if (precedes(asked.a, asked.b)) return turned(std::partial_ordering::less, swapped);
            if (precedes(asked.b, asked.a)) return turned(std::partial_ordering::greater, swapped);
        }
        return turned(decide(asked, tie, turned(by_value, swapped)), swapped);
    }

    /// Starts over: the first open comparisons come out as scripted, all further ones `less`.
    void follow(std::vector<std::partial_ordering> script) {
        *this = Ledger(ties_);
        script_ = std::move(script);
        scripted_ = true;
    }

private:
    struct Decision {
        Compared a, b;  // a has the smaller identity
        std::partial_ordering order = std::partial_ordering::equivalent;
    };
    // More than the branches that are ever enumerated.
    static constexpr std::size_t kMost = 16;

    Ties ties_ = Ties::declared;
    bool scripted_ = false;
    bool unbounded_ = false;
    std::uint32_t last_identity_ = 0;
    std::size_t undetermined_ = 0;
    std::size_t ties_met_ = 0;
    std::vector<std::partial_ordering> script_;
    std::vector<Decision> decisions_;

    [[nodiscard]] static std::partial_ordering turned(std::partial_ordering order, bool swapped) {
        return swapped ? 0 <=> order : order;
    }
    [[nodiscard]] static bool apart(double errors, double gap) {
        return errors == 0 ? gap > 0 : gap * (1 - 0x1p-50) > errors;
    }
    [[nodiscard]] static bool same(const Compared& x, const Compared& y) {
        return x.identity == y.identity && (x.identity != 0 || x.value == y.value);
    }
    [[nodiscard]] const Decision* find(const Decision& asked) const {
        for (const Decision& made : decisions_) {
            if (same(made.a, asked.a) && same(made.b, asked.b)) return &made;
        }
        return nullptr;
    }
    /// How two sides compare by a decision about them, or because they lie apart: -1, 0, 1; nothing where
    /// neither says so.
    [[nodiscard]] std::optional<int> known(const Compared& x, const Compared& y) const {
        for (const Decision& made : decisions_) {
            if (same(made.a, x) && same(made.b, y)) return sign(made.order);
            if (same(made.a, y) && same(made.b, x)) return -sign(made.order);
        }
        const double errors = x.bound + y.bound;
        if (!apart(errors, std::abs(x.value - y.value)) &&
            !(errors == 0 && ties_ == Ties::declared))
            return std::nullopt;
        return sign(x.value <=> y.value);
    }
    [[nodiscard]] static int sign(std::partial_ordering order) { return (order > 0) - (order < 0); }
    /// Whether low < high follows from what is known of the sides of earlier decisions.
    [[nodiscard]] bool precedes(const Compared& low, const Compared& high) const {
        struct Reached {
            Compared side;
            bool strictly;
        };
        std::vector<Compared> sides{high};
        for (const Decision& made : decisions_) {
            sides.push_back(made.a);
            sides.push_back(made.b);
        }
        std::vector<Reached> reached{{low, false}};
        for (std::size_t i = 0; i < reached.size(); ++i) {
            for (const Compared& next : sides) {
                const std::optional<int> order = known(reached[i].side, next);
                if (!order || *order > 0) continue;
                const bool strictly = reached[i].strictly || *order < 0;
                if (strictly && same(next, high)) return true;
                const bool seen =
                    std::any_of(reached.begin(), reached.end(), [&](const Reached& r) {
                        return same(r.side, next) && (r.strictly || !strictly);
                    });
                if (!seen) reached.push_back({next, strictly});
            }
        }
        return false;
    }
    [[nodiscard]] std::partial_ordering decide(Decision asked, bool tie,
                                               std::partial_ordering by_value) {
        ++(tie ? ties_met_ : undetermined_);
        asked.order = by_value;
        if (tie && ties_ == Ties::declared) return by_value;
        if (decisions_.size() == kMost) {
            // By value it might come out against the script.
            if (scripted_) throw TooManyOpen();
            return by_value;
        }
        if (scripted_) {
            const std::size_t next = decisions_.size();
            asked.order = next < script_.size() ? script_[next] : std::partial_ordering::less;
        }
        decisions_.push_back(asked);
        return asked.order;
    }
};

/// The most branches that are looked at: eight comparisons open at once.
inline constexpr std::size_t kMostBranches = 256;

/// Calls `evaluate(ledger)` for every way in which the open comparisons can come out, each of them
/// strictly. False where there are more than `kMostBranches`.
template <class Evaluate>
[[nodiscard]] bool for_every_branch(Ties ties, Evaluate evaluate) {
    using Script = std::vector<std::partial_ordering>;
    std::vector<Script> waiting{{}};
    for (std::size_t branches = 0; !waiting.empty(); ++branches) {
        if (branches == kMostBranches) return false;
        Script script = std::move(waiting.back());
        waiting.pop_back();
        Ledger ledger(ties);
        ledger.follow(script);
        try {
            evaluate(ledger);
        } catch (const TooManyOpen&) {
            return false;
        }
        for (; script.size() < ledger.decisions(); script.back() = std::partial_ordering::less) {
            script.push_back(std::partial_ordering::greater);
            waiting.push_back(script);
        }
    }
    return true;
}

}  // namespace gradproof::scalar
