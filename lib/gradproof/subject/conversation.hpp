// A conversation with a process: a line there, a line back, within limits.
#pragma once

#include <gradproof/subject/child_process.hpp>
#include <gradproof/subject/fault.hpp>
#include <gradproof/subject/limits.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gradproof::subject {

/// Of one process of a subject. What it does instead of answering is thrown as a `Fault`; nobody can talk
/// to it after that.
class Conversation {
public:
    /// Starts the process. Throws `std::invalid_argument` where that is not possible.
    Conversation(const std::vector<std::string>& command, const Limits& limits);

    /// The first line. What memory the process has then is what counts as its own.
    [[nodiscard]] std::string greeting();
    /// Sends a line (given without its end), returns the next one (without it, too).
    [[nodiscard]] std::string answer_to(std::string_view question);
    /// Waits that long, and throws where the process does anything: it was not asked for it.
    void listen(std::chrono::milliseconds time);
    /// Ends its input. Throws unless it then ends itself within that time, with code 0, in silence.
    void end(std::chrono::milliseconds time);

    /// Whether the last fault came after an answer and before the next question was read.
    [[nodiscard]] bool came_after_answer() const { return came_after_answer_; }
    /// "; standard error ends: ...", or nothing; kills the process, so that there is no more to come.
    [[nodiscard]] std::string last_words();
    /// Whether this process is the one that started it.
    [[nodiscard]] bool is_own() const { return process_.group().is_own(); }

private:
    using Clock = std::chrono::steady_clock;

    ChildProcess process_;
    Limits limits_;
    std::string received_;          ///< of its output, beyond the lines that were taken
    std::string errors_;            ///< the end of what it wrote to standard error
    std::size_t error_bytes_ = 0;   ///< how much that was since the latest question
    std::uint64_t own_memory_ = 0;  ///< what it had after its greeting
    Clock::time_point looked_;      ///< when memory was looked at
    std::string question_;          ///< the latest one, while there is no answer
    std::size_t sent_ = 0;          ///< how many bytes of it
    bool greeted_ = false;
    bool came_after_answer_ = false;

    [[nodiscard]] std::string line_within(std::chrono::milliseconds time);
    /// Takes the first line of what was received, if it is whole.
    [[nodiscard]] std::optional<std::string> taken_line(std::size_t searched);
    /// Waits until there is something to do, and does it; false where its output has ended.
    [[nodiscard]] bool exchange(Clock::time_point deadline);
    void send();
    [[nodiscard]] bool receive();
    void receive_errors();

    void require_modest_output() const;
    /// Looks unless the last look was within that time.
    void require_modest_memory(std::chrono::milliseconds after);
    [[noreturn]] void tell_silence(std::chrono::milliseconds time) const;
    [[noreturn]] void tell_end();
    [[nodiscard]] std::optional<End> end_by(Clock::time_point deadline);
    [[nodiscard]] bool question_is_unread() const;
};

}  // namespace gradproof::subject
