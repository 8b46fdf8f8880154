// A process forked from this one that answers messages until it is stopped, or does something else.
#pragma once

#include <gradproof/subject/child_process.hpp>
#include <gradproof/testing/limits.hpp>

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include <sys/types.h>

namespace gradproof::testing {

/// Dies with this process; its destructor kills it and what it has started, and leaves no zombie.
class ForkedWorker {
public:
    using Answer = std::function<std::string(std::string_view question)>;

    /// Forks; `answer` runs in the worker only. Throws `std::system_error`.
    ForkedWorker(const Answer& answer, const Limits& limits);
    ~ForkedWorker();
    ForkedWorker(const ForkedWorker&) = delete;
    ForkedWorker& operator=(const ForkedWorker&) = delete;

    /// What `answer` returned in the worker. Throws `subject::Fault` where it crashed, exited, hung or took
    /// too much memory; the worker has ended then.
    [[nodiscard]] std::string ask(std::string_view question);

private:
    Limits limits_;
    subject::Descriptor socket_;
    pid_t pid_ = -1;
    std::uint64_t own_memory_ = 0;  ///< bytes that were resident before the first question

    void send(std::string_view bytes) const;
    [[nodiscard]] std::string receive();
    void require_modest_memory() const;
    [[noreturn]] void tell_end();
};

}  // namespace gradproof::testing
