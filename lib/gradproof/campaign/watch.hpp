// What becomes of a process that asks a subject: a fault where it ends too soon or takes too much.
#pragma once

#include <gradproof/campaign/shared_page.hpp>
#include <gradproof/subject/fault.hpp>
#include <gradproof/subject/forked.hpp>
#include <gradproof/subject/limits.hpp>

#include <chrono>
#include <cstdint>
#include <optional>

namespace gradproof::campaign {

/// Whatever the subject does, a law that takes so long is given up: the oracle is to blame.
inline constexpr std::chrono::seconds kLongestLaw{300};

class Watch {
public:
    explicit Watch(const subject::Limits& limits) : limits_(limits) {}

    /// The fault that the process is in; it is killed then. To be asked every few milliseconds, once
    /// the subject is there.
    [[nodiscard]] std::optional<subject::Fault> breach(subject::Forked& process,
                                                       const SharedPage& page);

private:
    subject::Limits limits_;
    std::int64_t memory_looked_at_ = 0;
};

/// The fault of a process that is gone before it had told what it was to tell.
[[nodiscard]] subject::Fault fault_of(const subject::End& end, const subject::Forked& process,
                                      const SharedPage& page, const subject::Limits& limits);

}  // namespace gradproof::campaign
