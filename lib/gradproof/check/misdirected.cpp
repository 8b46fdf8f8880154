// Where the cotangent goes: read at the wrong place, through the Jacobian for its transpose, assigned where it
// is to be added, to all but one entry, or to all in another order.
#include <gradproof/check/hypotheses.hpp>

#include <gradproof/check/row_sums.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace gradproof::check {

namespace {

[[nodiscard]] bool reaches(const Facts& facts, std::size_t output, std::size_t entry) {
    return facts.rows()[output].value[entry] != 0;
}

/// The first or last output that depends on the entry.
[[nodiscard]] std::optional<std::size_t> reached(const Facts& facts, std::size_t entry, bool last) {
    const std::size_t n = facts.rows().size();
    for (std::size_t k = 0; k < n; ++k) {
        const std::size_t output = last ? n - 1 - k : k;
        if (reaches(facts, output, entry)) return output;
    }
    return std::nullopt;
}

void add_assigned(std::vector<Hypothesis>& hypotheses, const Scope& scope) {
    for (const bool last : {true, false}) {
        hypotheses.push_back(weighted(
            Mistake::overwritten,
            std::string("of several cotangents that reach an entry only the ") +
                (last ? "last" : "first") + " arrives" + in_gradient_of(scope),
            scope, [last](const Facts& f, const Observation& seen, std::size_t k, std::size_t i) {
                return reached(f, i, last) == k ? seen.cotangent[k] : 0.0;
            }));
    }
}

/// What an output depends on, but for one entry: a loop that begins or ends one too soon.
void add_one_left_out(std::vector<Hypothesis>& hypotheses, const Scope& scope) {
    for (const bool last : {false, true}) {
        hypotheses.push_back(weighted(
            Mistake::entry_missing,
            std::string("of the entries that an output depends on the ") +
                (last ? "last" : "first") + " gets nothing" + in_gradient_of(scope),
            scope, [last](const Facts& f, const Observation& seen, std::size_t k, std::size_t i) {
                const Operand& operand = f.operand_of(i);
                const std::size_t end = operand.begin + operand.count;
                const std::size_t from = last ? i + 1 : operand.begin, to = last ? end : i;
                for (std::size_t other = from; other < to; ++other)
                    if (reaches(f, k, other)) return seen.cotangent[k];
                return 0.0;
            }));
    }
}

/// The cotangent's entry `at`, 0 where it has none.
[[nodiscard]] double entry_of(const Numbers& cotangent, std::size_t at) {
    return at < cotangent.size() ? cotangent[at] : 0.0;
}

void add_read_elsewhere(std::vector<Hypothesis>& hypotheses, const Scope& scope) {
    const std::string whose = in_gradient_of(scope);
    const auto read = [&](Mistake mistake, const std::string& how, auto place) {
        hypotheses.push_back(
            weighted(mistake, "the cotangent is read " + how + whose, scope,
                     [place](const Facts& f, const Observation& seen, std::size_t k,
                             std::size_t i) { return entry_of(seen.cotangent, place(f, k, i)); }));
    };
    read(Mistake::index, "one entry too late",
         [](const Facts&, std::size_t k, std::size_t) { return k + 1; });
    read(Mistake::index, "one entry too late, the first after the last",
         [](const Facts& f, std::size_t k, std::size_t) { return (k + 1) % f.outputs; });
    // For k = 0 this wraps around to an index beyond the last, which reads as 0.
    read(Mistake::index, "one entry too early",
         [](const Facts&, std::size_t k, std::size_t) { return k - 1; });
    read(Mistake::permuted, "from its end",
         [](const Facts& f, std::size_t k, std::size_t) { return f.outputs - 1 - k; });
    read(Mistake::index, "from its front, not from where its part begins",
         [](const Facts& f, std::size_t k, std::size_t i) {
             return k - reached(f, f.operand_of(i).begin, false).value_or(0);
         });
}

/// Of an operand with as many entries as there are outputs.
void add_not_transposed(std::vector<Hypothesis>& hypotheses, const Scope& scope) {
    Hypothesis forwards{
        Mistake::transposed,
        "the cotangent goes through the Jacobian, not its transpose" + in_gradient_of(scope),
        {}};
    forwards.predict = [scope](const Facts& facts, const Observation& seen) {
        Prediction prediction = unchanged(facts, seen);
        const std::vector<Reference>& rows = facts.rows();
        for (const Operand& operand : facts.operands) {
            if (!scope.names.contains(operand.name) || operand.count != facts.outputs) continue;
            for (std::size_t i = 0; i < operand.count; ++i) {
                if (rows.empty()) {
                    prediction.silent.insert(operand.begin + i);
                    continue;
                }
                WeightedSum sum(rows.size(), facts.unit_roundoff);
                for (std::size_t k = 0; k < operand.count; ++k)
                    sum.add(seen.cotangent[k], rows[i].value[operand.begin + k],
                            rows[i].bound[operand.begin + k]);
                set(prediction, facts, operand.begin + i, sum.value(), sum.allowed());
            }
        }
        return prediction;
    };
    hypotheses.push_back(std::move(forwards));
}

/// Each answer by the truth of its rank within the operand.
void add_reordered(std::vector<Hypothesis>& hypotheses, const Scope& scope) {
    Hypothesis reordered{
        Mistake::permuted, scope.gradient() + " has the right numbers in another order", {}};
    reordered.predict = [scope](const Facts& facts, const Observation& seen) {
        Prediction prediction = unchanged(facts, seen);
        const auto by = [](const Numbers& numbers) {
            return [&numbers](std::size_t i, std::size_t k) { return numbers[i] < numbers[k]; };
        };
        for (const Operand& operand : facts.operands) {
            if (!scope.names.contains(operand.name)) continue;
            std::vector<std::size_t> to(operand.count), from(operand.count);
            std::iota(to.begin(), to.end(), operand.begin);
            std::iota(from.begin(), from.end(), operand.begin);
            const bool ordered = std::none_of(to.begin(), to.end(), [&](std::size_t i) {
                return std::isnan(seen.answer[i]) || std::isnan(seen.truth[i]);
            });
            if (!ordered) continue;
            std::stable_sort(to.begin(), to.end(), by(seen.answer));
            std::stable_sort(from.begin(), from.end(), by(seen.truth));
            for (std::size_t k = 0; k < operand.count; ++k)
                set(prediction, facts, to[k], seen.truth[from[k]],
                    seen.allowed[from[k]] + seen.allowed[to[k]]);
        }
        return prediction;
    };
    hypotheses.push_back(std::move(reordered));
}

}  // namespace

