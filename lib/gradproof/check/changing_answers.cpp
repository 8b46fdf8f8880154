// Subjects that remember: what the call before left behind.
#include <gradproof/check/hypotheses.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>

namespace gradproof::check {

namespace {

/// As of a prediction (hypothesis.cpp): a wrong rule need not multiply in the reference's order.
constexpr double kBudgetsOfAnAnswer = 4;

/// Entry `i` of what is right for question `turn`, within rounding of what else goes into the answer.
[[nodiscard]] bool near(const Facts& facts, double answer, double wanted, double bound) {
    if (!std::isfinite(bound)) return true;
    return std::abs(answer - wanted) <=
           kBudgetsOfAnAnswer *
               (bound + facts.unit_roundoff * (std::abs(wanted) + std::abs(answer)));
}

/// What the answer to question `turn` is made of.
using Made = double (*)(const Facts&, std::size_t turn, std::size_t entry);

[[nodiscard]] double right_now(const Facts& f, std::size_t turn, std::size_t i) {
    return f.right[turn % 2].value[i];
}
[[nodiscard]] double right_before(const Facts& f, std::size_t turn, std::size_t i) {
    return f.right[(turn + 1) % 2].value[i];
}
[[nodiscard]] double kept(const Facts& f, std::size_t turn, std::size_t i) {
    return f.sequence[turn - 1][i];
}
[[nodiscard]] double added(const Facts& f, std::size_t turn, std::size_t i) {
    return f.right[turn % 2].value[i] + f.sequence[turn - 1][i];
}

/// Whether the first answer, which nothing of this point came before, is right.
[[nodiscard]] bool begins_right(const Facts& f) {
    for (std::size_t i = 0; i < f.inputs.size(); ++i) {
        if (!near(f, f.sequence[0][i], f.right[0].value[i], f.right[0].bound[i])) return false;
    }
    return true;
}

/// Whether all answers after the first are made so; `resolved` counts those which are not right.
[[nodiscard]] bool made_so(const Facts& f, Made made, std::size_t& resolved) {
    for (std::size_t turn = 1; turn < f.sequence.size(); ++turn) {
        for (std::size_t i = 0; i < f.inputs.size(); ++i) {
            const double answer = f.sequence[turn][i];
            const double bound = f.right[0].bound[i] + f.right[1].bound[i];
            if (!near(f, answer, made(f, turn, i), bound)) return false;
            if (!near(f, answer, right_now(f, turn, i), bound)) ++resolved;
        }
    }
    return true;
}

struct Memory {
    const char* sentence;
    Made made;
    bool begins_right;
};

}  // namespace

std::vector<Explanation> changing_answers(std::span<const Facts> facts) {
    std::vector<Explanation> found;
    const Memory memories[] = {
        {"stale: the answer of the call before is added to", added, true},
        {"stale: the first gradient at a point is kept, whatever cotangent comes next", kept, true},
        {"stale: the answer is that of the call before", right_before, false},
    };
    for (const Memory& memory : memories) {
        std::size_t resolved = 0;
        const bool all = std::all_of(facts.begin(), facts.end(), [&](const Facts& f) {
            return made_so(f, memory.made, resolved) && (!memory.begins_right || begins_right(f));
        });
        if (all && resolved > 0) {
            found.push_back({Mistake::stale, memory.sentence,
                             fmt::format("{} of the entries asked for again", resolved)});
        }
    }
    if (!found.empty()) return found;
    std::size_t changing = 0;
    bool sound = true;
    for (const Facts& f : facts) {
        std::size_t wrong = 0;
        changing += f.changes() ? 1 : 0;
        sound = sound && made_so(f, right_now, wrong);
    }
    if (changing > 0) {
        found.push_back({Mistake::unrepeatable,
                         sound ? "the same question is answered differently from call to call, "
                                 "each time within rounding"
                               : "the same question is answered differently from call to call",
                         fmt::format("at {} of {} points", changing, facts.size())});
    }
    return found;
}

}  // namespace gradproof::check
