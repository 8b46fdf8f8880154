// Looking at letters and brackets outside of texts.
#include <gradproof/subject/broken_json.hpp>

#include <cstddef>
#include <utility>

namespace gradproof::subject {

namespace {

/// Calls `see` for every letter outside of texts, with its place; true where a text does not end.
template <class See>
bool outside_of_texts(std::string_view line, const See& see) {
    bool in_text = false, escaped = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (line[i] == '"' && !escaped) {
            in_text = !in_text;
        } else if (!in_text) {
            see(i);
        }
        escaped = in_text && line[i] == '\\' && !escaped;
    }
    return in_text;
}

[[nodiscard]] bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

[[nodiscard]] char lowered(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

}  // namespace

bool breaks_off(std::string_view line) {
    std::size_t open = 0;
    const bool in_text = outside_of_texts(line, [&](std::size_t i) {
        if (line[i] == '[' || line[i] == '{') ++open;
        if ((line[i] == ']' || line[i] == '}') && open > 0) --open;
    });
    return in_text || open > 0;
}

std::optional<std::string> unquoted_number(std::string_view line) {
    constexpr std::pair<std::string_view, std::string_view> names[] = {
        {"nan", "nan"}, {"inf", "inf"}, {"infinity", "inf"}};
    std::optional<std::string> found;
    outside_of_texts(line, [&](std::size_t i) {
        if (found || !is_letter(line[i]) || (i > 0 && is_letter(line[i - 1]))) return;
        std::size_t end = i;
        std::string word;
        while (end < line.size() && is_letter(line[end])) word += lowered(line[end++]);
        const bool negative = i > 0 && line[i - 1] == '-';
        for (const auto& [name, wanted] : names) {
            if (word != name) continue;
            const std::string sign = negative ? "-" : "";
            found = sign + std::string(line.substr(i, end - i)) + " is no JSON; write \"" +
                    (wanted == "nan" ? "" : sign) + std::string(wanted) + "\"";
        }
    });
    return found;
}

}  // namespace gradproof::subject
