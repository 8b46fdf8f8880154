// The gradproof command: verify, power, list, replay, check, show. Suites come from whoever links it.
#pragma once

#include <gradproof/claims/derivation.hpp>

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace gradproof::cli {

/// A printed derivation that `verify` judges; equal seeds give the same.
struct Suite {
    std::string name;
    std::function<claims::Derivation(std::uint64_t seed)> judge;
};

/// Runs the command line and returns its exit code (exit_code.hpp). Reports go to standard output,
/// progress and errors to standard error; nothing is thrown.
[[nodiscard]] int run(int argc, const char* const* argv, const std::vector<Suite>& suites);

}  // namespace gradproof::cli
