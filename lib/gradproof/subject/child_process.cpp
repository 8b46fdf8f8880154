// Starting a command by POSIX calls, and Linux's for what POSIX has none.
#include <gradproof/subject/child_process.hpp>

#include <gradproof/case/quotation.hpp>

#include <array>
#include <cerrno>
#include <csignal>
#include <stdexcept>
#include <system_error>

#include <fcntl.h>
#include <unistd.h>

namespace gradproof::subject {

namespace {

using cases::Descriptor;

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
            pid_t parent) {
    ProcessGroup::lead(parent);
    // An ignored signal and a blocked one would stay so.
    for (const int signal : {SIGPIPE, SIGINT, SIGTERM}) ::signal(signal, SIG_DFL);
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

}  // namespace

ChildProcess::ChildProcess(const std::vector<std::string>& command) {
    if (command.empty())
        throw std::invalid_argument("given no command, wanted one that starts a subject");
    std::vector<char*> arguments;
    for (const std::string& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);

    Pipe input = make_pipe(), output = make_pipe(), errors = make_pipe(), started = make_pipe();
    const pid_t parent = ::getpid(), child = ::fork();
    if (child < 0) throw std::system_error(errno, std::generic_category(), "fork");
    if (child == 0) {
        become(arguments.data(), input, output, errors, parent);
        const int error = errno;
        static_cast<void>(!::write(started.write.number(), &error, sizeof error));
        ::_exit(127);
    }
    group_ = ProcessGroup(child);
    started.write.close();
    if (const int error = error_of_exec(started.read); error != 0) {
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

}  // namespace gradproof::subject
