// The laws that a derivative written by hand is held to, in the order in which they are asked.
#pragma once

#include <gradproof/check/report.hpp>
#include <gradproof/testing/user_trial.hpp>

#include <cstdint>
#include <span>
#include <string_view>

namespace gradproof::testing {

inline constexpr std::string_view kReturns = "the call returns";
inline constexpr std::string_view kWritesOnlyItsGradient = "only the gradient is written";
inline constexpr std::string_view kOverwrites = "the gradient buffer is overwritten";
inline constexpr std::string_view kAccumulates = "the gradient buffer is accumulated into";
inline constexpr std::string_view kUsedAsDeclared = "the gradient buffer is used as declared";
inline constexpr std::string_view kKeepsNothing = "calls elsewhere in between change nothing";

struct UserLaw {
    std::string_view name;
    check::Report (*holds)(const UserTrial& trial, std::uint64_t seed);
    bool (*applies)(const HandWritten& claim);  ///< whether it can be put to code of this form
};

/// What the code does with its buffers and its memory comes first, then primal and derivative, then what
/// is known of the form.
[[nodiscard]] std::span<const UserLaw> user_laws();

/// The law's report; code that does not answer breaks "the call returns".
[[nodiscard]] check::Report asked(const UserLaw& law, const UserTrial& trial, std::uint64_t seed);

}  // namespace gradproof::testing
