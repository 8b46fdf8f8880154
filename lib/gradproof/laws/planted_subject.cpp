// Spoiling answers, and measuring by how much.
#include <gradproof/laws/planted_subject.hpp>

#include <gradproof/generate/precision.hpp>
#include <gradproof/subject/same.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <string>
#include <utility>

namespace gradproof::laws {

namespace {

void compare_numbers(Damage& damage, std::span<const double> sound, std::span<const double> spoiled,
                     const std::vector<scalar::Allowance>& allowed) {
    for (std::size_t i = 0; i < sound.size(); ++i) {
        if (subject::same_bits(sound[i], spoiled[i])) continue;
        const double change = std::abs(spoiled[i] - sound[i]);
        const double budgets = change == 0 ? 0 : change / allowed[i].bound;
        damage.budgets =
            std::max(damage.budgets,
                     std::isnan(budgets) ? std::numeric_limits<double>::infinity() : budgets);
    }
}

/// Numbers of the format; infinite and NaN stay so.
void round_to(scalar::Precision precision, std::vector<double>& numbers) {
    if (precision == scalar::Precision::binary64) return;
    for (double& number : numbers) number = static_cast<double>(static_cast<float>(number));
}

/// An error in numbers, planted in a program subject.
class WithSpoiledNumbers final : public PlantedSubject {
public:
    WithSpoiledNumbers(const subject::ProgramSubject& sound, std::string_view error, Spoil spoil)
        : PlantedSubject(sound, error), spoil_(std::move(spoil)) {}

private:
    Spoil spoil_;

    void spoil(const cases::Case&, const Asked& asked, subject::Answer& answer) const override {
        spoil_(asked, answer);
    }
};

[[nodiscard]] ProgramError in_programs(const PlantedError& error) {
    return {error.name, error.does, error.claimed_by,
            [error](const subject::ProgramSubject& sound, std::uint64_t seed) {
                return std::make_unique<WithSpoiledNumbers>(sound, error.name, error.spoil(seed));
            },
            error.anywhere};
}

}  // namespace

Damage& Damage::operator|=(const Damage& other) {
    changed = changed || other.changed;
    budgets = std::max(budgets, other.budgets);
    return *this;
}

Damage damage(const cases::Answer& sound, const cases::Answer& spoiled,
              const std::function<const cases::Budget&()>& budget) {
    const auto same = [](const std::vector<double>& a, const std::vector<double>& b) {
        return std::ranges::equal(a, b, subject::same_bits<double>);
    };
    Damage found;
    found.changed = !same(sound.primal, spoiled.primal) || !same(sound.gradient, spoiled.gradient);
    if (!found.changed) return found;
    compare_numbers(found, sound.primal, spoiled.primal, budget().primal);
    compare_numbers(found, sound.gradient, spoiled.gradient, budget().gradient);
    return found;
}

PlantedSubject::PlantedSubject(const subject::ProgramSubject& sound, std::string_view error)
    : sound_(sound), error_(error) {}

std::string PlantedSubject::name() const { return sound_.name() + " with " + std::string(error_); }

cases::Case PlantedSubject::shown(const cases::Case& drawn) { return drawn; }

subject::Answer PlantedSubject::answer(const cases::Case& drawn,
                                       std::span<const double> cotangent) const {
    const subject::Answer right = sound_.answer(drawn, cotangent);
    const std::vector<scalar::Shape> shapes = drawn.graph.input_shapes();
    const std::vector<double> inputs = cases::flat_inputs(drawn);
    std::optional<cases::Budget> found;
    const std::function<const cases::Budget&()> budget = [&]() -> const cases::Budget& {
        if (!found) found = cases::budget(drawn, cotangent, sound_.ties());
        return *found;
    };
    const Asked asked{shapes,
                      inputs,
                      cotangent,
                      drawn.precision,
                      [&](std::span<const double> other) { return sound_.answer(drawn, other); },
                      budget};
    subject::Answer spoiled = right;
    spoil(drawn, asked, spoiled);
    round_to(drawn.precision, spoiled.primal);
    round_to(drawn.precision, spoiled.gradient);
    note(damage(right, spoiled, budget));
    return spoiled;
}

std::vector<ProgramError> all_program_errors(const std::vector<backprop::Primitive>& catalogue) {
    std::vector<ProgramError> all;
    for (const auto& errors : {errors_in_numbers(), errors_at_hard_inputs(), errors_of_memory()}) {
        for (const PlantedError& error : errors) all.push_back(in_programs(error));
    }
    for (ProgramError& error : errors_in_rules()) all.push_back(std::move(error));
    for (ProgramError& error : errors_of_programs(catalogue)) all.push_back(std::move(error));
    for (ProgramError& error : errors_along_directions()) all.push_back(std::move(error));
    return all;
}

}  // namespace gradproof::laws
