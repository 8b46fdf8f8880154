// The two formats that subjects compute in.
#pragma once

#include <limits>
#include <string_view>

namespace gradproof::scalar {

/// The format of a subject's numbers. They travel as double in both; in binary32 each of them is
/// exactly a float.
enum class Precision { binary64, binary32 };

/// "binary64", "binary32", as in files and reports.
[[nodiscard]] constexpr std::string_view to_string(Precision precision) {
    return precision == Precision::binary64 ? "binary64" : "binary32";
}

/// The largest finite number of a format.
[[nodiscard]] constexpr double largest(Precision precision) {
    return precision == Precision::binary64 ? std::numeric_limits<double>::max()
                                            : double{std::numeric_limits<float>::max()};
}
[[nodiscard]] constexpr double smallest_normal(Precision precision) {
    return precision == Precision::binary64 ? std::numeric_limits<double>::min()
                                            : double{std::numeric_limits<float>::min()};
}
[[nodiscard]] constexpr double smallest_subnormal(Precision precision) {
    return precision == Precision::binary64 ? std::numeric_limits<double>::denorm_min()
                                            : double{std::numeric_limits<float>::denorm_min()};
}

}  // namespace gradproof::scalar
