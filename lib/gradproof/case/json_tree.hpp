// JSON as a tree of values that know their place in the text: each keeps its own letters, so that no
// number passes through another number type on its way.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace gradproof::cases {

enum class JsonKind { null, boolean, number, text, list, object };

struct JsonValue {
    JsonKind kind = JsonKind::null;
    std::string_view raw = {};  ///< its letters in the text, which must outlive it
    /// Of a list, its items; of an object, key, value, key, value, ...
    std::vector<JsonValue> children = {};
};

inline constexpr std::size_t deepest_json = 16;
inline constexpr std::size_t most_json_values = 4'000'000;
inline constexpr std::size_t most_json_fields = 1000;  ///< of one object

/// The tree of one JSON text. Throws `FormatError` for what is not one JSON value in UTF-8, and for
/// NUL bytes, a field given twice, more than `deepest_json` levels, `most_json_values` values or
/// `most_json_fields` fields of an object.
[[nodiscard]] JsonValue json_tree(std::string_view text, std::string_view file_name);

/// What a JSON string means, given with its quotes.
[[nodiscard]] std::string decoded(std::string_view raw_string);

/// "a list", "the number 1.5", "\"abc\"": how messages speak of a value.
[[nodiscard]] std::string described(const JsonValue& value);

/// One step of a path such as inputs[0].values, from a list or an object on to a child of it.
[[nodiscard]] std::string step(const JsonValue& parent, std::size_t child);

/// Throws `FormatError` "FILE:LINE:COLUMN: PATH: MESSAGE".
[[noreturn]] void refuse_at(std::size_t offset, std::string_view text, std::string_view file_name,
                            std::string_view path, const std::string& message);

}  // namespace gradproof::cases
