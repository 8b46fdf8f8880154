// A law: what must hold of every subject on every case; its name is a sentence.
#pragma once

#include <gradproof/check/report.hpp>
#include <gradproof/subject/program_subject.hpp>

#include <cstdint>
#include <span>
#include <string_view>

namespace gradproof::laws {

/// A law over program subjects. `holds` draws whatever else it needs from `seed`, so that the same
/// arguments give the same report.
struct Law {
    std::string_view name;
    check::Report (*holds)(const subject::ProgramSubject& subject, const cases::Case& drawn,
                           std::uint64_t seed);
};

/// All laws, in the order in which they are to be asked: a wrong primal never shows up as a wrong
/// gradient.
[[nodiscard]] std::span<const Law> all_laws();

/// The law of that name, or nullptr.
[[nodiscard]] const Law* find_law(std::string_view name);

}  // namespace gradproof::laws
