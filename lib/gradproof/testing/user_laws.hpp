// The laws that a gradient written by hand is held to, in the order in which they are asked.
#pragma once

#include <gradproof/check/report.hpp>
#include <gradproof/testing/user_trial.hpp>

#include <cstdint>
#include <span>
#include <string_view>

namespace gradproof::testing {

inline constexpr std::string_view kReturns = "the vjp returns";
inline constexpr std::string_view kWritesOnlyItsGradient = "only the gradient is written";
inline constexpr std::string_view kOverwrites = "the gradient buffer is overwritten";
inline constexpr std::string_view kAccumulates = "the gradient buffer is accumulated into";

inline constexpr std::string_view kUsedAsDeclared = "the gradient buffer is used as declared";

struct UserLaw {
    std::string_view name;
    check::Report (*holds)(const UserTrial& trial, std::uint64_t seed);
    bool applies_without_cotangent;
};

/// What the code does with its buffers comes first, then primal and vjp, then the cotangent's laws.
[[nodiscard]] std::span<const UserLaw> user_laws();

/// Whether the law can be put to code of this form.
[[nodiscard]] bool applies(const UserLaw& law, const HandWritten& claim);

/// The law's report; a subject that throws breaks "the vjp returns".
[[nodiscard]] check::Report asked(const UserLaw& law, const UserTrial& trial, std::uint64_t seed);

}  // namespace gradproof::testing
