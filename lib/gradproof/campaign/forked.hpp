// A process forked from this one that runs a function, with a socket to it.
#pragma once

#include <gradproof/subject/child_process.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include <sys/types.h>

namespace gradproof::campaign {

/// Dies with this process. Ctrl-C does not reach it. What it prints goes to a file in memory.
class Forked {
public:
    /// Runs `work` with its end of the socket, and ends the process without running this one's destructors.
    /// Printing more than `most_output` bytes ends it with SIGXFSZ; 0 for no limit.
    Forked(const std::function<void(int socket)>& work, std::size_t most_output);
    ~Forked();
    Forked(const Forked&) = delete;
    Forked& operator=(const Forked&) = delete;

    [[nodiscard]] int socket() const { return socket_.number(); }
    /// How it ended; nothing while it goes on.
    [[nodiscard]] std::optional<subject::End> ended();
    /// The same for one that is about to end, which is waited for; it is killed where it does not.
    subject::End ended_soon();
    /// Kills it, unless it has ended already; how it ended.
    subject::End kill();
    /// Bytes of memory resident in it; 0 where it is gone.
    [[nodiscard]] std::uint64_t resident_memory() const { return subject::resident_memory(pid_); }
    /// The end of what it has printed, on one line.
    [[nodiscard]] std::string last_words() const;

private:
    pid_t pid_ = -1;
    std::optional<subject::End> end_;
    subject::Descriptor socket_, output_;
};

/// Forgets what the running process has printed so far, where that goes to a file in memory.
void forget_output();

}  // namespace gradproof::campaign