std::vector<Explanation> misdirected(std::span<const Facts> facts) {
    const Scope scope = failing_scope(facts);
    // Where none is given, there is none to lead astray.
    if (scope.names.empty() || !facts.front().trial().takes_cotangent()) return {};
    std::vector<Hypothesis> hypotheses;
    add_assigned(hypotheses, scope);
    add_one_left_out(hypotheses, scope);
    add_read_elsewhere(hypotheses, scope);
    add_not_transposed(hypotheses, scope);
    std::vector<Explanation> found = explaining(hypotheses, facts);
    if (!found.empty()) return found;
    hypotheses.clear();
    add_reordered(hypotheses, scope);
    return explaining(hypotheses, facts);
}

std::vector<Explanation> handed_on(std::span<const Facts> facts) {
    const Scope scope = failing_scope(facts);
    if (scope.names.empty()) return {};
    const bool given = facts.front().trial().takes_cotangent();
    Hypothesis unchanged_cotangent{
        Mistake::slope_missing,
        "the slope is left out" + in_gradient_of(scope) +
            (given ? ": the cotangent is handed on as it is" : ": 1 is in its place"),
        {}};
    unchanged_cotangent.predict = [scope](const Facts& known, const Observation& seen) {
        Prediction prediction = unchanged(known, seen);
        for (const Operand& operand : known.operands) {
            const bool one = known.outputs == 1;
            if (!scope.names.contains(operand.name)) continue;
            if (!one && operand.count != known.outputs) continue;
            for (std::size_t i = 0; i < operand.count; ++i)
                set(prediction, known, operand.begin + i, seen.cotangent[one ? 0 : i], 0);
        }
        return prediction;
    };
    return explaining({unchanged_cotangent}, facts);
}

}  // namespace gradproof::check
