// Leaving out white space, letter by letter.
#include <gradproof/case/one_line.hpp>

namespace gradproof::cases {

std::string one_line(std::string_view json) {
    std::string line;
    line.reserve(json.size());
    bool in_text = false, escaped = false;
    for (const char c : json) {
        const bool space = c == ' ' || c == '\n' || c == '\t' || c == '\r';
        if (in_text || !space) line += c;
        if (c == '"' && !escaped) in_text = !in_text;
        escaped = in_text && c == '\\' && !escaped;
    }
    return line;
}

}  // namespace gradproof::cases
