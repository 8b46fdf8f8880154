// What planted errors share: the sound code asked for a call, its answer handed out in its place.
#pragma once

#include <gradproof/testing/planted_gradient.hpp>
#include <gradproof/testing/user_trial.hpp>

#include <memory>
#include <span>
#include <utility>
#include <vector>

namespace gradproof::testing {

/// What the wrapped code has of the sound one.
struct Sound {
    HandWritten claim;
    std::shared_ptr<laws::Damage> damage = std::make_shared<laws::Damage>();
};

/// The trial of the sound code for a call.
template <class T>
[[nodiscard]] std::unique_ptr<UserTrial> trial_of(const HandWritten& claim,
                                                  const Arguments<T>& given) {
    Point point;
    for (const auto& input : given.inputs) point.inputs.emplace_back(input.begin(), input.end());
    point.frame.sizes.assign(given.sizes.begin(), given.sizes.end());
    point.frame.attributes.assign(given.attributes.begin(), given.attributes.end());
    point.cotangent.assign(given.cotangent.begin(), given.cotangent.end());
    for (const auto& tangent : given.tangents)
        point.tangent.insert(point.tangent.end(), tangent.begin(), tangent.end());
    return trial_at(claim, "the sound code", std::move(point));
}

/// Puts the numbers of all buffers where the contract wants them.
template <class T>
void hand_out(const std::vector<double>& derivative, const Arguments<T>& given,
              const UserTrial& trial, Contract contract) {
    std::size_t next = 0;
    for (std::size_t b = 0; b < given.derivative.size(); ++b) {
        const std::span<T> buffer = given.derivative[b];
        for (std::size_t i = 0; i < buffer.size(); ++i) {
            const T value = static_cast<T>(derivative[next + i]);
            buffer[i] = contract == Contract::accumulates ? buffer[i] + value : value;
        }
        next += buffer.size();
        // A block that is not wanted has none of its numbers.
        if (buffer.data() == nullptr) next += trial.outputs() * given.inputs[b].size();
    }
}
template <class T>
void hand_out_value(const std::vector<double>& value, const Arguments<T>& given) {
    for (std::size_t k = 0; k < given.value.size(); ++k) given.value[k] = static_cast<T>(value[k]);
}

/// The claim with its code wrapped: `wrap(code)` changes what is called.
template <class Wrap>
[[nodiscard]] PlantedGradient planted(const std::shared_ptr<const Sound>& sound, Wrap wrap) {
    PlantedGradient planted{sound->claim, sound->damage};
    std::visit(
        [&]<class T>(Maker<T>& make) {
            make = [sound_make = make, wrap](std::span<const double> attributes) {
                Code<T> code = sound_make(attributes);
                wrap(code);
                return code;
            };
        },
        planted.claim.code);
    return planted;
}

/// Those of what is done with buffers, memory, blocks and tangents, whatever the numbers.
[[nodiscard]] std::vector<GradientError> errors_of_calls(const HandWritten& claim);

}  // namespace gradproof::testing
