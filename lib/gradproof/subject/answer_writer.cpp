// Answers as lines: flat arrays, the shortest decimals.
#include <gradproof/subject/answer.hpp>

#include <gradproof/case/number_text.hpp>
#include <gradproof/case/quotation.hpp>

#include <stdexcept>

namespace gradproof::subject {

namespace {

[[nodiscard]] std::string begin(std::uint64_t id) { return "{\"id\":" + std::to_string(id); }

[[nodiscard]] std::string array(std::span<const double> numbers, scalar::Precision precision) {
    std::string text = "[";
    for (const double number : numbers)
        text += (text.size() > 1 ? "," : "") + cases::number_text(number, precision);
    return text + "]";
}

}  // namespace

std::string answer_line(std::uint64_t id, const cases::Case& drawn, const cases::Answer& answer) {
    const std::size_t wanted = cases::flat_inputs(drawn).size();
    if (answer.gradient.size() != wanted) {
        throw std::invalid_argument("given a gradient of " +
                                    std::to_string(answer.gradient.size()) + " numbers, wanted " +
                                    std::to_string(wanted) + ", one for each number of the inputs");
    }
    std::string gradient;
    std::span<const double> left = answer.gradient;
    for (const auto& input : drawn.inputs) {
        gradient +=
            (gradient.empty() ? "" : ",") + array(left.first(input.size()), drawn.precision);
        left = left.subspan(input.size());
    }
    return begin(id) + ",\"primal\":" + array(answer.primal, drawn.precision) + ",\"gradient\":[" +
           gradient + "]}";
}

std::string jvp_line(std::uint64_t id, const cases::Case& drawn, std::span<const double> jvp) {
    return begin(id) + ",\"jvp\":" + array(jvp, drawn.precision) + "}";
}

std::string unsupported_line(std::uint64_t id, std::string_view why) {
    return begin(id) + ",\"unsupported\":" + cases::json_string(why) + "}";
}

std::string error_line(std::uint64_t id, std::string_view what) {
    return begin(id) + ",\"error\":" + cases::json_string(what) + "}";
}

}  // namespace gradproof::subject
