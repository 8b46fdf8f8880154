// Cutting the command line in two, and the options of limits.
#include <gradproof/cli/subject_options.hpp>

#include <gradproof/cli/option_checks.hpp>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string_view>

namespace gradproof::cli {

namespace {

constexpr double kLongestTime = 86400;
constexpr std::size_t kMostMemory = std::size_t{1} << 20;

}  // namespace

subject::Limits SubjectOptions::limits() const {
    subject::Limits limits;
    limits.answer = std::chrono::milliseconds(std::llround(std::ceil(time_limit * 1000)));
    limits.memory = std::uint64_t{memory_limit} << 20;
    return limits;
}

std::vector<std::string> take_subject_command(std::vector<const char*>& arguments) {
    const auto mark = std::find(arguments.begin(), arguments.end(), std::string_view("--"));
    if (mark == arguments.end()) return {};
    std::vector<std::string> command(std::next(mark), arguments.end());
    arguments.erase(mark, arguments.end());
    if (command.empty()) {
        throw std::invalid_argument(
            "given -- and nothing after it, wanted the command that starts a subject; "
            "add it, or take -- away");
    }
    return command;
}

void add_subject_options(CLI::App& subcommand, SubjectOptions& options, const std::string& footer) {
    subcommand
        .add_option("--time-limit", options.time_limit,
                    fmt::format("seconds that an answer may take, default {}", options.time_limit))
        ->check(a_number())
        ->check(CLI::Range(0.001, kLongestTime));
    subcommand
        .add_option("--memory-limit", options.memory_limit,
                    fmt::format("MiB that the subject may take after its greeting, default {}",
                                options.memory_limit))
        ->check(CLI::Range(std::size_t{1}, kMostMemory));
    subcommand.footer(
        "-- COMMAND ARGUMENT... starts a subject in any language, which speaks the "
        "protocol of lib/gradproof/subject/PROTOCOL.md. " +
        footer);
}

}  // namespace gradproof::cli
