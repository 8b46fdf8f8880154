// Cutting and cleaning.
#include <gradproof/subject/excerpt.hpp>

#include <gradproof/case/quotation.hpp>

#include <utility>
#include <vector>

namespace gradproof::subject {

namespace {

constexpr std::size_t kLines = 4;
constexpr std::size_t kLongestLine = 200;

[[nodiscard]] std::string printable(std::string text) {
    text = cases::without_control_characters(std::move(text));
    return cases::is_utf8(text) ? text : cases::json_string(text);
}

}  // namespace

std::string beginning(std::string_view text, std::size_t most) {
    if (text.ends_with('\n')) text.remove_suffix(1);
    if (text.size() <= most) return printable(std::string(text));
    const auto continues_a_letter = [](char c) { return (c & 0xC0) == 0x80; };
    std::size_t end = most;
    while (end > 0 && continues_a_letter(text[end])) --end;
    return printable(std::string(text.substr(0, end))) + "... (" + std::to_string(text.size()) +
           " bytes)";
}

std::string last_lines(std::string_view text) {
    std::vector<std::string_view> lines;  // the last one first
    while (!text.empty() && lines.size() < kLines) {
        const std::size_t begin = text.rfind('\n') + 1;  // npos + 1 is 0
        if (begin < text.size()) lines.push_back(text.substr(begin));
        text = text.substr(0, begin > 0 ? begin - 1 : 0);
    }
    std::string joined;
    while (!lines.empty()) {
        joined += (joined.empty() ? "" : " / ") + beginning(lines.back(), kLongestLine);
        lines.pop_back();
    }
    return joined;
}

}  // namespace gradproof::subject
