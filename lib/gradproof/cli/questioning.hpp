// Asking a subject point by point: what goes wrong is filed in the point that is open.
#pragma once

#include <gradproof/cli/conformance.hpp>
#include <gradproof/subject/fault.hpp>
#include <gradproof/subject/pipe_subject.hpp>

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gradproof::cli {

/// The program on one line: "n1 = sigmoid(x), x of shape [3], in binary64".
[[nodiscard]] std::string described(const cases::Case& drawn);

class Questioning {
public:
    /// `asking` is called before every question with their number; false ends the questioning.
    explicit Questioning(std::function<bool(std::size_t)> asking) : asking_(std::move(asking)) {}

    /// Files in this point from now on.
    void open(ProtocolPoint& point);

    void start(const std::vector<std::string>& command, const subject::Limits& limits);
    [[nodiscard]] bool started() const { return subject_.has_value(); }
    [[nodiscard]] const subject::Greeting& greeting() const { return subject_->greeting(); }

    /// Nothing where there is no answer; a fault is filed under `what`.
    [[nodiscard]] std::optional<subject::Answer> answer(const std::string& what,
                                                        const cases::Case& drawn);
    void jvp(const std::string& what, const cases::Case& drawn);
    void end();

    /// Whether it hung so often that nothing is asked any more.
    [[nodiscard]] bool gave_up() const;
    /// Of the open point: "12 answered, 3 unsupported (no convolutions)".
    [[nodiscard]] std::string tally() const;
    [[nodiscard]] std::size_t answered() const { return answered_; }
    [[nodiscard]] std::size_t questions() const { return questions_; }

private:
    std::function<bool(std::size_t)> asking_;
    std::optional<subject::PipeSubject> subject_;
    std::size_t questions_ = 0;
    ProtocolPoint* point_ = nullptr;
    std::size_t hangs_ = 0;
    std::size_t unsupported_ = 0, answered_ = 0;  ///< of the open point
    std::string refusal_;                         ///< the last one's words

    void ask(const std::string& what, const std::function<void()>& question);
    void file(const std::string& what, const subject::Fault& fault);
};

}  // namespace gradproof::cli
