// The gradproof command: verify, power, list, replay, check, show, fuzz, merge, subject-test. Suites come from whoever links it.
#pragma once

#include <gradproof/claims/derivation.hpp>
#include <gradproof/subject/program_subject.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace gradproof::cli {

/// A printed derivation that `verify` judges; equal seeds give the same.
struct Suite {
    std::string name;
    std::function<claims::Derivation(std::uint64_t seed)> judge;
};

/// A subject of this program that `fuzz` finds by its name. `make` is called in each process that asks it.
struct NamedSubject {
    std::string name;
    std::function<std::unique_ptr<subject::ProgramSubject>()> make;
};

/// Runs the command line and returns its exit code (exit_code.hpp). Reports go to standard output,
/// progress and errors to standard error; nothing is thrown.
[[nodiscard]] int run(int argc, const char* const* argv, const std::vector<Suite>& suites,
                      const std::vector<NamedSubject>& subjects = {});

}  // namespace gradproof::cli
