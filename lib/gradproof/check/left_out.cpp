// Zeros where there is a gradient: a whole operand's, or one entry's.
#include <gradproof/check/hypotheses.hpp>

namespace gradproof::check {

namespace {

/// Where the entries left out are, in an operand of this size; beyond it where there is none.
struct Place {
    std::string words;
    std::function<std::size_t(std::size_t count)> at;
};

[[nodiscard]] std::vector<Place> places() {
    return {{"first", [](std::size_t) { return std::size_t{0}; }},
            {"last", [](std::size_t count) { return count - 1; }},
            {"second", [](std::size_t) { return std::size_t{1}; }},
            {"third", [](std::size_t) { return std::size_t{2}; }}};
}

template <class Chosen>
[[nodiscard]] Hypothesis zero_at(Mistake mistake, std::string sentence, const Scope& scope,
                                 Chosen chosen) {
    return {mistake, std::move(sentence),
            [scope, chosen](const Facts& facts, const Observation& seen) {
                Prediction prediction = unchanged(facts, seen);
                for (const Operand& operand : facts.operands) {
                    if (!scope.names.contains(operand.name)) continue;
                    for (std::size_t i = 0; i < operand.count; ++i) {
                        if (chosen(i, operand.count))
                            set(prediction, facts, operand.begin + i, 0, 0);
                    }
                }
                return prediction;
            }};
}

}  // namespace

std::vector<Explanation> left_out(std::span<const Facts> facts) {
    const Scope scope = failing_scope(facts);
    if (scope.names.empty()) return {};
    std::vector<Hypothesis> shares{
        zero_at(Mistake::share_missing,
                scope.gradient() + (scope.names.size() == 1 || scope.whole ? " is" : " are") +
                    " missing: 0 everywhere",
                scope, [](std::size_t, std::size_t) { return true; })};
    std::vector<Explanation> found = explaining(shares, facts);
    if (!found.empty()) return found;
    std::vector<Hypothesis> entries;
    for (const Place& place : places()) {
        std::string list;
        for (const std::string& name : scope.names) list += (list.empty() ? "" : ", ") + name;
        entries.push_back(zero_at(
            Mistake::entry_missing,
            "the gradient of " + list + " is missing at the " + place.words + " entry: 0 there",
            scope, [at = place.at](std::size_t i, std::size_t count) { return i == at(count); }));
    }
    return explaining(entries, facts);
}

}  // namespace gradproof::check
