// The calls of the C library under their own names, which a program's definitions take precedence over.
#include "killing_calls.hpp"

#include <csignal>
#include <cstdio>

#include <sys/syscall.h>
#include <unistd.h>

namespace {

int calls_left = 0;
pid_t armed = 0;

/// Whether this call is the last.
[[nodiscard]] bool is_last() { return armed == ::getpid() && --calls_left == 0; }

void die() { ::kill(::getpid(), SIGKILL); }

}  // namespace

namespace gradproof::testing {

void kill_at_call(int n) {
    calls_left = n;
    armed = ::getpid();
}

}  // namespace gradproof::testing

extern "C" {

ssize_t write(int file, const void* bytes, size_t count) {
    if (is_last()) {
        ::syscall(SYS_write, file, bytes, count / 2);
        die();
    }
    return ::syscall(SYS_write, file, bytes, count);
}

int fsync(int file) {
    if (is_last()) die();
    return static_cast<int>(::syscall(SYS_fsync, file));
}

int rename(const char* from, const char* to) noexcept {
    if (is_last()) die();
    return static_cast<int>(::syscall(SYS_rename, from, to));
}

}  // extern "C"
