// The slips of the program's own sweep as hypotheses.
#include <gradproof/check/hypotheses.hpp>

#include <gradproof/subject/same.hpp>

#include <algorithm>
#include <cmath>

namespace gradproof::check {

namespace {

using cases::Slip;

[[nodiscard]] Mistake mistake_of(Slip::Kind kind) {
    switch (kind) {
        case Slip::Kind::path_missing: return Mistake::path_missing;
        case Slip::Kind::path_doubled: return Mistake::path_doubled;
        case Slip::Kind::overwritten: return Mistake::overwritten;
        case Slip::Kind::at_result: return Mistake::post_activation;
        case Slip::Kind::at_operand: return Mistake::pre_activation;
        case Slip::Kind::wrong_index: return Mistake::index;
        case Slip::Kind::attribute: return Mistake::attribute_ignored;
        case Slip::Kind::constant: return Mistake::taken_for_constant;
    }
    return Mistake::index;
}

enum class Of { uses, values, attributes, constants };

[[nodiscard]] Of of(Slip::Kind kind) {
    switch (kind) {
        case Slip::Kind::path_missing:
        case Slip::Kind::path_doubled:
        case Slip::Kind::overwritten: return Of::uses;
        case Slip::Kind::at_result:
        case Slip::Kind::at_operand:
        case Slip::Kind::wrong_index: return Of::values;
        case Slip::Kind::attribute: return Of::attributes;
        case Slip::Kind::constant: return Of::constants;
    }
    return Of::values;
}

[[nodiscard]] Prediction as_predicted(const Facts& facts, const Observation& seen,
                                      const Slip& slip) {
    Prediction prediction = unchanged(facts, seen);
    if (&seen == &facts.zero) return prediction;
    for (std::size_t i = 0; i < slip.gradient.size(); ++i)
        set(prediction, facts, i, slip.gradient[i], 4 * seen.allowed[i]);
    return prediction;
}

/// How many comparable entries the prediction misses.
[[nodiscard]] std::size_t misses(const Observation& seen, const Prediction& p) {
    std::size_t count = 0;
    for (std::size_t i = 0; i < seen.answer.size(); ++i) {
        const double answer = seen.answer[i], value = p.value[i];
        if (seen.comparable[i] && !subject::equal_or_nan(answer, value) &&
            !(std::abs(answer - value) <= p.slack[i]))
            ++count;
    }
    return count;
}

[[nodiscard]] const std::vector<Slip>& slips_of(const Facts& facts, Of what) {
    return what == Of::constants ? facts.taken_for_constants() : facts.slips();
}

[[nodiscard]] const std::string& name_of(const Slip& slip) {
    return slip.name.empty() ? slip.sentence : slip.name;
}

/// Of a function with other operations nothing can be said.
[[nodiscard]] Prediction nothing(Prediction prediction) {
    for (std::size_t i = 0; i < prediction.value.size(); ++i) prediction.silent.insert(i);
    return prediction;
}

/// The slip of that name; in another program, where a use has another name, that of the same kind
/// which fits best.
[[nodiscard]] Prediction predicted(const Facts& facts, const Observation& seen, const Slip& wanted,
                                   const std::vector<std::string>& program) {
    Prediction best = unchanged(facts, seen);
    std::size_t fewest = facts.program == program ? seen.answer.size() + 1 : misses(seen, best);
    for (const Slip& slip : slips_of(facts, of(wanted.kind))) {
        if (slip.kind != wanted.kind) continue;
        if (name_of(slip) == name_of(wanted)) return as_predicted(facts, seen, slip);
        // An attribute has the same name in every program.
        if (facts.program == program || of(wanted.kind) == Of::attributes) continue;
        Prediction prediction = as_predicted(facts, seen, slip);
        const std::size_t missed = misses(seen, prediction);
        if (missed < fewest) {
            fewest = missed;
            best = std::move(prediction);
        }
    }
    if (wanted.kind == Slip::Kind::constant && &seen != &facts.zero)
        return nothing(std::move(best));
    return best;
}

[[nodiscard]] std::vector<Explanation> slipped(std::span<const Facts> facts, Of what) {
    const Facts& minimal = facts.front();
    std::vector<Hypothesis> hypotheses;
    for (const Slip& slip : slips_of(minimal, what)) {
        if (of(slip.kind) != what) continue;
        hypotheses.push_back({mistake_of(slip.kind), slip.sentence,
                              [&slip, &minimal](const Facts& known, const Observation& seen) {
                                  return predicted(known, seen, slip, minimal.program);
                              }});
    }
    // One of a kind is enough: where uses are alike, each of them would do.
    std::vector<Explanation> found;
    for (Explanation& e : explaining(hypotheses, facts)) {
        const auto alike = [&](const Explanation& other) { return other.mistake == e.mistake; };
        if (std::none_of(found.begin(), found.end(), alike)) found.push_back(std::move(e));
    }
    return found;
}

}  // namespace

std::vector<Explanation> slipped_uses(std::span<const Facts> facts) {
    return slipped(facts, Of::uses);
}
std::vector<Explanation> slipped_values(std::span<const Facts> facts) {
    return slipped(facts, Of::values);
}
std::vector<Explanation> slipped_attributes(std::span<const Facts> facts) {
    return slipped(facts, Of::attributes);
}
std::vector<Explanation> taken_for_constants(std::span<const Facts> facts) {
    return slipped(facts, Of::constants);
}

}  // namespace gradproof::check
