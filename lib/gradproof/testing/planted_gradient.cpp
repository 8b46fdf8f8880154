// Spoiling the numbers of sound answers, and the list of all errors.
#include <gradproof/testing/planted_gradient.hpp>

#include <gradproof/laws/jvp_agrees.hpp>
#include <gradproof/laws/primal_agrees.hpp>
#include <gradproof/laws/repeated_sweeps_agree.hpp>
#include <gradproof/laws/vjp_agrees.hpp>
#include <gradproof/testing/form_laws.hpp>
#include <gradproof/testing/planted_code.hpp>
#include <gradproof/testing/user_laws.hpp>

#include <algorithm>
#include <optional>
#include <utility>

namespace gradproof::testing {

namespace {

/// Spoils the sound answer at a trial, notes by how much, and returns it.
template <class T>
[[nodiscard]] cases::Answer spoiled(const Sound& sound, const UserTrial& trial,
                                    const laws::Spoil& spoil) {
    const cases::Answer right = trial.answer(trial.cotangent());
    cases::Answer answer = right;
    std::optional<cases::Budget> found;
    const std::function<const cases::Budget&()> budget = [&]() -> const cases::Budget& {
        if (!found) found = trial.budget(trial.cotangent());
        return *found;
    };
    spoil({trial.function().input_shapes(), trial.inputs(), trial.cotangent(), trial.precision(),
           [&](std::span<const double> other) {
               const std::vector<T> typed(other.begin(), other.end());
               return trial.answer(std::vector<double>(typed.begin(), typed.end()));
           },
           budget},
          answer);
    for (auto* numbers : {&answer.primal, &answer.gradient}) {
        for (double& number : *numbers) number = static_cast<double>(static_cast<T>(number));
    }
    *sound.damage |= laws::damage(right, answer, budget);
    return answer;
}

[[nodiscard]] bool is_of_primal(const laws::PlantedError& error) {
    return std::ranges::find(error.claimed_by, laws::kPrimalAgrees) != error.claimed_by.end();
}

[[nodiscard]] GradientError in_gradients(const laws::PlantedError& error) {
    const auto plant = [error](const HandWritten& claim, std::uint64_t seed) {
        const auto sound = std::make_shared<const Sound>(Sound{claim});
        // Shared, so that the code of every case has one memory.
        const auto spoil = std::make_shared<laws::Spoil>(error.spoil(seed));
        return planted(
            sound, [sound, spoil, of_primal = is_of_primal(error)]<class T>(Code<T>& code) {
                (of_primal ? code.primal : code.derivative) = [=](const Arguments<T>& given) {
                    const auto trial = trial_of(sound->claim, given);
                    const cases::Answer answer = spoiled<T>(*sound, *trial, *spoil);
                    hand_out_value(answer.primal, given);
                    hand_out(answer.gradient, given, *trial, sound->claim.contract);
                };
            });
    };
    return {error.name, error.does, error.claimed_by, plant, error.anywhere};
}

/// The law of the claim's form that holds it against differences.
[[nodiscard]] std::string_view agreement(Form form) {
    if (form == Form::jvp) return laws::kJvpAgrees;
    return form == Form::jacobian ? kJacobianAgrees : laws::kVjpAgrees;
}

}  // namespace

std::vector<GradientError> gradient_errors(const HandWritten& claim) {
    std::vector<std::vector<laws::PlantedError>> groups{laws::errors_in_numbers(),
                                                        laws::errors_of_memory()};
    // A jvp is the gradient over a place on a line, which is never hard.
    if (claim.form != Form::jvp) groups.push_back(laws::errors_at_hard_inputs());
    std::vector<GradientError> errors;
    for (const auto& group : groups) {
        for (const laws::PlantedError& error : group) {
            if (is_of_primal(error) && !claim.has_primal) continue;
            errors.push_back(in_gradients(error));
        }
    }
    for (GradientError& error : errors_of_calls(claim)) errors.push_back(std::move(error));
    for (GradientError& error : errors) {
        std::ranges::replace(error.claimed_by, laws::kVjpAgrees, agreement(claim.form));
        std::erase_if(error.claimed_by, [&](std::string_view name) {
            const auto law = std::ranges::find(user_laws(), name, &UserLaw::name);
            return law == user_laws().end() || !law->applies(claim);
        });
    }
    std::erase_if(errors, [](const GradientError& error) { return error.claimed_by.empty(); });
    return errors;
}

}  // namespace gradproof::testing
