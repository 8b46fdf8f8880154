// nlohmann-json checks grammar and UTF-8; the tree beside it is built from the letters.
#include <gradproof/case/json_tree.hpp>

#include <gradproof/case/format_error.hpp>
#include <gradproof/case/quotation.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>
#include <utility>

namespace gradproof::cases {

namespace {

using Json = nlohmann::json;

/// Follows nlohmann's parser through the text. It tells each token once, in order, and between two
/// tokens stand only white space, commas and colons: so the token's letters are found without the
/// parser, which gives a number away as a number only (and -0 as 0).
class TreeBuilder {
public:
    TreeBuilder(std::string_view text, std::string_view file_name)
        : text_(text), file_name_(file_name), end_(text.starts_with("\xEF\xBB\xBF") ? 3 : 0) {}

    [[nodiscard]] JsonValue take_root() { return std::move(root_); }

    bool null() { return leaf(JsonKind::null); }
    bool boolean(bool) { return leaf(JsonKind::boolean); }
    bool number_integer(Json::number_integer_t) { return leaf(JsonKind::number); }
    bool number_unsigned(Json::number_unsigned_t) { return leaf(JsonKind::number); }
    bool number_float(Json::number_float_t, const std::string&) { return leaf(JsonKind::number); }
    bool string(const std::string&) { return leaf(JsonKind::text); }
    bool binary(const Json::binary_t&) { return false; }  // JSON as text has none
    bool start_object(std::size_t) { return open(JsonKind::object); }
    bool start_array(std::size_t) { return open(JsonKind::list); }
    bool end_object() { return close(); }
    bool end_array() { return close(); }

    bool key(const std::string& name) {
        const std::string_view raw = next_token();
        if (open_.back().names.size() == most_json_fields) {
            refuse(begin_, "given an object of more than " + std::to_string(most_json_fields) +
                               " fields, wanted those of a case; take them out");
        }
        if (!open_.back().names.insert(name).second) {
            refuse(begin_, "given the field " + quotation(name) +
                               " twice, wanted every field once; remove one of them");
        }
        open_.back().value.children.push_back({JsonKind::text, raw, {}});
        return true;
    }

    bool parse_error(std::size_t position, const std::string& token, const Json::exception& e) {
        if (constexpr int number_overflow = 406; e.id == number_overflow) {
            const std::string given = described({JsonKind::number, next_token()});
            refuse(begin_, "given " + given +
                               ", wanted a number within the range of a double; "
                               "write an infinite one as \"inf\" or \"-inf\"");
        }
        std::string complaint = e.what();
        complaint.erase(0, std::min(complaint.find("syntax error "), complaint.size()));
        if (complaint.find("unexpected end of input") != complaint.npos) {
            refuse(text_.size(),
                   "given a text that ends too early, wanted whole JSON; "
                   "take a whole copy, or add what is missing");
        }
        // A token that is sound but out of place, or the letter that makes one unsound.
        const bool sound = complaint.find("- unexpected") != complaint.npos;
        const std::size_t length = sound ? token.size() : 1;
        const std::size_t at = position - std::min(position, length);
        complaint.erase(std::min(complaint.find("; last read"), complaint.size()));
        const std::size_t shown = std::min<std::size_t>(token.size(), 20);
        refuse(std::min(at, text_.size()), "given broken JSON (" + complaint + ", near " +
                                               quotation(token.substr(token.size() - shown)) +
                                               "), wanted JSON; mend it at this place");
    }

private:
    struct Open {
        JsonValue value;
        std::size_t begin = 0;
        std::set<std::string> names;
    };

    [[noreturn]] void refuse(std::size_t offset, const std::string& message) const {
        std::string path;
        for (const Open& open : open_) {
            const std::size_t count = open.value.children.size();
            if (open.value.kind == JsonKind::list || count % 2 == 1)
                path += step(open.value, count);
        }
        refuse_at(offset, text_, file_name_, path, message);
    }

    std::string_view next_token() {
        begin_ = text_.find_first_not_of(" \t\r\n,:", end_);
        const char first = text_[begin_];
        if (first == '"') {
            end_ = begin_ + 1;
            while (text_[end_] != '"') end_ += text_[end_] == '\\' ? 2 : 1;
            ++end_;
        } else if (std::string_view("{}[]").find(first) != std::string_view::npos) {
            end_ = begin_ + 1;
        } else {
            end_ = std::min(text_.find_first_of(" \t\r\n,:{}[]\"", begin_), text_.size());
        }
        return text_.substr(begin_, end_ - begin_);
    }

