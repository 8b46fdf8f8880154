// Holding a law on a subject that may fail to answer.
#pragma once

#include <gradproof/laws/law.hpp>

namespace gradproof::laws {

/// `law.holds`, where a `subject::Fault` becomes a report that says so (wrong, with its kind), and a case
/// that the subject does not take a question that it does not offer.
[[nodiscard]] check::Report ask(const Law& law, const subject::ProgramSubject& subject,
                                const cases::Case& drawn, std::uint64_t seed);

}  // namespace gradproof::laws
