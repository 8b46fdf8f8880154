// JSON on one line, as a protocol of lines wants it.
#pragma once

#include <string>
#include <string_view>

namespace gradproof::cases {

/// The same JSON without white space, but for that inside of texts.
[[nodiscard]] std::string one_line(std::string_view json);

}  // namespace gradproof::cases
