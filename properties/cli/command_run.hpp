// Runs the command in this process and keeps what it printed.
#pragma once

#include <gradproof/cli/command.hpp>

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace gradproof::cli {

struct CommandRun {
    int code = 0;
    std::string output;
    std::string errors;
};

[[nodiscard]] inline CommandRun run_command(std::vector<const char*> arguments,
                                            const std::vector<Suite>& suites = {}) {
    arguments.insert(arguments.begin(), "gradproof");
    ::testing::internal::CaptureStdout();
    ::testing::internal::CaptureStderr();
    CommandRun result;
    result.code = run(static_cast<int>(arguments.size()), arguments.data(), suites);
    result.output = ::testing::internal::GetCapturedStdout();
    result.errors = ::testing::internal::GetCapturedStderr();
    return result;
}

}  // namespace gradproof::cli
