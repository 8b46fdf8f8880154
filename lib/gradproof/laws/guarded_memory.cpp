// Two views of one memory file, and a landing place for what touches the pages between.
#include <gradproof/laws/guarded_memory.hpp>

#include <algorithm>
#include <cerrno>
#include <csetjmp>
#include <csignal>
#include <system_error>

#include <sys/mman.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)
#define GRADPROOF_LOOKS_FOR_LEAKS
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define GRADPROOF_LOOKS_FOR_LEAKS
#endif
#endif
#ifdef GRADPROOF_LOOKS_FOR_LEAKS
#include <sanitizer/lsan_interface.h>
#endif

namespace gradproof::laws {

namespace {

/// Where a fault of this thread lands. A signal handler gets no argument of ours.
struct Landing {
    sigjmp_buf place;
    volatile bool armed = false;
    void* volatile address = nullptr;
};
thread_local Landing landing;

struct sigaction handler_before;

void land(int signal, siginfo_t* info, void*) {
    if (landing.armed) {
        landing.armed = false;
        landing.address = info->si_addr;
        siglongjmp(landing.place, 1);
    }
    // Not of a run of ours: the instruction is done again, and meets who was there before.
    sigaction(signal, &handler_before, nullptr);
}

/// How many `CaughtFaults` there are: the first one of them catches.
std::size_t catching = 0;

/// True where `touching` came to its end. Holds nothing that a jump out of it would have to destroy.
[[gnu::noinline]] bool came_back(const std::function<void()>& touching) {
    if (sigsetjmp(landing.place, 0) != 0) return false;
    landing.armed = true;
    try {
        touching();
    } catch (...) {
        landing.armed = false;
        throw;
    }
    landing.armed = false;
    return true;
}

[[noreturn]] void fail(const char* what) {
    throw std::system_error(errno, std::generic_category(), what);
}

[[nodiscard]] std::byte* reserved(std::size_t bytes) {
    void* view = mmap(nullptr, bytes, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (view == MAP_FAILED) fail("guarded memory: no address space");
    return static_cast<std::byte*>(view);
}

}  // namespace

CaughtFaults::CaughtFaults() {
    if (catching++ > 0) return;
    struct sigaction ours {};
    ours.sa_sigaction = land;
    // Not blocked in the handler, which does not return: no mask has to be put back.
    ours.sa_flags = SA_SIGINFO | SA_NODEFER;
    sigaction(SIGSEGV, &ours, &handler_before);
}
CaughtFaults::~CaughtFaults() {
    if (--catching == 0) sigaction(SIGSEGV, &handler_before, nullptr);
}

GuardedMemory& GuardedMemory::of_this_thread() {
    thread_local GuardedMemory memory;
    return memory;
}

GuardedMemory::GuardedMemory() : page_(static_cast<std::size_t>(sysconf(_SC_PAGESIZE))) {}
GuardedMemory::~GuardedMemory() { unmap(); }

void GuardedMemory::unmap() {
    if (writable_ != nullptr) munmap(writable_, view_bytes());
    if (readable_ != nullptr) munmap(readable_, view_bytes());
    writable_ = readable_ = nullptr;
}

void GuardedMemory::map(std::size_t buffers, std::size_t pages) {
    unmap();
    buffers_ = buffers;
    pages_ = pages;
    const int file = memfd_create("gradproof", MFD_CLOEXEC);
    if (file < 0) fail("guarded memory: no file");
    if (ftruncate(file, static_cast<off_t>(buffers * pages * page_)) != 0) {
        close(file);
        fail("guarded memory: no pages");
    }
    bool mapped = true;
    const auto view = [&](std::byte*& start, int protection) {
        start = reserved(view_bytes());
        for (std::size_t b = 0; b < buffers; ++b) {
            std::byte* at = start + (b * (pages + 1) + 1) * page_;
            const auto offset = static_cast<off_t>(b * pages * page_);
            mapped = mapped && mmap(at, pages * page_, protection, MAP_SHARED | MAP_FIXED, file,
                                    offset) != MAP_FAILED;
        }
    };
    view(writable_, PROT_READ | PROT_WRITE);
    view(readable_, PROT_READ);
    close(file);
    if (!mapped) fail("guarded memory: no view");
}

void GuardedMemory::lay_out(const std::vector<std::size_t>& bytes, Flush flush) {
    const std::size_t most = bytes.empty() ? 0 : *std::ranges::max_element(bytes);
    const std::size_t pages = std::max<std::size_t>(1, (most + page_ - 1) / page_);
    if (bytes.size() > buffers_ || pages > pages_) {
        // Twice as many as are wanted, so that the next larger case finds them there.
        map(std::max(2 * bytes.size(), buffers_), std::max(pages, pages_));
    }
    offsets_.clear();
    for (std::size_t b = 0; b < bytes.size(); ++b) {
        const std::size_t first = (b * (pages_ + 1) + 1) * page_;
        offsets_.push_back(flush == Flush::front ? first : first + pages_ * page_ - bytes[b]);
    }
}

std::byte* GuardedMemory::writable(std::size_t buffer) const {
    return writable_ + offsets_.at(buffer);
}
const std::byte* GuardedMemory::readable(std::size_t buffer) const {
    return readable_ + offsets_.at(buffer);
}

std::optional<const std::byte*> GuardedMemory::fault_of(
    const std::function<void()>& touching) const {
    const CaughtFaults caught;
#ifdef GRADPROOF_LOOKS_FOR_LEAKS
    // What was allocated before a fault is never freed: nobody else's leak.
    const __lsan::ScopedDisabler unwatched;
#endif
    if (came_back(touching)) return std::nullopt;
    return static_cast<const std::byte*>(static_cast<void*>(landing.address));
}

}  // namespace gradproof::laws
