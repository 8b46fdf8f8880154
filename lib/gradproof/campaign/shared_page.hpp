// What a worker and its driver share in memory, so that the driver knows what was being done when a worker
// is gone.
#pragma once

#include <gradproof/campaign/tally.hpp>

#include <atomic>
#include <cerrno>
#include <cstdint>
#include <new>
#include <system_error>

#include <sys/mman.h>
#include <time.h>

namespace gradproof::campaign {

enum class Doing : std::uint32_t { starting, waiting, drawing, asking, shrinking };

struct SharedPage {
    std::atomic<Doing> doing{Doing::starting};
    std::atomic<std::uint64_t> index{0};     ///< of the case that is being done; all before it are
    std::atomic<std::uint32_t> law{0};       ///< that is being asked, by its place in the offer
    std::atomic<std::int64_t> law_since{0};  ///< `now()` when a law, or a try, was begun last
    std::atomic<std::int64_t> inside_since{
        0};  ///< ... when the subject was called; 0 outside of it
    std::atomic<std::uint64_t> memory_before{0};  ///< resident, when the subject was there
    std::atomic<bool> stop{false};                ///< set by the driver
    Tally tally;  ///< of the span so far; written between cases only
};

/// Nanoseconds of a clock that all processes share.
[[nodiscard]] inline std::int64_t now() {
    timespec time{};
    ::clock_gettime(CLOCK_MONOTONIC, &time);
    return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
}

/// A page that this process and those forked from it share.
class Shared {
public:
    Shared()
        : memory_(::mmap(nullptr, sizeof(SharedPage), PROT_READ | PROT_WRITE,
                         MAP_SHARED | MAP_ANONYMOUS, -1, 0)) {
        if (memory_ == MAP_FAILED) throw std::system_error(errno, std::generic_category(), "mmap");
        page_ = new (memory_) SharedPage;
    }
    ~Shared() { ::munmap(memory_, sizeof(SharedPage)); }
    Shared(const Shared&) = delete;
    Shared& operator=(const Shared&) = delete;

    [[nodiscard]] SharedPage& operator*() const { return *page_; }
    [[nodiscard]] SharedPage* operator->() const { return page_; }

private:
    void* memory_;
    SharedPage* page_ = nullptr;
};

}  // namespace gradproof::campaign
