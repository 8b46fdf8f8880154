// A child process with all that it starts: whether it has ended, and its end.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <sys/types.h>

namespace gradproof::subject {

/// How a process ended.
struct End {
    bool by_signal = false;
    int number = 0;  ///< the signal, or the exit code; -1 where the system did not tell
};

/// "was ended by SIGSEGV (Segmentation fault)", "exited with code 3".
[[nodiscard]] std::string to_words(const End& end);

/// Bytes of memory resident in a process; 0 for one that is gone.
[[nodiscard]] std::uint64_t resident_memory(pid_t pid);

/// Led by the child, which calls `lead` first. The destructor kills the whole group and leaves no zombie; in
/// a process that was forked since then it does nothing.
class ProcessGroup {
public:
    /// Of nobody: it has ended.
    ProcessGroup() : end_(End()) {}
    /// Of a child of the running process.
    explicit ProcessGroup(pid_t leader);
    ~ProcessGroup();
    ProcessGroup(ProcessGroup&& other) noexcept;
    ProcessGroup& operator=(ProcessGroup&& other) noexcept;

    /// What the child of process `parent` calls: it has a group of its own from then on, and dies with its
    /// parent. Calls only what is safe between fork and exec.
    static void lead(pid_t parent);

    /// How the leader ended; nothing while it goes on. What it started and left behind is killed.
    [[nodiscard]] std::optional<End> ended();
    /// Kills the whole group; how the leader ended, which may have been before.
    End kill();
    /// Bytes of memory resident in the leader and in those that it started; 0 where they are gone.
    [[nodiscard]] std::uint64_t resident_memory() const;
    /// Whether the running process is the leader's parent.
    [[nodiscard]] bool is_own() const;

private:
    pid_t leader_ = -1, parent_ = -1;
    std::optional<End> end_;
};

}  // namespace gradproof::subject
