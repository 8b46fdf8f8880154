// A handler that does what a handler may: it writes a line that was there before, and lets the signal pass.
#include <gradproof/testing/crash_line.hpp>

#include <utility>

#include <unistd.h>

namespace gradproof::testing {

namespace {

/// What a handler can reach: it is given a number and nothing else.
const std::string* volatile line_to_write = nullptr;

void write_line(int signal) {
    if (const std::string* line = line_to_write) {
        static_cast<void>(!::write(STDERR_FILENO, line->data(), line->size()));
    }
    ::raise(signal);  // handled as it would have been, once this one has returned
}

}  // namespace

CrashLine::CrashLine(std::string line) : line_(std::move(line)) {
    line_to_write = &line_;
    for (std::size_t i = 0; i < kSignals.size(); ++i) {
        struct sigaction before {
        }, ours{};
        ::sigaction(kSignals[i], nullptr, &before);
        if (before.sa_handler != SIG_DFL) continue;
        ours.sa_handler = write_line;
        ours.sa_flags = static_cast<int>(SA_RESETHAND);
        ours_[i] = ::sigaction(kSignals[i], &ours, nullptr) == 0;
    }
}

CrashLine::~CrashLine() {
    for (std::size_t i = 0; i < kSignals.size(); ++i) {
        if (ours_[i]) ::signal(kSignals[i], SIG_DFL);
    }
    line_to_write = nullptr;
}

}  // namespace gradproof::testing
