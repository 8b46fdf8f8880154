// A campaign from the command line: `gradproof fuzz`.
#pragma once

#include <gradproof/cli/command.hpp>
#include <gradproof/cli/subject_options.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace gradproof::cli {

/// What was asked for. What is none was not given; where a campaign goes on, it is then as before.
struct FuzzRequest {
    std::string out;
    std::optional<std::string> subject, shard, ops, numbers, time;
    SubjectOptions stranger;
    bool time_limit_given = false, memory_limit_given = false;
    std::optional<std::uint64_t> seed, cases;
    std::optional<std::size_t> jobs;
    bool resume = false;
    bool json = false;
};

/// The options of `fuzz`, which fill `request`; it must outlive the parsing.
void add_fuzz_options(CLI::App& command, FuzzRequest& request);

/// Runs it, with the progress on standard error, prints the summary and returns the exit code. Throws
/// `std::invalid_argument` for what can't be begun, `cases::FileError`, `OutputError`.
[[nodiscard]] int fuzz(const FuzzRequest& request, const std::vector<NamedSubject>& subjects);

}  // namespace gradproof::cli
