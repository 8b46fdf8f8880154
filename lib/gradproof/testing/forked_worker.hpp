// A process forked from this one that answers messages until it is stopped, or does something else.
#pragma once

#include <gradproof/subject/fault.hpp>
#include <gradproof/subject/forked.hpp>
#include <gradproof/testing/limits.hpp>

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace gradproof::testing {

/// What the worker prints, to either stream, this process prints to standard output: after each answer, and
/// whole lines where it ends.
class ForkedWorker {
public:
    using Answer = std::function<std::string(std::string_view question)>;

    /// Forks; `answer` runs in the worker only. Throws `std::system_error`.
    ForkedWorker(const Answer& answer, const Limits& limits);

    /// What `answer` returned in the worker. Throws `subject::Fault` where it crashed, exited, hung, printed
    /// or took too much; the worker has ended then.
    [[nodiscard]] std::string ask(std::string_view question);

private:
    Limits limits_;
    subject::Forked process_;
    std::uint64_t own_memory_ = 0;  ///< bytes that were resident before the first question

    [[nodiscard]] std::string receive();
    void require_modest_memory();
    void pass_on_output();
    [[noreturn]] void fail(subject::FaultKind kind, const std::string& words);
    [[noreturn]] void tell_end();
};

}  // namespace gradproof::testing
