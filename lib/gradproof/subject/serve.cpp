// A loop over lines.
#include <gradproof/subject/serve.hpp>

#include <gradproof/case/format_error.hpp>
#include <gradproof/subject/answer.hpp>
#include <gradproof/subject/fault.hpp>
#include <gradproof/subject/question.hpp>

#include <exception>
#include <string>

namespace gradproof::subject {

namespace {

[[nodiscard]] std::string answer_to(const Question& question, const ProgramSubject& subject,
                                    const Greeting& greeting) {
    const cases::Case& drawn = question.drawn;
    try {
        if (const auto why = beyond(greeting, drawn)) return unsupported_line(question.id, *why);
        if (!question.tangent)
            return answer_line(question.id, drawn, subject.answer(drawn, drawn.cotangent));
        const auto jvp = subject.jvp(drawn, *question.tangent);
        return jvp ? jvp_line(question.id, drawn, *jvp)
                   : unsupported_line(question.id, "no forward mode");
    } catch (const Unsupported& why) {
        return unsupported_line(question.id, why.what());
    } catch (const std::exception& error) {
        return error_line(question.id, error.what());
    }
}

}  // namespace

int serve(const ProgramSubject& subject, const Greeting& greeting, std::istream& input,
          std::ostream& output) {
    output << greeting_line(greeting) << '\n' << std::flush;
    for (std::string line; std::getline(input, line);) {
        try {
            output << answer_to(read_question(line), subject, greeting) << '\n' << std::flush;
        } catch (const cases::FormatError& refusal) {
            output << error_line(0, refusal.what()) << '\n' << std::flush;
            return 2;
        }
    }
    return 0;
}

}  // namespace gradproof::subject
