// Whether a text that a user reads has the words in it that it must have.
#pragma once

#include <string_view>

namespace gradproof {

[[nodiscard]] inline bool says(std::string_view text, std::string_view words) {
    return text.find(words) != std::string_view::npos;
}

}  // namespace gradproof
