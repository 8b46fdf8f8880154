// Buffers in memory of their own, with a page on either side that nobody may touch.
//
// Every buffer is mapped twice: once to be read and written, once to be read only. What is handed out of
// the second view cannot be written to, and no page changes its protection between one run and the next:
// that would cost more than most rules. A run that touches what it must not gets SIGSEGV, and is left by
// siglongjmp: under AddressSanitizer too, which knows it. (A child process for each run would cost more
// than all laws of a case together.) What the run had allocated by then is lost: a finding leaks.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <vector>

namespace gradproof::laws {

/// Where in its pages a buffer lies: right behind the forbidden page, or right before it.
enum class Flush { front, back };

/// Catches SIGSEGV as long as it lives, for the whole process: not for two threads at once. One that
/// does not come from guarded memory is left to whoever had the signal before.
class CaughtFaults {
public:
    CaughtFaults();
    ~CaughtFaults();
    CaughtFaults(const CaughtFaults&) = delete;
    CaughtFaults& operator=(const CaughtFaults&) = delete;
};

/// Numbered buffers of one thread; mapped once, and again where more is asked for than ever before.
class GuardedMemory {
public:
    /// The only one of this thread, as signals know of no other.
    [[nodiscard]] static GuardedMemory& of_this_thread();
    GuardedMemory(const GuardedMemory&) = delete;
    GuardedMemory& operator=(const GuardedMemory&) = delete;

    /// Lays out buffers of these many bytes, whose contents are anything. Throws `std::system_error`
    /// where the system gives no memory.
    void lay_out(const std::vector<std::size_t>& bytes, Flush flush);

    /// The same bytes to write to, and to read only.
    [[nodiscard]] std::byte* writable(std::size_t buffer) const;
    [[nodiscard]] const std::byte* readable(std::size_t buffer) const;

    /// Calls `touching`; gives the address that it must not have touched, if it did. Faults
    /// are caught meanwhile; who makes many calls keeps `CaughtFaults` around them, which saves time.
    [[nodiscard]] std::optional<const std::byte*> fault_of(
        const std::function<void()>& touching) const;

private:
    GuardedMemory();
    ~GuardedMemory();

    std::size_t page_ = 0;
    std::size_t buffers_ = 0;  // mapped
    std::size_t pages_ = 0;    // of each buffer, without the forbidden one before it
    std::byte* writable_ = nullptr;
    std::byte* readable_ = nullptr;
    std::vector<std::size_t> offsets_;  // of the buffers laid out, in either view

    [[nodiscard]] std::size_t view_bytes() const { return (buffers_ * (pages_ + 1) + 1) * page_; }
    void map(std::size_t buffers, std::size_t pages);
    void unmap();
};

}  // namespace gradproof::laws
