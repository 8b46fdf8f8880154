// The slope at minus the input: a sign lost inside of the formula, where an even slope would hide it.
#include <gradproof/check/hypotheses.hpp>

#include <memory>

namespace gradproof::check {

namespace {

/// `sign` times the reference's gradient at minus the inputs.
[[nodiscard]] Prediction at_minus_the_input(const Facts& facts, const Observation& seen,
                                            double sign) {
    Prediction prediction = unchanged(facts, seen);
    if (&seen == &facts.zero) return prediction;
    Numbers inputs;
    for (const double x : facts.inputs) inputs.push_back(-x);
    const std::unique_ptr<subject::Trial> mirrored = facts.trial().at(inputs, seen.cotangent);
    const scalar::Budget there =
        mirrored == nullptr ? scalar::Budget() : mirrored->budget(seen.cotangent);
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        if (mirrored == nullptr) {
            prediction.silent.insert(i);
            continue;
        }
        const scalar::Allowance& g = there.gradient[i];
        set(prediction, facts, i, sign * g.reference, g.bound);
    }
    return prediction;
}

}  // namespace

std::vector<Explanation> mirrored(std::span<const Facts> facts) {
    const auto at = [](double sign) {
        return [sign](const Facts& f, const Observation& seen) {
            return at_minus_the_input(f, seen, sign);
        };
    };
    const Scope scope = failing_scope(facts);
    return explaining(
        {{Mistake::mirrored, scope.is("the derivative at minus the input"), at(1)},
         {Mistake::mirrored, scope.is("minus the derivative at minus the input"), at(-1)}},
        facts);
}

}  // namespace gradproof::check