    void require_room() {
        if (++values_ > most_json_values) {
            refuse(begin_, "given more than " + std::to_string(most_json_values) +
                               " values, wanted a case that can be checked; draw a smaller one");
        }
    }

    bool leaf(JsonKind kind) {
        const std::string_view raw = next_token();
        require_room();
        return place({kind, raw, {}});
    }

    bool open(JsonKind kind) {
        next_token();
        require_room();
        if (open_.size() == deepest_json) {
            refuse(begin_, "given more than " + std::to_string(deepest_json) +
                               " levels of lists and objects, wanted fewer; a case needs five");
        }
        open_.push_back({{kind, {}, {}}, begin_, {}});
        return true;
    }

    bool close() {
        next_token();
        JsonValue value = std::move(open_.back().value);
        value.raw = text_.substr(open_.back().begin, end_ - open_.back().begin);
        open_.pop_back();
        return place(std::move(value));
    }

    bool place(JsonValue value) {
        (open_.empty() ? root_ : open_.back().value.children.emplace_back()) = std::move(value);
        return true;
    }

    std::string_view text_;
    std::string_view file_name_;
    std::size_t begin_ = 0;  ///< of the latest token
    std::size_t end_ = 0;
    std::size_t values_ = 0;
    std::vector<Open> open_;
    JsonValue root_;
};

}  // namespace

JsonValue json_tree(std::string_view text, std::string_view file_name) {
    if (text.find_first_not_of(" \t\r\n") == text.npos) {
        refuse_at(0, text, file_name, "", "given an empty text, wanted JSON; take a whole copy");
    }
    if (const std::size_t nul = text.find('\0'); nul != text.npos) {
        refuse_at(nul, text, file_name, "",
                  "given a NUL byte, wanted JSON in UTF-8; the file is damaged or is no text");
    }
    TreeBuilder builder(text, file_name);
    Json::sax_parse(text.begin(), text.end(), &builder);
    return builder.take_root();
}

std::string decoded(std::string_view raw_string) {
    if (raw_string.find('\\') == raw_string.npos) {
        return std::string(raw_string.substr(1, raw_string.size() - 2));
    }
    return Json::parse(raw_string).get<std::string>();
}

std::string described(const JsonValue& value) {
    switch (value.kind) {
        case JsonKind::null: return "null";
        case JsonKind::boolean: return std::string(value.raw);
        case JsonKind::number: {
            const std::string text = quotation(value.raw);
            return "the number " + (value.raw.size() < 40 ? std::string(value.raw) : text);
        }
        case JsonKind::text: return quotation(decoded(value.raw));
        case JsonKind::list: return value.children.empty() ? "an empty list" : "a list";
        case JsonKind::object: return "an object";
    }
    return "";
}

std::string step(const JsonValue& parent, std::size_t child) {
    if (parent.kind == JsonKind::list) return "[" + std::to_string(child) + "]";
    const std::string name = decoded(parent.children[child - 1].raw);
    const bool plain =
        !name.empty() && name.size() < 40 && std::all_of(name.begin(), name.end(), [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                   c == '_';
        });
    return plain ? "." + name : "[" + quotation(name) + "]";
}

void refuse_at(std::size_t offset, std::string_view text, std::string_view file_name,
               std::string_view path, const std::string& message) {
    const std::string_view before = text.substr(0, offset);
    const std::size_t line_begin = before.rfind('\n') + 1;  // npos + 1 is 0
    const auto line = std::count(before.begin(), before.end(), '\n') + 1;
    const auto column = std::count_if(before.begin() + static_cast<std::ptrdiff_t>(line_begin),
                                      before.end(), [](char c) { return (c & 0xC0) != 0x80; }) +
                        1;
    if (path.starts_with('.')) path.remove_prefix(1);
    throw FormatError(std::string(file_name) + ":" + std::to_string(line) + ":" +
                      std::to_string(column) + ": " + std::string(path) +
                      (path.empty() ? "" : ": ") + message);
}

}  // namespace gradproof::cases
