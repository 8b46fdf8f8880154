// The diagnosis of a broken law: the minimal case and further points of the same subject, looked at
// together.
#pragma once

#include <gradproof/check/diagnosis.hpp>
#include <gradproof/laws/law.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace gradproof::laws {

/// What a subject is asked about besides the minimal case.
struct Elsewhere {
    const cases::Case* found = nullptr;          ///< the case as it was found, if it is still there
    std::span<const cases::Case> programs = {};  ///< others of the same kind, of other sizes
};

/// What `check::diagnose` says of the subject at the minimal case that breaks `law`, at the case as
/// found, and at all these programs with inputs and cotangents redrawn from `seed`. Nothing where the
/// law is not about gradients.
[[nodiscard]] std::optional<std::vector<check::Explanation>> diagnosis(
    const subject::ProgramSubject& subject, const Law& law, const cases::Case& minimal,
    const Elsewhere& elsewhere, std::uint64_t seed);

}  // namespace gradproof::laws
