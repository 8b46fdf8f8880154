// What is given to a subcommand that asks other people's subjects: the command that starts one, its limits.
#pragma once

#include <gradproof/subject/limits.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace gradproof::cli {

struct SubjectOptions {
    std::vector<std::string> command;  ///< what stands after "--"; empty: the built-in library
    double time_limit = 10;            ///< seconds
    std::size_t memory_limit = 1024;   ///< MiB

    [[nodiscard]] subject::Limits limits() const;
};

/// Takes the words from the first "--" on away from a command line, and returns those after it. Throws
/// `std::invalid_argument` where there is none after it.
[[nodiscard]] std::vector<std::string> take_subject_command(std::vector<const char*>& arguments);

/// --time-limit and --memory-limit, and a word on "--" in the footer, before `footer`.
void add_subject_options(CLI::App& subcommand, SubjectOptions& options, const std::string& footer);

}  // namespace gradproof::cli
