// The signal handlers; a second Ctrl-C ends the program at once.
#include <gradproof/cli/interrupt.hpp>

#include <csignal>

namespace gradproof::cli {

namespace {

volatile std::sig_atomic_t noted = 0;

extern "C" void note(int signal) {
    noted = 1;
    std::signal(signal, SIG_DFL);
}

}  // namespace

Interrupt::Interrupt() {
    noted = 0;
    std::signal(SIGINT, note);
    std::signal(SIGTERM, note);
}

Interrupt::~Interrupt() {
    std::signal(SIGINT, SIG_DFL);
    std::signal(SIGTERM, SIG_DFL);
}

bool Interrupt::requested() { return noted != 0; }

}  // namespace gradproof::cli
