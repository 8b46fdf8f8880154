// Polling three pipes, so that neither side waits for the other for ever.
#include <gradproof/subject/conversation.hpp>

#include <gradproof/subject/excerpt.hpp>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <ctime>
#include <system_error>
#include <thread>
#include <utility>

#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

namespace gradproof::subject {

namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

/// How often memory is looked at, and whether the process still lives, while it is waited for.
constexpr auto kLook = 25ms;
/// How long the last look serves for the next answers: in less nobody takes much memory.
constexpr auto kFreshLook = 5ms;
/// How long a process may take to end after its output has.
constexpr auto kFarewell = 1s;
constexpr std::size_t kKeptErrors = 4096;
constexpr std::size_t kChunk = 1 << 16;

[[nodiscard]] std::string to_words(milliseconds time) {
    return time.count() % 1000 == 0 ? std::to_string(time.count() / 1000) + " s"
                                    : std::to_string(time.count()) + " ms";
}

[[nodiscard]] std::string mebibytes(std::uint64_t bytes) {
    return bytes < 1 << 20 ? std::to_string(bytes) + " bytes"
                           : std::to_string(bytes >> 20) + " MiB";
}

/// Whoever writes to a pipe that nobody reads gets a signal; here it is not to arrive.
class WithoutPipeSignal {
public:
    WithoutPipeSignal() {
        ::sigemptyset(&pipe_);
        ::sigaddset(&pipe_, SIGPIPE);
        ::pthread_sigmask(SIG_BLOCK, &pipe_, &before_);
    }
    WithoutPipeSignal(const WithoutPipeSignal&) = delete;
    WithoutPipeSignal& operator=(const WithoutPipeSignal&) = delete;
    ~WithoutPipeSignal() { ::pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
    /// After a write that failed: takes the signal that waits.
    void take() const {
        const timespec at_once{};
        while (::sigtimedwait(&pipe_, nullptr, &at_once) < 0 && errno == EINTR) continue;
    }

private:
    sigset_t pipe_{}, before_{};
};

}  // namespace

Conversation::Conversation(const std::vector<std::string>& command, const Limits& limits)
    : process_(command), limits_(limits) {}

std::string Conversation::greeting() {
    std::string line = line_within(std::max(limits_.greeting, limits_.answer));
    greeted_ = true;
    own_memory_ = process_.group().resident_memory();
    return line;
}

std::string Conversation::answer_to(std::string_view question) {
    listen(0ms);
    error_bytes_ = 0;
    sent_ = 0;
    question_ = question;
    question_ += '\n';
    std::string line = line_within(limits_.answer);
    if (sent_ < question_.size()) {
        throw Fault(FaultKind::unasked, "it answered when " + std::to_string(sent_) + " of the " +
                                            std::to_string(question_.size()) +
                                            " bytes of the question were sent: " + beginning(line));
    }
    question_.clear();
    sent_ = 0;
    require_modest_memory(kFreshLook);
    return line;
}

void Conversation::listen(milliseconds time) {
    const auto deadline = Clock::now() + time;
    bool open = true;
    do {
        open = exchange(deadline);
    } while (open && received_.empty() && Clock::now() < deadline);
    if (!received_.empty()) {
        came_after_answer_ = true;
        throw Fault(FaultKind::unasked,
                    "after its last line, it wrote " + std::to_string(received_.size()) +
                        " bytes more; write one line for each question: " + beginning(received_));
    }
    if (!open) tell_end();
}

void Conversation::end(milliseconds time) {
    listen(0ms);
    process_.input().close();
    const auto deadline = Clock::now() + time;
    while (exchange(deadline) && Clock::now() < deadline) continue;
    const std::optional<End> end = end_by(deadline);
    if (!received_.empty()) {
        throw Fault(FaultKind::unasked, "after its input had ended, it wrote " +
                                            std::to_string(received_.size()) +
                                            " bytes more: " + beginning(received_));
    }
    if (!end) {
        throw Fault(FaultKind::hung, "its input ended, and it did not within " + to_words(time) +
                                         "; let it end when there is nothing more to read");
    }
    if (end->by_signal || end->number != 0) {
        throw Fault(
            end->by_signal ? FaultKind::crashed : FaultKind::exited,
            "after its input had ended, it " + subject::to_words(*end) + ", wanted exit code 0");
    }
}

std::string Conversation::last_words() {
    process_.group().kill();
    receive_errors();
    const std::string lines = last_lines(errors_);
    return lines.empty() ? "" : "; standard error ends: " + lines;
}

std::string Conversation::line_within(milliseconds time) {
    const auto deadline = Clock::now() + time;
    std::size_t searched = 0;
    for (;;) {
        if (!exchange(deadline)) tell_end();
        if (auto line = taken_line(searched)) return std::move(*line);
        searched = received_.size();
        require_modest_output();
        require_modest_memory(kLook);
        if (Clock::now() >= deadline) tell_silence(time);
    }
}

std::optional<std::string> Conversation::taken_line(std::size_t searched) {
    const std::size_t end = received_.find('\n', searched);
    if (end == received_.npos) return std::nullopt;
    std::string line = received_.substr(0, end);
    received_.erase(0, end + 1);
    if (!received_.empty()) {
        throw Fault(FaultKind::unasked,
                    "it wrote " + std::to_string(received_.size()) +
                        " bytes beyond the line that was asked for; write one line for each "
                        "question, and all else to standard error: first " +
                        beginning(line) + ", then " + beginning(received_));
    }
    return line;
}

bool Conversation::exchange(Clock::time_point deadline) {
    const auto left = std::chrono::ceil<milliseconds>(deadline - Clock::now());
    const auto wait = std::clamp<milliseconds>(left, 0ms, kLook);
    // A negative number is left out.
    const int input = sent_ < question_.size() ? process_.input().number() : -1;
    std::array<pollfd, 3> files{pollfd{process_.output().number(), POLLIN, 0},
                                pollfd{process_.errors().number(), POLLIN, 0},
                                pollfd{input, POLLOUT, 0}};
    const int ready = ::poll(files.data(), files.size(), static_cast<int>(wait.count()));
    if (ready < 0) {
        if (errno == EINTR) return true;
        throw std::system_error(errno, std::generic_category(), "poll");
    }
    if (ready == 0) {
        // Somebody else may still hold the pipes of a process that is gone.
        if (wait < kLook || !process_.group().ended()) return true;
        const std::size_t before = received_.size();
        return receive() && received_.size() > before;
    }
    if (files[1].revents != 0) receive_errors();
    if (files[2].revents != 0) send();
    return files[0].revents == 0 || receive();
}

void Conversation::send() {
    const WithoutPipeSignal without;
    const std::string_view unsent = std::string_view(question_).substr(sent_);
    const ssize_t sent = ::write(process_.input().number(), unsent.data(), unsent.size());
    if (sent >= 0) {
        sent_ += static_cast<std::size_t>(sent);
        return;
    }
    if (errno != EPIPE) return;  // the pipe is full again, or a signal came
    without.take();
    process_.input().close();
}

bool Conversation::receive() {
    std::array<char, kChunk> chunk;
    const ssize_t got = ::read(process_.output().number(), chunk.data(), chunk.size());
    if (got > 0) received_.append(chunk.data(), static_cast<std::size_t>(got));
    return got > 0 || (got < 0 && (errno == EAGAIN || errno == EINTR));
}

void Conversation::receive_errors() {
    std::array<char, kChunk> chunk;
    ssize_t got = 0;
    do {
        got = ::read(process_.errors().number(), chunk.data(), chunk.size());
        if (got <= 0) continue;
        errors_.append(chunk.data(), static_cast<std::size_t>(got));
        error_bytes_ += static_cast<std::size_t>(got);
        if (errors_.size() > kKeptErrors) errors_.erase(0, errors_.size() - kKeptErrors);
        if (error_bytes_ > limits_.output) break;
    } while (got > 0 || (got < 0 && errno == EINTR));
    if (got == 0) process_.errors().close();
}

void Conversation::require_modest_output() const {
    const bool too_long = received_.size() > limits_.output;
    if (!too_long && error_bytes_ <= limits_.output) return;
    const std::string limit = ", the limit is " + mebibytes(limits_.output);
    throw Fault(FaultKind::flooded, too_long ? "it wrote " + mebibytes(received_.size()) +
                                                   " without an end of line" + limit +
                                                   "; they begin: " + beginning(received_)
                                             : "it wrote " + mebibytes(error_bytes_) +
                                                   " to standard error before it answered" + limit);
}

void Conversation::require_modest_memory(milliseconds after) {
    const auto now = Clock::now();
    if (!greeted_ || now - looked_ < after) return;
    looked_ = now;
    const std::uint64_t memory = process_.group().resident_memory();
    if (memory <= own_memory_ || memory - own_memory_ <= limits_.memory) return;
    throw Fault(FaultKind::out_of_memory, "it took " + mebibytes(memory - own_memory_) +
                                              " above the " + mebibytes(own_memory_) +
                                              " that it had after its greeting, the limit is " +
                                              mebibytes(limits_.memory));
}

void Conversation::tell_silence(milliseconds time) const {
    const std::string what = greeted_ ? "answer" : "greeting";
    if (received_.empty()) {
        throw Fault(FaultKind::hung, "no " + what + " within " + to_words(time) +
                                         (greeted_ ? "; is its output flushed?"
                                                   : "; greet before reading, and flush"));
    }
    throw Fault(FaultKind::incomplete, "no end of line after " + std::to_string(received_.size()) +
                                           " bytes of " + what + " within " + to_words(time) +
                                           "; end every line, and flush: " + beginning(received_));
}

void Conversation::tell_end() {
    const std::optional<End> end = end_by(Clock::now() + kFarewell);
    came_after_answer_ = greeted_ && question_is_unread();
    if (!end) {
        throw Fault(FaultKind::exited,
                    "it closed its standard output and went on for " + to_words(kFarewell));
    }
    const std::string what = subject::to_words(*end);
    if (!received_.empty()) {
        throw Fault(end->by_signal ? FaultKind::crashed : FaultKind::incomplete,
                    "it " + what + " after " + std::to_string(received_.size()) +
                        " bytes of a line: " + beginning(received_));
    }
    throw Fault(end->by_signal ? FaultKind::crashed : FaultKind::exited,
                came_after_answer_ ? "after its last line, it " + what
                : greeted_         ? "it " + what
                                   : "it " + what + " before it had greeted");
}

std::optional<End> Conversation::end_by(Clock::time_point deadline) {
    std::optional<End> end = process_.group().ended();
    while (!end && Clock::now() < deadline) {
        std::this_thread::sleep_for(1ms);
        end = process_.group().ended();
    }
    return end;
}

/// Whether all of the latest question is still in the pipe, or there is none.
bool Conversation::question_is_unread() const {
    int unread = 0;
    if (sent_ > 0 && ::ioctl(process_.input().number(), FIONREAD, &unread) != 0) return false;
    return static_cast<std::size_t>(unread) == sent_;
}

}  // namespace gradproof::subject
