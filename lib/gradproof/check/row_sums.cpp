// Weighted sums of rows, each with what rounding may cost it.
#include <gradproof/check/row_sums.hpp>

#include <cmath>
#include <utility>
#include <vector>

namespace gradproof::check {

void WeightedSum::add(double weight, double slope, double bound) {
    if (weight == 0) return;
    value_ += weight * slope;
    allowed_ += std::abs(weight) * (bound + roundings_ * std::abs(slope));
}

Hypothesis weighted(Mistake mistake, std::string sentence, const Scope& scope, Weight weight,
                    bool zero_may_be_skipped) {
    Hypothesis hypothesis{mistake, std::move(sentence), {}, zero_may_be_skipped};
    hypothesis.predict = [scope, weight = std::move(weight)](const Facts& facts,
                                                             const Observation& seen) {
        Prediction prediction = unchanged(facts, seen);
        const std::vector<Reference>& rows = facts.rows();
        for (std::size_t i = 0; i < facts.inputs.size(); ++i) {
            if (!scope.names.contains(facts.operand_of(i).name)) continue;
            if (rows.empty()) {
                prediction.silent.insert(i);
                continue;
            }
            WeightedSum sum(rows.size(), facts.unit_roundoff);
            for (std::size_t k = 0; k < rows.size(); ++k)
                sum.add(weight(facts, seen, k, i), rows[k].value[i], rows[k].bound[i]);
            set(prediction, facts, i, sum.value(), sum.allowed() + seen.allowed[i]);
        }
        return prediction;
    };
    return hypothesis;
}

std::string in_gradient_of(const Scope& scope) {
    return scope.whole ? "" : " in " + scope.gradient();
}

}  // namespace gradproof::check
