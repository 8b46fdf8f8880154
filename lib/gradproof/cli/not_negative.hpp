// A check of options that count something.
#pragma once

#include <CLI/CLI.hpp>

#include <string>

namespace gradproof::cli {

/// CLI11 would wrap -1 around to 2^64 - 1.
[[nodiscard]] inline CLI::Validator not_negative() {
    return {[](std::string& text) {
                return text.starts_with('-') ? "given " + text + ", wanted 0 or more"
                                             : std::string();
            },
            "UINT"};
}

}  // namespace gradproof::cli
