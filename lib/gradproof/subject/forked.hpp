// A process forked from this one that runs a function, with a socket to it.
#pragma once

#include <gradproof/case/descriptor.hpp>
#include <gradproof/subject/process_group.hpp>

#include <cstddef>
#include <functional>
#include <string>

namespace gradproof::subject {

/// In a process group of its own, which Ctrl-C does not reach. It dies with this process; its destructor kills
/// it and what it has started. SIGINT and SIGTERM are ignored in it. What it prints, to either stream, goes to
/// a file in memory. What this process has arranged for its own crashes and its own end is none of the child's.
class Forked {
public:
    /// Runs `work` with its end of the socket, and ends the process without running this one's destructors.
    /// Printing more than `most_output` bytes, or writing a file that is larger, ends it with SIGXFSZ; 0 for
    /// no limit. Throws `std::system_error`.
    Forked(const std::function<void(int socket)>& work, std::size_t most_output);

    [[nodiscard]] int socket() const { return socket_.number(); }
    [[nodiscard]] ProcessGroup& group() { return group_; }
    [[nodiscard]] const ProcessGroup& group() const { return group_; }
    /// Closes the socket, upon which its work is to end, and waits for that as below.
    End let_end();
    /// How it ended, of one that is about to end, which is waited for; it is killed where it does not.
    End ended_soon();
    /// The end of what it has printed, on one line.
    [[nodiscard]] std::string last_words() const;
    /// All that it has printed since this was last called. It is not to print meanwhile.
    [[nodiscard]] std::string take_output();

private:
    ProcessGroup group_;
    cases::Descriptor socket_, output_;
};

/// Forgets what the running process has printed so far, where that goes to a file in memory.
void forget_output();

}  // namespace gradproof::subject
