// Disks that fail, for tests of what becomes of files: a full one, and one that one may not write to.
#pragma once

#include <csignal>
#include <cstdlib>
#include <stdexcept>

#include <sys/resource.h>
#include <unistd.h>

namespace gradproof::testing {

/// As on a disk that is full after so many bytes.
class FullDisk {
public:
    explicit FullDisk(rlim_t bytes) : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
        getrlimit(RLIMIT_FSIZE, &before_);
        const rlimit limit{bytes, before_.rlim_max};
        setrlimit(RLIMIT_FSIZE, &limit);
    }
    FullDisk(const FullDisk&) = delete;
    FullDisk& operator=(const FullDisk&) = delete;
    ~FullDisk() {
        setrlimit(RLIMIT_FSIZE, &before_);
        std::signal(SIGXFSZ, handler_);
    }

private:
    void (*handler_)(int);
    rlimit before_{};
};

/// Root may write anywhere; for a while, it is nobody.
class CommonUser {
public:
    CommonUser() : before_(geteuid()) {
        if (before_ == 0 && seteuid(65534) != 0) throw std::runtime_error("root stays root");
    }
    CommonUser(const CommonUser&) = delete;
    CommonUser& operator=(const CommonUser&) = delete;
    ~CommonUser() {
        if (seteuid(before_) != 0) std::abort();
    }

private:
    uid_t before_;
};

}  // namespace gradproof::testing
