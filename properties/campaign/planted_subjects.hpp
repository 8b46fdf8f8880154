// Subjects that misbehave on purpose, each in its way, wherever a program holds a tanh.
#pragma once

#include <gradproof/subject/program_subject.hpp>

#include <iosfwd>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace gradproof::campaign {

struct Planted {
    std::string name;
    std::string kind;      ///< of the finding's signature
    std::string_view law;  ///< of its signature; empty where any may see it first
    std::unique_ptr<subject::ProgramSubject> (*make)();
};

/// Those that do not answer. The one that leaks takes 128 MiB for each answer.
[[nodiscard]] const std::vector<Planted>& planted_faults();
/// Those that answer wrongly, or do more than answer.
[[nodiscard]] const std::vector<Planted>& planted_mistakes();
[[nodiscard]] const Planted& planted(std::string_view name);
/// One that takes more than 1 GiB for each answer.
[[nodiscard]] const Planted& planted_large_leak();

/// For GoogleTest.
void PrintTo(const Planted& planted, std::ostream* out);

}  // namespace gradproof::campaign
