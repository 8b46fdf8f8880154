// A last word of a process that code under test brings down.
#pragma once

#include <array>
#include <csignal>
#include <string>

namespace gradproof::testing {

/// While it lives, a signal that ends the process writes a line to standard error first. One at a time;
/// signals that are somebody else's are left to them.
class CrashLine {
public:
    explicit CrashLine(std::string line);
    ~CrashLine();
    CrashLine(const CrashLine&) = delete;
    CrashLine& operator=(const CrashLine&) = delete;

private:
    static constexpr std::array kSignals{SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL};

    std::string line_;
    std::array<bool, kSignals.size()> ours_{};
};

}  // namespace gradproof::testing
