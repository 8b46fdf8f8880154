// JSON read strictly: what is there must be what is wanted, or the error says where it is not.
#pragma once

#include <gradproof/case/format_error.hpp>
#include <gradproof/case/json_tree.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gradproof::cases {

/// One JSON text and the errors that point into it. The text and the file's name must outlive it.
class JsonDocument {
public:
    /// Throws what `json_tree` does.
    JsonDocument(std::string_view text, std::string_view file_name);

    [[nodiscard]] const JsonValue& root() const { return root_; }

    /// Throws unless `object` is one, has all `required` fields and beside them only `optional` ones.
    void require_fields(const JsonValue& object, const std::vector<std::string>& required,
                        const std::vector<std::string>& optional = {}) const;

    /// The value of a field, or nullptr.
    [[nodiscard]] static const JsonValue* find(const JsonValue& object, std::string_view name);
    /// The value of a field; throws where there is none.
    [[nodiscard]] const JsonValue& field(const JsonValue& object, std::string_view name) const;

    // What the value holds; throw where it is of another kind.
    [[nodiscard]] const std::vector<JsonValue>& list(const JsonValue& value) const;
    [[nodiscard]] std::string text(const JsonValue& value) const;
    [[nodiscard]] std::uint64_t whole_number(const JsonValue& value) const;

    /// Throws "FILE:LINE:COLUMN: inputs[0].shape: MESSAGE", the place being the value's.
    [[noreturn]] void refuse(const JsonValue& at, const std::string& message) const;
    /// The same with "given WHAT IS THERE, wanted ...; remedy" for a message.
    [[noreturn]] void refuse(const JsonValue& at, const std::string& wanted,
                             const std::string& remedy) const;

private:
    std::string_view text_;
    std::string_view file_name_;
    JsonValue root_;
};

}  // namespace gradproof::cases
