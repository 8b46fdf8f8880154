// A planted error: one known way to spoil a sound gradient, and the laws that claim to see it.
//
// Where nobody sees it, it is the suite that has failed. It spoils the answers of whatever subject is
// under test, so that power is proven on that subject's own functions and budgets.
#pragma once

#include <gradproof/case/backprop_answer.hpp>
#include <gradproof/case/budget.hpp>

#include <cstdint>
#include <functional>
#include <span>
#include <string_view>
#include <vector>

namespace gradproof::laws {

/// What a subject was asked, and what else its sound self can tell there.
struct Asked {
    std::span<const scalar::Shape> shapes;  ///< one an input
    std::span<const double> inputs;         ///< flat
    std::span<const double> cotangent;
    scalar::Precision precision = scalar::Precision::binary64;
    /// The sound answer to another cotangent.
    std::function<cases::Answer(std::span<const double> cotangent)> sound;
    /// What rounding may cost the sound answer.
    std::function<const cases::Budget&()> budget;
};

/// Changes a sound answer in place; keeps its sizes. What it keeps between calls, it keeps for itself.
using Spoil = std::function<void(const Asked& asked, cases::Answer& answer)>;

struct PlantedError {
    std::string_view name;                     ///< in a few words, "one entry zeroed"
    std::string_view does;                     ///< the sentence of what is answered instead
    std::vector<std::string_view> claimed_by;  ///< the laws that must see it, by name
    /// A fresh one, which has kept nothing yet; picks its entry, input, ... by `seed`.
    std::function<Spoil(std::uint64_t seed)> spoil;
    /// Every function whose gradient is not 0 gives it something to change.
    bool anywhere = false;
};

/// Those that change numbers, whatever the function: wrong entries, signs, sizes, formats, cotangents.
[[nodiscard]] std::vector<PlantedError> errors_in_numbers();

/// Those of an entry at inputs of one class: at zeros, ties, huge and tiny numbers. They try the
/// generator as much as the laws.
[[nodiscard]] std::vector<PlantedError> errors_at_hard_inputs();

/// Those that show from the second call on: what is kept from an earlier one.
[[nodiscard]] std::vector<PlantedError> errors_of_memory();

}  // namespace gradproof::laws
