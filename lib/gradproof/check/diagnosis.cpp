// The order in which hypotheses are tried: what undermines every other question first, then the
// simplest, and what fits most easily last.
#include <gradproof/check/diagnosis.hpp>

#include <gradproof/check/hypotheses.hpp>

#include <algorithm>
#include <exception>

namespace gradproof::check {

namespace {

constexpr std::size_t kMostExplanations = 2;

/// Adds what is known of the trial. A subject that gives up at a point says nothing of the others.
void collect(std::vector<Facts>& facts, const subject::Trial& trial) {
    if (trial.inputs().empty() || trial.inputs().size() > kMostDiagnosed) return;
    try {
        Facts known(trial);
        if (known.complete()) facts.push_back(std::move(known));
    } catch (const std::exception&) {
    }
}

}  // namespace

std::vector<Explanation> diagnose(const subject::Trial& minimal,
                                  std::span<const subject::Trial* const> elsewhere) {
    std::vector<Facts> facts;
    facts.reserve(elsewhere.size() + 1);
    collect(facts, minimal);
    if (facts.empty()) return {};
    for (const subject::Trial* trial : elsewhere) collect(facts, *trial);
    const bool wrong = std::any_of(facts.begin(), facts.end(), [](const Facts& known) {
        return known.fails() || known.changes() || known.nonlinear();
    });
    if (!wrong) return {};
    for (auto* group :
         {changing_answers, lost_finiteness, multiples, misplaced, left_out, lost_cotangents,
          nonlinear, slipped_uses, slipped_values, misdirected, mirrored, lost_digits, masked,
          slipped_attributes, handed_on, taken_for_constants, masked_beyond}) {
        std::vector<Explanation> found = group(facts);
        if (found.empty()) continue;
        found.resize(std::min(found.size(), kMostExplanations));
        return found;
    }
    return {};
}

}  // namespace gradproof::check
