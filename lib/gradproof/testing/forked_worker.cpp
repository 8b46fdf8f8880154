// Forking, talking over a socket, and telling what became of the worker.
#include <gradproof/testing/forked_worker.hpp>

#include <gradproof/subject/fault.hpp>

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <system_error>

#include <fmt/format.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace gradproof::testing {

namespace {

using subject::Fault, subject::FaultKind;

/// How often the memory of a worker is looked at while it computes, in milliseconds.
constexpr int kLook = 10;

[[noreturn]] void fail(const char* what) {
    throw std::system_error(errno, std::generic_category(), what);
}

/// All bytes, or false where the other side is gone. A message begins with its size.
[[nodiscard]] bool write_all(int socket, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t sent = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) continue;
        if (sent <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}
[[nodiscard]] bool write_message(int socket, std::string_view bytes) {
    const std::uint64_t size = bytes.size();
    std::array<char, sizeof size> head{};
    std::memcpy(head.data(), &size, sizeof size);
    return write_all(socket, {head.data(), head.size()}) && write_all(socket, bytes);
}

/// The message that `received` begins with, if it is whole.
[[nodiscard]] bool take_message(std::string& received, std::string& message) {
    std::uint64_t size = 0;
    if (received.size() < sizeof size) return false;
    std::memcpy(&size, received.data(), sizeof size);
    if (received.size() - sizeof size < size) return false;
    message = received.substr(sizeof size, size);
    received.erase(0, sizeof size + size);
    return true;
}

/// Adds what has come; false where the other side has closed.
[[nodiscard]] bool read_more(int socket, std::string& received) {
    std::array<char, 1 << 16> block{};
    ssize_t got = 0;
    do {
        got = ::recv(socket, block.data(), block.size(), 0);
    } while (got < 0 && errno == EINTR);
    if (got <= 0) return false;
    received.append(block.data(), static_cast<std::size_t>(got));
    return true;
}

/// Whatever this process has arranged for its own crashes and its own end is none of the worker's.
void leave_the_parents_ways(pid_t parent) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != parent) ::_exit(0);  // it died before
    ::setpgid(0, 0);
    const rlimit no_core{0, 0};
    ::setrlimit(RLIMIT_CORE, &no_core);
    for (const int signal : {SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL}) ::signal(signal, SIG_DFL);
    ::on_exit([](int code, void*) { ::_exit(code); }, nullptr);
}

[[noreturn]] void serve(int socket, const ForkedWorker::Answer& answer) {
    std::string received, question;
    for (;;) {
        while (!take_message(received, question)) {
            if (!read_more(socket, received)) ::_exit(0);
        }
        const std::string reply = answer(question);
        std::fflush(nullptr);
        if (!write_message(socket, reply)) ::_exit(0);
    }
}

}  // namespace

ForkedWorker::ForkedWorker(const Answer& answer, const Limits& limits) : limits_(limits) {
    std::array<int, 2> ends{};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) fail("socketpair");
    socket_ = subject::Descriptor(ends[0]);
    const subject::Descriptor other(ends[1]);
    // What is still to be written would be written twice.
    std::cout.flush();
    std::fflush(nullptr);
    const pid_t parent = ::getpid();
    pid_ = ::fork();
    if (pid_ < 0) fail("fork");
    if (pid_ == 0) {
        ::close(ends[0]);
        leave_the_parents_ways(parent);
        try {
            serve(ends[1], answer);
        } catch (...) {
            std::abort();  // an answer throws nothing
        }
    }
    own_memory_ = subject::resident_memory(pid_);
}

ForkedWorker::~ForkedWorker() {
    if (pid_ < 0) return;
    ::kill(-pid_, SIGKILL);
    ::kill(pid_, SIGKILL);  // where it had not yet come to have a group
    while (::waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) continue;
}

std::string ForkedWorker::ask(std::string_view question) {
    if (!write_message(socket_.number(), question)) tell_end();
    return receive();
}

std::string ForkedWorker::receive() {
    using Clock = std::chrono::steady_clock;
    const auto deadline = Clock::now() + std::chrono::duration<double>(limits_.seconds);
    std::string received, message;
    while (!take_message(received, message)) {
        pollfd waiting{socket_.number(), POLLIN, 0};
        const int ready = ::poll(&waiting, 1, kLook);
        if (ready > 0) {
            if (!read_more(socket_.number(), received)) tell_end();
            continue;
        }
        require_modest_memory();
        if (Clock::now() < deadline) continue;
        throw Fault(FaultKind::hung,
                    fmt::format("it had not answered after {:g} s", limits_.seconds));
    }
    return message;
}

void ForkedWorker::require_modest_memory() const {
    const std::uint64_t now = subject::resident_memory(pid_);
    if (now < own_memory_ || (now - own_memory_) >> 20U < limits_.megabytes) return;
    throw Fault(FaultKind::out_of_memory,
                fmt::format("it took more than {} MB of memory", limits_.megabytes));
}

void ForkedWorker::tell_end() {
    int status = 0;
    while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) continue;
    ::kill(-pid_, SIGKILL);  // what it left behind
    pid_ = -1;
    const subject::End end = subject::end_of(status);
    throw Fault(end.by_signal ? FaultKind::crashed : FaultKind::exited,
                "it " + subject::to_words(end));
}

}  // namespace gradproof::testing
