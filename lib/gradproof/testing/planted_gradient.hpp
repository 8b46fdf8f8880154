// Errors planted in a derivative written by hand: its code or its primal, wrapped.
#pragma once

#include <gradproof/laws/planted_subject.hpp>
#include <gradproof/testing/hand_written.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>
#include <vector>

namespace gradproof::testing {

/// The claim with an error in its code.
struct PlantedGradient {
    HandWritten claim;
    std::shared_ptr<const laws::Damage> damage;  ///< what the calls so far have suffered
};

struct GradientError {
    std::string_view name;
    std::string_view does;
    std::vector<std::string_view> claimed_by;  ///< laws of `user_laws()`
    std::function<PlantedGradient(const HandWritten& sound, std::uint64_t seed)> plant;
    bool anywhere = false;  ///< see laws::PlantedError
};

/// Every error that is planted in code of this form and contract: those in numbers (of the primal only where
/// it has one of its own), at hard inputs, of memory, and those of buffers. Laws that do not apply to it,
/// or are about programs, claim nothing. The code is to run in this process.
[[nodiscard]] std::vector<GradientError> gradient_errors(const HandWritten& claim);

}  // namespace gradproof::testing
