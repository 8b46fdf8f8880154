// What bad use is refused with.
#pragma once

#include <exception>
#include <string>

namespace gradproof::testing {

/// What the statement refuses with; empty where it does not.
template <class Statement>
[[nodiscard]] std::string refusal_of(Statement statement) {
    try {
        statement();
    } catch (const std::exception& refusal) {
        return refusal.what();
    }
    return "";
}

}  // namespace gradproof::testing
