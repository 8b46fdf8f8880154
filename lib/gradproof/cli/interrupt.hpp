// Ctrl-C as a question that a long run can ask.
#pragma once

namespace gradproof::cli {

/// While one lives, SIGINT and SIGTERM are noted instead of ending the program.
class Interrupt {
public:
    Interrupt();
    ~Interrupt();
    Interrupt(const Interrupt&) = delete;
    Interrupt& operator=(const Interrupt&) = delete;

    [[nodiscard]] static bool requested();
};

}  // namespace gradproof::cli
