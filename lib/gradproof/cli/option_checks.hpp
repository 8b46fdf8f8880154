// Checks of options that CLI11 lets pass.
#pragma once

#include <CLI/CLI.hpp>

#include <string>

namespace gradproof::cli {

/// Of a count: CLI11 would wrap -1 around to 2^64 - 1.
[[nodiscard]] inline CLI::Validator not_negative() {
    return {[](std::string& text) {
                return text.starts_with('-') ? "given " + text + ", wanted 0 or more"
                                             : std::string();
            },
            "UINT"};
}

/// Of a number: NaN is in every range.
[[nodiscard]] inline CLI::Validator a_number() {
    return {[](std::string& text) {
                const bool other = text.find_first_of("nN") != std::string::npos;
                return other ? "given " + text + ", wanted a number" : std::string();
            },
            ""};
}

/// Of a folder: an empty name would be the current one.
[[nodiscard]] inline CLI::Validator not_empty() {
    return {[](std::string& text) {
                return text.empty() ? std::string("given an empty name, wanted a folder's")
                                    : std::string();
            },
            ""};
}

}  // namespace gradproof::cli
