// A child process with a pipe to each of its three streams, in a process group of its own.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <sys/types.h>

namespace gradproof::subject {

/// An open file, closed at the end of its scope.
class Descriptor {
public:
    explicit Descriptor(int number = -1) : number_(number) {}
    Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    Descriptor& operator=(Descriptor&& other) noexcept {
        std::swap(number_, other.number_);
        return *this;
    }
    ~Descriptor() { close(); }
    [[nodiscard]] int number() const { return number_; }
    void close();

private:
    int number_;
};

/// How a process ended.
struct End {
    bool by_signal = false;
    int number = 0;  ///< the signal, or the exit code
};

/// "was ended by SIGSEGV (Segmentation fault)", "exited with code 3".
[[nodiscard]] std::string to_words(const End& end);
/// What a status of `waitpid` says, of a process that has ended.
[[nodiscard]] End end_of(int status);

/// Bytes of memory resident in a process; 0 for one that is gone.
[[nodiscard]] std::uint64_t resident_memory(pid_t pid);

/// Dies with this process. The destructor kills the whole group and leaves no zombie; in a process that
/// was forked since then it only closes the pipes.
class ChildProcess {
public:
    /// Throws `std::invalid_argument` for a command that cannot be run.
    explicit ChildProcess(const std::vector<std::string>& command);
    ~ChildProcess();
    ChildProcess(const ChildProcess&) = delete;
    ChildProcess& operator=(const ChildProcess&) = delete;

    // The ends of the pipes on this side, which do not block.
    [[nodiscard]] Descriptor& input() { return input_; }
    [[nodiscard]] const Descriptor& input() const { return input_; }
    [[nodiscard]] Descriptor& output() { return output_; }
    [[nodiscard]] Descriptor& errors() { return errors_; }

    /// How it ended; nothing while it goes on. What it started and left behind is killed.
    [[nodiscard]] std::optional<End> ended();
    /// Kills the whole group, unless the process has ended already; how it ended.
    End kill();

    /// Bytes of memory resident in the process and in those that it started.
    [[nodiscard]] std::uint64_t resident_memory() const;
    /// Whether this process is the one that started it.
    [[nodiscard]] bool is_own() const;

private:
    pid_t owner_;
    pid_t pid_ = -1;
    std::optional<End> end_;
    Descriptor input_, output_, errors_;
};

}  // namespace gradproof::subject
