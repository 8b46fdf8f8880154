// Starting, watching and ending a process by POSIX calls, and Linux's for what POSIX has none.
#include <gradproof/subject/child_process.hpp>

#include <gradproof/case/quotation.hpp>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fstream>
#include <stdexcept>
#include <system_error>

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace gradproof::subject {

namespace {

/// A copy above standard input, output and error, where a child can put its ends one by one.
[[nodiscard]] Descriptor moved_up(const Descriptor& low) {
    Descriptor high(::fcntl(low.number(), F_DUPFD_CLOEXEC, STDERR_FILENO + 1));
    if (high.number() < 0) throw std::system_error(errno, std::generic_category(), "fcntl");
    return high;
}

struct Pipe {
    Descriptor read, write;
};

[[nodiscard]] Pipe make_pipe() {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0)
        throw std::system_error(errno, std::generic_category(), "pipe2");
    const Descriptor read(ends[0]), write(ends[1]);
    return {moved_up(read), moved_up(write)};
}

void do_not_block(const Descriptor& file) {
    if (::fcntl(file.number(), F_SETFL, O_NONBLOCK) != 0)
        throw std::system_error(errno, std::generic_category(), "fcntl");
}

/// What the child does between fork and exec: only calls that are safe there. Returns where it failed.
void become(char* const* arguments, const Pipe& input, const Pipe& output, const Pipe& errors,
            pid_t owner) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != owner) ::_exit(0);  // it died before
    ::setpgid(0, 0);
    // An ignored signal and a blocked one would stay so.
    ::signal(SIGPIPE, SIG_DFL);
    sigset_t none;
    ::sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    if (::dup2(input.read.number(), STDIN_FILENO) < 0 ||
        ::dup2(output.write.number(), STDOUT_FILENO) < 0 ||
        ::dup2(errors.write.number(), STDERR_FILENO) < 0)
        return;
    ::execvp(arguments[0], arguments);
}

/// Waits for exec in the child; its error, or 0.
[[nodiscard]] int error_of_exec(const Descriptor& told) {
    int error = 0;
    ssize_t got = 0;
    do {
        got = ::read(told.number(), &error, sizeof error);
    } while (got < 0 && errno == EINTR);
    return got == sizeof error ? error : 0;
}

[[nodiscard]] End end_of(const siginfo_t& info) {
    return {info.si_code == CLD_KILLED || info.si_code == CLD_DUMPED, info.si_status};
}

[[nodiscard]] std::vector<pid_t> children_of(pid_t pid) {
    const std::string name = std::to_string(pid);
    std::ifstream file("/proc/" + name + "/task/" + name + "/children");
    std::vector<pid_t> children;
    for (pid_t child = 0; file >> child;) children.push_back(child);
    return children;
}

}  // namespace

void Descriptor::close() {
    if (number_ >= 0) ::close(std::exchange(number_, -1));
}

std::string to_words(const End& end) {
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

ChildProcess::ChildProcess(const std::vector<std::string>& command) : owner_(::getpid()) {
    if (command.empty())
        throw std::invalid_argument("given no command, wanted one that starts a subject");
    std::vector<char*> arguments;
    for (const std::string& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);

    Pipe input = make_pipe(), output = make_pipe(), errors = make_pipe(), started = make_pipe();
    pid_ = ::fork();
    if (pid_ < 0) throw std::system_error(errno, std::generic_category(), "fork");
    if (pid_ == 0) {
        become(arguments.data(), input, output, errors, owner_);
        const int error = errno;
        static_cast<void>(!::write(started.write.number(), &error, sizeof error));
        ::_exit(127);
    }
    started.write.close();
    if (const int error = error_of_exec(started.read); error != 0) {
        kill();
        throw std::invalid_argument(
            "the subject's command " + cases::quotation(command[0]) +
            " could not be started: " + std::generic_category().message(error) +
            "; give a program that is there and may be run");
    }
    input_ = std::move(input.write);
    output_ = std::move(output.read);
    errors_ = std::move(errors.read);
    for (const Descriptor* file : {&input_, &output_, &errors_}) do_not_block(*file);
}

ChildProcess::~ChildProcess() {
    if (is_own()) kill();
}

std::optional<End> ChildProcess::ended() {
    if (end_) return end_;
    siginfo_t info{};
    int got = 0;
    do {
        got = ::waitid(P_PID, static_cast<id_t>(pid_), &info, WEXITED | WNOHANG | WNOWAIT);
    } while (got != 0 && errno == EINTR);
    if (got == 0 && info.si_pid == 0) return std::nullopt;
    // As long as it is a zombie, its number and that of its group are nobody else's.
    ::kill(-pid_, SIGKILL);
    while (::waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) continue;
    end_ = end_of(info);
    return end_;
}

End ChildProcess::kill() {
    if (const auto end = ended()) return *end;
    ::kill(-pid_, SIGKILL);
    ::kill(pid_, SIGKILL);  // where it had not yet come to have a group
    siginfo_t info{};
    while (::waitid(P_PID, static_cast<id_t>(pid_), &info, WEXITED) != 0 && errno == EINTR)
        continue;
    end_ = end_of(info);
    return *end_;
}

std::uint64_t ChildProcess::resident_memory() const {
    std::uint64_t sum = 0;
    std::vector<pid_t> left{pid_};
    while (!left.empty()) {
        const pid_t pid = left.back();
        left.pop_back();
        sum += subject::resident_memory(pid);
        for (const pid_t child : children_of(pid)) left.push_back(child);
    }
    return sum;
}

std::uint64_t resident_memory(pid_t pid) {
    std::ifstream file("/proc/" + std::to_string(pid) + "/statm");
    std::uint64_t whole = 0, resident = 0;
    if (!(file >> whole >> resident)) return 0;
    return resident * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
}

End end_of(int status) {
    if (WIFSIGNALED(status)) return {true, WTERMSIG(status)};
    return {false, WEXITSTATUS(status)};
}

bool ChildProcess::is_own() const { return ::getpid() == owner_; }

}  // namespace gradproof::subject
