// What a subject takes, and how one is made in the process that asks it.
#pragma once

#include <gradproof/laws/law.hpp>
#include <gradproof/subject/greeting.hpp>
#include <gradproof/subject/limits.hpp>
#include <gradproof/subject/program_subject.hpp>

#include <functional>
#include <memory>
#include <vector>

namespace gradproof::campaign {

struct Offer {
    subject::Greeting greeting;
    /// Called in the process that asks; each has a subject of its own. Throws `subject::Fault`.
    std::function<std::unique_ptr<subject::ProgramSubject>(const subject::Limits&)> make;
    /// Whether it runs in the process that asks it, which it may then bring down; one in a process of its
    /// own tells by `subject::Fault` what became of that.
    bool in_process = true;
    std::vector<laws::Law> laws;  ///< what is held on it, in this order
};

/// What it takes, in the catalogue's order.
[[nodiscard]] std::vector<const backprop::Primitive*> primitives_of(const Offer& offer);

/// All laws; without the one that compares two forms of the catalogue's own primals for a subject that is
/// none of this library.
[[nodiscard]] std::vector<laws::Law> laws_for_library();
[[nodiscard]] std::vector<laws::Law> laws_for_strangers();

}  // namespace gradproof::campaign
