// Watching and ending child processes by POSIX calls, and Linux's for what POSIX has none.
#include <gradproof/subject/process_group.hpp>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <fstream>
#include <utility>
#include <vector>

#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace gradproof::subject {

namespace {

[[nodiscard]] std::vector<pid_t> children_of(pid_t pid) {
    const std::string name = std::to_string(pid);
    std::ifstream file("/proc/" + name + "/task/" + name + "/children");
    std::vector<pid_t> children;
    for (pid_t child = 0; file >> child;) children.push_back(child);
    return children;
}

/// What a status of `waitpid` says, of a process that has ended.
[[nodiscard]] End end_of(int status) {
    if (WIFSIGNALED(status)) return {true, WTERMSIG(status)};
    return {false, WEXITSTATUS(status)};
}

}  // namespace

std::uint64_t resident_memory(pid_t pid) {
    std::ifstream file("/proc/" + std::to_string(pid) + "/statm");
    std::uint64_t whole = 0, resident = 0;
    if (!(file >> whole >> resident)) return 0;
    return resident * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
}

std::string to_words(const End& end) {
    // Where SIGCHLD is ignored nobody is told.
    if (end.number < 0) return "ended, and the system does not say how";
    if (!end.by_signal) {
        std::string text = "exited with code " + std::to_string(end.number);
        // POSIX shells hand on in this way what became of their command.
        const char* signal = end.number > 128 ? ::sigabbrev_np(end.number - 128) : nullptr;
        return signal == nullptr ? text : text + ", a shell's word for SIG" + signal;
    }
    const char* name = ::sigabbrev_np(end.number);
    const char* description = ::sigdescr_np(end.number);
    if (name == nullptr || description == nullptr)
        return "was ended by signal " + std::to_string(end.number);
    return std::string("was ended by SIG") + name + " (" + description + ")";
}

ProcessGroup::ProcessGroup(pid_t leader) : leader_(leader), parent_(::getpid()) {}

ProcessGroup::ProcessGroup(ProcessGroup&& other) noexcept
    : leader_(std::exchange(other.leader_, -1)),
      parent_(other.parent_),
      end_(std::exchange(other.end_, End())) {}

ProcessGroup& ProcessGroup::operator=(ProcessGroup&& other) noexcept {
    std::swap(leader_, other.leader_);
    std::swap(parent_, other.parent_);
    std::swap(end_, other.end_);
    return *this;
}

ProcessGroup::~ProcessGroup() {
    if (is_own()) kill();
}

void ProcessGroup::lead(pid_t parent) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != parent) ::_exit(0);  // it died before
    ::setpgid(0, 0);
}

std::optional<End> ProcessGroup::ended() {
    if (end_) return end_;
    // As long as the leader is a zombie its number, and that of its group, are nobody else's.
    siginfo_t seen{};
    int got = 0;
    do {
        got = ::waitid(P_PID, static_cast<id_t>(leader_), &seen, WEXITED | WNOHANG | WNOWAIT);
    } while (got != 0 && errno == EINTR);
    if (got == 0 && seen.si_pid == 0) return std::nullopt;
    if (got == 0) return kill();
    end_ = End{false, -1};
    return end_;
}

End ProcessGroup::kill() {
    if (end_) return *end_;
    ::kill(-leader_, SIGKILL);
    ::kill(leader_, SIGKILL);  // where it had not yet come to have a group
    int status = 0;
    pid_t waited = 0;
    do {
        waited = ::waitpid(leader_, &status, 0);
    } while (waited < 0 && errno == EINTR);
    end_ = waited < 0 ? End{false, -1} : end_of(status);
    return *end_;
}

std::uint64_t ProcessGroup::resident_memory() const {
    if (end_) return 0;
    std::uint64_t sum = 0;
    std::vector<pid_t> left{leader_};
    while (!left.empty()) {
        const pid_t pid = left.back();
        left.pop_back();
        sum += subject::resident_memory(pid);
        for (const pid_t child : children_of(pid)) left.push_back(child);
    }
    return sum;
}

bool ProcessGroup::is_own() const { return ::getpid() == parent_; }

}  // namespace gradproof::subject
