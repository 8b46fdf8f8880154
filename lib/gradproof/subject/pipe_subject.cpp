// Asking a process, and starting it anew after a fault.
#include <gradproof/subject/pipe_subject.hpp>

#include <gradproof/case/format_error.hpp>
#include <gradproof/subject/answer.hpp>
#include <gradproof/subject/conversation.hpp>
#include <gradproof/subject/excerpt.hpp>
#include <gradproof/subject/question.hpp>

#include <utility>

namespace gradproof::subject {

namespace {

using namespace std::chrono_literals;

/// How long a subject is listened to after an answer, once it is known to do more than answer.
constexpr auto kLingering = 50ms;
/// How long it may take to end after its input.
constexpr auto kGrace = 2s;

[[nodiscard]] Greeting greeting_of(Conversation& conversation) {
    const std::string line = conversation.greeting();
    try {
        return read_greeting(line);
    } catch (const cases::FormatError& refusal) {
        throw Fault(FaultKind::garbage,
                    std::string(refusal.what()) + "; its first line: " + beginning(line));
    }
}

}  // namespace

PipeSubject::PipeSubject(std::vector<std::string> command, const Limits& limits)
    : command_(std::move(command)), limits_(limits) {
    talk([this] { greeting_ = begin(); });
}

PipeSubject::~PipeSubject() {
    try {
        if (conversation_ && conversation_->is_own()) conversation_->end(kGrace);
    } catch (const std::exception&) {
        // Nobody asks any more how it ends; it is killed.
    }
}

Answer PipeSubject::answer(const cases::Case& drawn, std::span<const double> cotangent) const {
    require_offered(drawn);
    const std::uint64_t id = ++last_id_;
    const std::string question = question_line(id, drawn, cotangent);
    Answer answer;
    ask(question, [&](const std::string& line) { answer = read_answer(line, id, drawn); });
    return answer;
}

std::optional<std::vector<double>> PipeSubject::jvp(const cases::Case& drawn,
                                                    std::span<const double> tangent) const {
    if (!greeting_.jvp) return std::nullopt;
    require_offered(drawn);
    const std::uint64_t id = ++last_id_;
    const std::string question = tangent_question_line(id, drawn, tangent);
    std::vector<double> answer;
    ask(question, [&](const std::string& line) { answer = read_jvp(line, id, drawn); });
    return answer;
}

void PipeSubject::end() const {
    talk([this] {
        continue_or_begin();
        conversation_->end(kGrace);
    });
    conversation_.reset();
}

void PipeSubject::require_offered(const cases::Case& drawn) const {
    if (const auto why = beyond(greeting_, drawn)) throw Unsupported("its greeting offers " + *why);
}

Greeting PipeSubject::begin() const {
    conversation_ = std::make_unique<Conversation>(command_, limits_);
    return greeting_of(*conversation_);
}

void PipeSubject::continue_or_begin() const {
    if (conversation_ && conversation_->is_own()) return;
    const Greeting greeting = begin();
    if (greeting == greeting_) return;
    throw Fault(FaultKind::garbage,
                "started anew, it greets with " + greeting_line(greeting) +
                    ", wanted what it said at first: " + greeting_line(greeting_));
}

void PipeSubject::ask(const std::string& question,
                      const std::function<void(const std::string&)>& read) const {
    talk([&] {
        continue_or_begin();
        read(conversation_->answer_to(question));
        if (lingers_) conversation_->listen(kLingering);
    });
}

void PipeSubject::talk(const std::function<void()>& exchange) const {
    try {
        exchange();
    } catch (const Fault& fault) {
        if (fault.kind() == FaultKind::threw) throw;
        lingers_ =
            lingers_ || fault.kind() == FaultKind::unasked || conversation_->came_after_answer();
        const std::string words = conversation_->last_words();
        conversation_.reset();
        throw Fault(fault.kind(), fault.what() + words);
    }
}

}  // namespace gradproof::subject
