// Law: the subject's primal agrees with its wide value, within what rounding may cost.
#pragma once

#include <gradproof/check/check.hpp>

#include <string_view>

namespace gradproof::laws {

inline constexpr std::string_view kPrimalAgrees = "primal agrees with its wide value";

[[nodiscard]] inline check::Report primal_agrees(const subject::Trial& trial) {
    return check::primal(trial);
}

}  // namespace gradproof::laws
