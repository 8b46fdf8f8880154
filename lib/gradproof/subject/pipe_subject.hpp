// A subject in another process, in any language: it is asked by the protocol of PROTOCOL.md.
#pragma once

#include <gradproof/subject/greeting.hpp>
#include <gradproof/subject/limits.hpp>
#include <gradproof/subject/program_subject.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace gradproof::subject {

class Conversation;

/// Holds one process of the command, which ends with it. After a `Fault` the process is ended, unless the
/// fault is an error that the subject itself reported; the next question starts it anew. The same object
/// may be used on in a forked process, which then starts a process of its own.
class PipeSubject final : public ProgramSubject {
public:
    /// Starts the command and reads its greeting. Throws `std::invalid_argument` where it cannot be
    /// started (not found, not executable), `Fault` where it does not greet.
    explicit PipeSubject(std::vector<std::string> command, const Limits& limits = {});
    ~PipeSubject() override;

    [[nodiscard]] const Greeting& greeting() const { return greeting_; }
    [[nodiscard]] std::string name() const override { return greeting_.name; }
    [[nodiscard]] scalar::Ties ties() const override { return greeting_.ties; }

    // Throw `Fault`, and `Unsupported` where the subject says so or where the case is beyond its greeting,
    // which it then is not asked.
    [[nodiscard]] Answer answer(const cases::Case& drawn,
                                std::span<const double> cotangent) const override;
    [[nodiscard]] std::optional<std::vector<double>> jvp(
        const cases::Case& drawn, std::span<const double> tangent) const override;

    /// Ends its standard input. Throws `Fault` unless the process then ends itself within 2 s, with exit
    /// code 0 and without writing anything more. The next question starts it anew.
    void end() const;

private:
    std::vector<std::string> command_;
    Limits limits_;
    Greeting greeting_;
    mutable std::unique_ptr<Conversation> conversation_;  ///< none: to be started
    mutable std::uint64_t last_id_ = 0;                   ///< ids go on over restarts
    mutable bool lingers_ = false;  ///< it once did more after an answer: that is listened for

    void require_offered(const cases::Case& drawn) const;
    /// Starts a process; its greeting.
    [[nodiscard]] Greeting begin() const;
    void continue_or_begin() const;
    /// Hands the line that answers the question to `read`.
    void ask(const std::string& question,
             const std::function<void(const std::string&)>& read) const;
    /// Runs `exchange`; after a fault no process is left.
    void talk(const std::function<void()>& exchange) const;
};

}  // namespace gradproof::subject
