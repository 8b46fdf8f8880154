// What becomes of the cotangent: gradients put together from rows of the Jacobian in a wrong way.
#include <gradproof/check/hypotheses.hpp>

#include <gradproof/check/row_sums.hpp>

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

namespace gradproof::check {

namespace {

/// Which entry of a cotangent of this size is meant.
struct Which {
    std::string words;
    std::function<std::size_t(std::size_t outputs)> at;
};

[[nodiscard]] std::vector<Which> entries_of_cotangent(std::size_t most_outputs) {
    std::vector<Which> all{{"the last cotangent", [](std::size_t n) { return n - 1; }}};
    for (std::size_t k = 0; k < std::min<std::size_t>(most_outputs, 8); ++k)
        all.push_back({"cotangent " + std::to_string(k), [k](std::size_t) { return k; }});
    return all;
}

/// Whether every operand in scope has the output's shape, so that there is a diagonal.
[[nodiscard]] bool square(std::span<const Facts> facts, const Scope& scope) {
    for (const Facts& f : facts) {
        for (const Operand& operand : f.operands) {
            if (scope.names.contains(operand.name) && operand.shape != f.output_shape) return false;
        }
    }
    return true;
}

}  // namespace

std::vector<Explanation> lost_cotangents(std::span<const Facts> facts) {
    const Scope scope = failing_scope(facts);
    if (scope.names.empty()) return {};
    std::size_t outputs = 0;
    for (const Facts& f : facts) outputs = std::max(outputs, f.outputs);

    std::vector<Hypothesis> ignored;
    const std::string whose = in_gradient_of(scope);
    ignored.push_back(weighted(
        Mistake::cotangent_ignored, "the cotangent is ignored" + whose, scope,
        [](const Facts&, const Observation&, std::size_t, std::size_t) { return 1.0; }, true));
    for (const Which& which : entries_of_cotangent(outputs)) {
        ignored.push_back(weighted(
            Mistake::cotangent_entry_ignored, which.words + " is ignored" + whose, scope,
            [at = which.at](const Facts& f, const Observation& seen, std::size_t k, std::size_t) {
                return k == at(f.outputs) ? 0 : seen.cotangent[k];
            }));
    }
    std::vector<Explanation> found = explaining(ignored, facts);
    if (!found.empty()) return found;

    std::vector<Hypothesis> terms;
    if (square(facts, scope)) {
        terms.push_back(weighted(
            Mistake::diagonal_only,
            "only the diagonal of the Jacobian is there: what an entry does to the others is left "
            "out" +
                whose,
            scope, [](const Facts& f, const Observation& seen, std::size_t k, std::size_t i) {
                return i - f.operand_of(i).begin == k ? seen.cotangent[k] : 0;
            }));
    }
    for (const Which& which : entries_of_cotangent(outputs)) {
        terms.push_back(weighted(
            Mistake::sum_missing,
            "the sum over the cotangents is missing" + whose + ": only " + which.words + " arrives",
            scope,
            [at = which.at](const Facts& f, const Observation& seen, std::size_t k, std::size_t) {
                return k == at(f.outputs) ? seen.cotangent[k] : 0;
            }));
    }
    return explaining(terms, facts);
}

}  // namespace gradproof::check
