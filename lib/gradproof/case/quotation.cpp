// Quoting by nlohmann-json, which knows UTF-8 and what has to be escaped.
#include <gradproof/case/quotation.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstddef>

namespace gradproof::cases {

namespace {

constexpr std::size_t longest_quotation = 60;
constexpr std::size_t most_quotations = 12;

}  // namespace

std::string json_string(std::string_view text) {
    using Json = nlohmann::json;
    return Json(text).dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string quotation(std::string_view text) {
    if (text.size() <= longest_quotation) return json_string(text);
    return json_string(text.substr(0, longest_quotation)) + "... (" + std::to_string(text.size()) +
           " bytes)";
}

std::string quotations(const std::vector<std::string>& texts) {
    std::string list;
    for (std::size_t i = 0; i < std::min(texts.size(), most_quotations); ++i) {
        list += (i > 0 ? ", " : "") + quotation(texts[i]);
    }
    return texts.size() > most_quotations ? list + ", ..." : list;
}

bool is_utf8(std::string_view text) {
    try {
        static_cast<void>(nlohmann::json(text).dump());
        return true;
    } catch (const nlohmann::json::type_error&) {
        return false;
    }
}

std::string without_control_characters(std::string text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
        if (byte(i) < 0x20 || byte(i) == 0x7F) text[i] = ' ';
        if (byte(i) == 0xC2 && i + 1 < text.size() && byte(i + 1) >= 0x80 && byte(i + 1) < 0xA0)
            text[i] = text[i + 1] = ' ';
    }
    return text;
}

bool has_control_characters(std::string_view text) {
    return without_control_characters(std::string(text)) != text;
}

}  // namespace gradproof::cases
