// What an evaluation in `Running` meets besides values: comparisons that may come out otherwise, and
// how the evaluation is repeated for every way in which they may.
//
// A comparison is *undetermined* where |a - b| is at most the two bounds: a sound implementation may
// take the other branch there. It *ties* where both sides are exact and equal: the function itself has
// a kink there, or its rule a convention. Both are decided once for each pair of values, so that the
// pullback takes the branch that the primal took.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <limits>
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

class Ledger {
public:
    explicit Ledger(Ties ties = Ties::declared) : ties_(ties) {}

    /// Comparisons met within rounding, and exact ties, each pair of values once; whether more of them
    /// were open than can be decided one by one.
    [[nodiscard]] std::size_t undetermined() const { return undetermined_; }
    [[nodiscard]] std::size_t ties() const { return ties_met_; }
    [[nodiscard]] bool too_many() const { return too_many_; }
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
        if (errors == 0 ? gap > 0 : gap * (1 - 0x1p-50) > errors) return by_value;
        unbounded_ = unbounded_ || !(errors < std::numeric_limits<double>::infinity());
        const bool tie = errors == 0;
        const bool swapped = b.identity < a.identity;
        const Decision asked{swapped ? b : a, swapped ? a : b, by_value};
        if (const Decision* made = find(asked)) return turned(made->order, swapped);
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
    bool too_many_ = false;
    bool unbounded_ = false;
    std::uint32_t last_identity_ = 0;
    std::size_t undetermined_ = 0;
    std::size_t ties_met_ = 0;
    std::vector<std::partial_ordering> script_;
    std::vector<Decision> decisions_;

    [[nodiscard]] static std::partial_ordering turned(std::partial_ordering order, bool swapped) {
        return swapped ? 0 <=> order : order;
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
    [[nodiscard]] std::partial_ordering decide(Decision asked, bool tie,
                                               std::partial_ordering by_value) {
        ++(tie ? ties_met_ : undetermined_);
        asked.order = by_value;
        if (tie && ties_ == Ties::declared) return by_value;
        if (decisions_.size() == kMost) {
            too_many_ = true;
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
        evaluate(ledger);
        if (ledger.too_many()) return false;
        for (; script.size() < ledger.decisions(); script.back() = std::partial_ordering::less) {
            script.push_back(std::partial_ordering::greater);
            waiting.push_back(script);
        }
    }
    return true;
}

}  // namespace gradproof::scalar
