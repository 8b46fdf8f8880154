// A question is a case file on one line, with an id.
#include <gradproof/subject/question.hpp>

#include <gradproof/case/array_reader.hpp>
#include <gradproof/case/file.hpp>
#include <gradproof/case/number_text.hpp>
#include <gradproof/case/one_line.hpp>
#include <gradproof/case/strict_json.hpp>

#include <stdexcept>

namespace gradproof::subject {

namespace {

[[nodiscard]] std::string question_begin(std::uint64_t id, const cases::Case& drawn) {
    return "{\"id\":" + std::to_string(id) + ",\"case\":" + cases::one_line(cases::write(drawn));
}

}  // namespace

std::string question_line(std::uint64_t id, const cases::Case& drawn,
                          std::span<const double> cotangent) {
    cases::Case asked = drawn;
    asked.cotangent.assign(cotangent.begin(), cotangent.end());
    return question_begin(id, asked) + "}";
}

std::string tangent_question_line(std::uint64_t id, const cases::Case& drawn,
                                  std::span<const double> tangent) {
    std::string line = question_begin(id, drawn) + ",\"tangent\":[";
    for (const auto& input : drawn.inputs) {
        if (input.size() > tangent.size()) {
            throw std::invalid_argument("given a tangent of fewer numbers than the inputs have");
        }
        line += line.back() == ']' ? ",[" : "[";
        for (std::size_t i = 0; i < input.size(); ++i)
            line += (i > 0 ? "," : "") + cases::number_text(tangent[i], drawn.precision);
        line += "]";
        tangent = tangent.subspan(input.size());
    }
    return line + "]}";
}

Question read_question(std::string_view line) {
    const cases::JsonDocument json(line, "question");
    json.require_fields(json.root(), {"id", "case"}, {"tangent"});
    Question question;
    question.id = json.whole_number(json.field(json.root(), "id"));
    question.drawn = cases::read(json.field(json.root(), "case").raw, "question's case").drawn;
    const cases::JsonValue* tangent = cases::JsonDocument::find(json.root(), "tangent");
    if (tangent == nullptr) return question;
    const std::vector<scalar::Shape> shapes = question.drawn.graph.input_shapes();
    if (json.list(*tangent).size() != shapes.size()) {
        json.refuse(*tangent, "given " + std::to_string(tangent->children.size()) +
                                  " arrays, wanted " + std::to_string(shapes.size()) +
                                  ", one for each input; mend the tangent");
    }
    question.tangent.emplace();
    for (std::size_t i = 0; i < shapes.size(); ++i) {
        const cases::JsonValue& at = tangent->children[i];
        const auto numbers = cases::read_numbers(json, at, question.drawn.precision);
        cases::require_count(json, at, shapes[i], "the input's shape");
        question.tangent->insert(question.tangent->end(), numbers.begin(), numbers.end());
    }
    return question;
}

}  // namespace gradproof::subject
