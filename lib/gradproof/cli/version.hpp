// The version of gradproof, as the build knows it.
#pragma once

#include <string_view>

namespace gradproof::cli {

/// "0.1.0".
[[nodiscard]] std::string_view version();

}  // namespace gradproof::cli
