// Typed access to a JSON tree, and the errors that point into it.
#include <gradproof/case/strict_json.hpp>

#include <gradproof/case/quotation.hpp>

#include <algorithm>
#include <charconv>

namespace gradproof::cases {

JsonDocument::JsonDocument(std::string_view text, std::string_view file_name)
    : text_(text), file_name_(file_name), root_(json_tree(text, file_name)) {}

const JsonValue* JsonDocument::find(const JsonValue& object, std::string_view name) {
    for (std::size_t i = 1; i < object.children.size(); i += 2) {
        if (decoded(object.children[i - 1].raw) == name) return &object.children[i];
    }
    return nullptr;
}

const JsonValue& JsonDocument::field(const JsonValue& object, std::string_view name) const {
    if (object.kind != JsonKind::object) {
        refuse(object, "an object with the field " + quotation(name), "write one");
    }
    const JsonValue* found = find(object, name);
    if (found == nullptr) {
        refuse(object, "given no field " + quotation(name) + ", wanted one; add it");
    }
    return *found;
}

void JsonDocument::require_fields(const JsonValue& object, const std::vector<std::string>& required,
                                  const std::vector<std::string>& optional) const {
    std::vector<std::string> known = required;
    known.insert(known.end(), optional.begin(), optional.end());
    if (object.kind != JsonKind::object) {
        refuse(object, "an object with the fields " + quotations(known), "write one");
    }
    for (std::size_t i = 0; i < object.children.size(); i += 2) {
        const std::string name = decoded(object.children[i].raw);
        if (std::find(known.begin(), known.end(), name) == known.end()) {
            refuse(object.children[i], "given the unknown field " + quotation(name) + ", wanted " +
                                           quotations(known) + "; mend its name or remove it");
        }
    }
    for (const std::string& name : required) static_cast<void>(field(object, name));
}

const std::vector<JsonValue>& JsonDocument::list(const JsonValue& value) const {
    if (value.kind != JsonKind::list) refuse(value, "a list", "put it in [ and ]");
    return value.children;
}

std::string JsonDocument::text(const JsonValue& value) const {
    if (value.kind != JsonKind::text) refuse(value, "a text", "put it in double quotes");
    return decoded(value.raw);
}

std::uint64_t JsonDocument::whole_number(const JsonValue& value) const {
    std::uint64_t number = 0;
    const char* end = value.raw.data() + value.raw.size();
    const auto read = std::from_chars(value.raw.data(), end, number);
    if (value.kind != JsonKind::number || read.ec != std::errc() || read.ptr != end) {
        refuse(value, "a whole number from 0 to 18446744073709551615", "write it in digits only");
    }
    return number;
}

void JsonDocument::refuse(const JsonValue& at, const std::string& message) const {
    const auto offset_of = [this](const JsonValue& value) {
        return static_cast<std::size_t>(value.raw.data() - text_.data());
    };
    const std::size_t offset = offset_of(at);
    std::string path;
    for (const JsonValue* parent = &root_; parent != nullptr;) {
        const JsonValue* inside = nullptr;
        const std::size_t stride = parent->kind == JsonKind::object ? 2 : 1;
        for (std::size_t i = stride - 1; i < parent->children.size() && parent != &at;
             i += stride) {
            const JsonValue& child = parent->children[i];
            if (offset < offset_of(child) || offset >= offset_of(child) + child.raw.size())
                continue;
            path += step(*parent, i);
            inside = &child;
            break;
        }
        parent = inside;
    }
    refuse_at(offset, text_, file_name_, path, message);
}

void JsonDocument::refuse(const JsonValue& at, const std::string& wanted,
                          const std::string& remedy) const {
    refuse(at, "given " + described(at) + ", wanted " + wanted + "; " + remedy);
}

}  // namespace gradproof::cases
