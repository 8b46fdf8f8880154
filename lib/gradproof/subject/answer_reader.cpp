// Reading an answer: arrays flat or nested, and what is none.
#include <gradproof/subject/answer.hpp>

#include <gradproof/case/array_reader.hpp>
#include <gradproof/case/quotation.hpp>
#include <gradproof/case/strict_json.hpp>
#include <gradproof/subject/broken_json.hpp>
#include <gradproof/subject/excerpt.hpp>
#include <gradproof/subject/fault.hpp>

#include <algorithm>

namespace gradproof::subject {

namespace {

using cases::JsonKind;
using cases::JsonValue;
using scalar::Shape;

/// One line that is JSON. Throws what `JsonDocument` does, and `Fault` where it breaks off.
class AnswerReader {
public:
    AnswerReader(std::string_view line, const cases::Case& drawn, FaultKind& kind)
        : json_(line, "answer"), drawn_(drawn), kind_(kind) {}

    /// Throws unless the line answers that question with numbers.
    void require_answer_to(std::uint64_t id, const std::vector<std::string>& numbers) const {
        const JsonValue& root = json_.root();
        const JsonValue& answered = json_.field(root, "id");
        if (json_.whole_number(answered) != id) {
            kind_ = FaultKind::unasked;
            json_.refuse(answered, "the question's id, " + std::to_string(id),
                         "answer each question once, in their order");
        }
        if (const JsonValue* why = cases::JsonDocument::find(root, "unsupported")) {
            json_.require_fields(root, {"id", "unsupported"});
            throw Unsupported(cases::without_control_characters(json_.text(*why)));
        }
        if (const JsonValue* what = cases::JsonDocument::find(root, "error")) {
            json_.require_fields(root, {"id", "error"});
            throw Fault(FaultKind::threw, cases::without_control_characters(json_.text(*what)));
        }
        json_.require_fields(root, {"id"}, numbers);
        kind_ = FaultKind::incomplete;
        for (const std::string& name : numbers) static_cast<void>(json_.field(root, name));
        kind_ = FaultKind::garbage;
    }

    [[nodiscard]] std::vector<double> of_output(std::string_view name) const {
        std::vector<double> numbers;
        append(json_.field(json_.root(), name), {drawn_.graph.output_shape(), "the output's shape"},
               numbers);
        return numbers;
    }

    [[nodiscard]] std::vector<double> of_inputs(std::string_view name) const {
        const JsonValue& at = json_.field(json_.root(), name);
        const backprop::Graph& graph = drawn_.graph;
        if (json_.list(at).size() != graph.inputs.size()) {
            kind_ = FaultKind::wrong_count;
            json_.refuse(at, "given " + std::to_string(at.children.size()) + " arrays, wanted " +
                                 std::to_string(graph.inputs.size()) +
                                 ", one for each input; zeros for one that the output does not "
                                 "depend on");
        }
        std::vector<double> numbers;
        for (std::size_t i = 0; i < graph.inputs.size(); ++i) {
            const backprop::Node& input = graph.nodes[graph.inputs[i]];
            append(at.children[i], {input.shape(), "the shape of input " + input.name}, numbers);
        }
        return numbers;
    }

private:
    struct Wanted {
        const Shape& shape;
        std::string whose;
    };

    cases::JsonDocument json_;
    const cases::Case& drawn_;
    FaultKind& kind_;  ///< of the fault if the next thing that is looked at is refused

    void append(const JsonValue& at, const Wanted& wanted, std::vector<double>& numbers) const {
        if (at.kind != JsonKind::list && wanted.shape.empty()) return append_number(at, numbers);
        const std::vector<JsonValue>& items = json_.list(at);
        const bool nested = std::any_of(items.begin(), items.end(), [](const JsonValue& item) {
            return item.kind == JsonKind::list;
        });
        if (nested) return append_nested(at, wanted, 0, numbers);
        for (const JsonValue& item : items) append_number(item, numbers);
        kind_ = FaultKind::wrong_count;
        cases::require_count(json_, at, wanted.shape, wanted.whose);
        kind_ = FaultKind::garbage;
    }

    void append_nested(const JsonValue& at, const Wanted& wanted, std::size_t axis,
                       std::vector<double>& numbers) const {
        const bool last = axis == wanted.shape.size();
        if (last && at.kind != JsonKind::list) return append_number(at, numbers);
        if (last || at.kind != JsonKind::list || at.children.size() != wanted.shape[axis]) {
            kind_ = FaultKind::wrong_count;
            json_.refuse(at,
                         "lists nested as " + wanted.whose + ", " +
                             scalar::to_string(wanted.shape) + ", has it",
                         "nest them so, or write all numbers flat");
        }
        for (const JsonValue& child : at.children) append_nested(child, wanted, axis + 1, numbers);
    }

    void append_number(const JsonValue& at, std::vector<double>& numbers) const {
        if (at.kind == JsonKind::null)
            json_.refuse(at, "a number", "JSON.stringify writes NaN so: write \"nan\"");
        numbers.push_back(cases::read_number(json_, at, drawn_.precision));
    }
};

/// What `read` makes of the line.
template <class Read>
[[nodiscard]] auto read_line(std::string_view line, const cases::Case& drawn, const Read& read) {
    FaultKind kind = FaultKind::garbage;
    try {
        const AnswerReader reader(line, drawn, kind);
        return read(reader);
    } catch (const cases::FormatError& refusal) {
        if (line.starts_with('{') && breaks_off(line)) {
            throw Fault(FaultKind::incomplete, "the answer breaks off after " +
                                                   std::to_string(line.size()) +
                                                   " bytes: " + beginning(line));
        }
        std::string what = refusal.what();
        if (!line.starts_with('{')) what += "; write all but answers to standard error";
        if (const auto remedy = unquoted_number(line)) what += "; " + *remedy;
        throw Fault(kind, what + "; the line: " + beginning(line));
    }
}

}  // namespace

cases::Answer read_answer(std::string_view line, std::uint64_t id, const cases::Case& drawn) {
    return read_line(line, drawn, [id](const AnswerReader& reader) {
        reader.require_answer_to(id, {"primal", "gradient"});
        return cases::Answer{reader.of_output("primal"), reader.of_inputs("gradient")};
    });
}

std::vector<double> read_jvp(std::string_view line, std::uint64_t id, const cases::Case& drawn) {
    return read_line(line, drawn, [id](const AnswerReader& reader) {
        reader.require_answer_to(id, {"jvp"});
        return reader.of_output("jvp");
    });
}

}  // namespace gradproof::subject
