// The diagnosis of a broken law: the minimal case and further points of the same subject, looked at
// together.
#pragma once

#include <gradproof/check/diagnosis.hpp>
#include <gradproof/laws/law.hpp>

#include <rapidcheck/Gen.h>

#include <cstdint>
#include <optional>
#include <vector>

namespace gradproof::laws {

/// What a subject is asked about besides the minimal case.
struct Elsewhere {
    const cases::Case* found = nullptr;  ///< the case as it was found, if it is still there
    const rc::Gen<cases::Case>* generator = nullptr;  ///< what it was drawn from
};

/// What `check::diagnose` says of the subject at the minimal case that breaks `law` and at further
/// points drawn from `seed`. A minimal case of one primitive is looked at with others of that primitive,
/// of other sizes; any other one with the case as found and more of the generator's programs. Of
/// a jvp that disagrees it is forward mode that is looked at, of a pair that is not adjoint first the
/// gradient. Nothing where the law is
/// not about first derivatives, or where the subject fails to answer at one of the points.
[[nodiscard]] std::optional<std::vector<check::Explanation>> diagnosis(
    const subject::ProgramSubject& subject, const Law& law, const cases::Case& minimal,
    const Elsewhere& elsewhere, std::uint64_t seed);

}  // namespace gradproof::laws
