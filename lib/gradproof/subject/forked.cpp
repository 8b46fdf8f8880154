// Forking, by POSIX calls and Linux's for what POSIX has none.
#include <gradproof/subject/forked.hpp>

#include <gradproof/case/quotation.hpp>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <system_error>

#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

namespace gradproof::subject {

namespace {

using cases::Descriptor;

constexpr std::size_t kLastWords = 200;

[[nodiscard]] Descriptor checked(int number, const char* call) {
    if (number < 0) throw std::system_error(errno, std::generic_category(), call);
    return Descriptor(number);
}

void limit(int resource, rlim_t most) {
    rlimit both{};
    ::getrlimit(static_cast<__rlimit_resource_t>(resource), &both);
    both.rlim_cur = std::min(most, both.rlim_max);
    ::setrlimit(static_cast<__rlimit_resource_t>(resource), &both);
}

/// What the child sees of the world.
void settle_in(pid_t parent, const Descriptor& output, std::size_t most_output) {
    ProcessGroup::lead(parent);
    // It is the parent's to say what becomes of this one.
    ::signal(SIGINT, SIG_IGN);
    ::signal(SIGTERM, SIG_IGN);
    for (const int signal : {SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL}) ::signal(signal, SIG_DFL);
    // The last that is registered is the first to be called, and lets no other follow.
    ::on_exit(
        [](int code, void*) {
            std::fflush(nullptr);
            ::_exit(code);
        },
        nullptr);
    const Descriptor nothing(::open("/dev/null", O_RDONLY | O_CLOEXEC));
    ::dup2(nothing.number(), STDIN_FILENO);
    ::dup2(output.number(), STDOUT_FILENO);
    ::dup2(output.number(), STDERR_FILENO);
    // A line is to be there even if the code crashes next. Without a new buffer the C library keeps the old
    // one, and its ways.
    static std::array<char, BUFSIZ> line{};
    std::setvbuf(stdout, line.data(), _IOLBF, line.size());
    limit(RLIMIT_CORE, 0);
    if (most_output > 0) {
        ::signal(SIGXFSZ, SIG_DFL);
        limit(RLIMIT_FSIZE, most_output);
    }
}

}  // namespace

Forked::Forked(const std::function<void(int)>& work, std::size_t most_output)
    : output_(checked(::memfd_create("gradproof-output", MFD_CLOEXEC), "memfd_create")) {
    // Each write goes to the end, also after the file was emptied.
    ::fcntl(output_.number(), F_SETFL, O_APPEND);
    std::array<int, 2> ends{};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
        throw std::system_error(errno, std::generic_category(), "socketpair");
    socket_ = Descriptor(ends[0]);
    Descriptor other(ends[1]);
    // Else the child might print it once more.
    std::cout.flush();
    std::fflush(nullptr);
    const pid_t parent = ::getpid(), child = ::fork();
    if (child < 0) throw std::system_error(errno, std::generic_category(), "fork");
    if (child == 0) {
        socket_.close();
        settle_in(parent, output_, most_output);
        try {
            work(other.number());
        } catch (const std::exception& error) {
            std::fputs(error.what(), stderr);
            std::fflush(stderr);
            ::_exit(70);
        }
        ::_exit(0);
    }
    group_ = ProcessGroup(child);
}

End Forked::let_end() {
    socket_.close();
    return ended_soon();
}

End Forked::ended_soon() {
    constexpr int most_looks = 1000;
    for (int look = 0; look < most_looks; ++look) {
        if (const auto end = group_.ended()) return *end;
        ::poll(nullptr, 0, 1);
    }
    return group_.kill();
}

std::string Forked::last_words() const {
    struct stat status {};
    if (::fstat(output_.number(), &status) != 0 || status.st_size == 0) return {};
    std::array<char, kLastWords> text{};
    const off_t from = std::max<off_t>(0, status.st_size - static_cast<off_t>(text.size()));
    const ssize_t count = ::pread(output_.number(), text.data(), text.size(), from);
    if (count <= 0) return {};
    return cases::json_string({text.data(), static_cast<std::size_t>(count)});
}

std::string Forked::take_output() {
    struct stat status {};
    if (::fstat(output_.number(), &status) != 0 || status.st_size == 0) return {};
    std::string text(static_cast<std::size_t>(status.st_size), '\0');
    std::size_t taken = 0;
    while (taken < text.size()) {
        const ssize_t count = ::pread(output_.number(), text.data() + taken, text.size() - taken,
                                      static_cast<off_t>(taken));
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) break;
        taken += static_cast<std::size_t>(count);
    }
    text.resize(taken);
    static_cast<void>(!::ftruncate(output_.number(), 0));
    return text;
}

void forget_output() {
    std::fflush(stdout);
    static_cast<void>(!::ftruncate(STDOUT_FILENO, 0));
}

}  // namespace gradproof::subject
