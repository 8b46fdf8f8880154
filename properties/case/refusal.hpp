// What every refusal of a file must be: one line with the place, what was given, and a remedy.
#pragma once

#include <cctype>
#include <cstddef>
#include <string>

namespace gradproof::cases {

/// "FILE:LINE:COLUMN: ...; ...", on one line of a length that can be read.
[[nodiscard]] inline bool has_place_and_remedy(const std::string& message,
                                               const std::string& file) {
    if (!message.starts_with(file + ":")) return false;
    std::size_t at = file.size();
    for (int number = 0; number < 2; ++number) {  // line, column, both from 1
        const std::size_t digits = ++at;
        if (at >= message.size() || message[at] == '0') return false;
        while (at < message.size() && std::isdigit(static_cast<unsigned char>(message[at]))) ++at;
        if (at == digits || at >= message.size() || message[at] != ':') return false;
    }
    return message.find("given ", at) != message.npos && message.find("; ", at) != message.npos &&
           message.find('\n') == message.npos && message.size() < 1000;
}

}  // namespace gradproof::cases
