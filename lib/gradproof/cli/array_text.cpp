// Writing arrays, the brackets of each axis where its rows begin and end.
#include <gradproof/cli/array_text.hpp>

#include <gradproof/case/case.hpp>

#include <algorithm>
#include <cmath>

namespace gradproof::cli {

namespace {

constexpr std::size_t kFirstFew = 4;

[[nodiscard]] bool is_long(std::size_t count, const scalar::Shape& shape) {
    return count > kLongestArray ||
           std::ranges::any_of(shape, [](std::size_t size) { return size > kLongestArray; });
}

}  // namespace

std::string number_text(double value, scalar::Precision precision) {
    return std::isnan(value) ? "nan" : cases::shortest(value, precision);
}

std::string array_text(std::span<const double> values, const scalar::Shape& shape,
                       scalar::Precision precision) {
    if (is_long(values.size(), shape)) {
        std::string text = "[";
        for (const double value : values.first(std::min(kFirstFew, values.size())))
            text += number_text(value, precision) + ", ";
        return text + "..." + (values.empty() ? "" : ", " + number_text(values.back(), precision)) +
               "]";
    }
    if (shape.empty()) return number_text(values[0], precision);
    const scalar::Shape row(shape.begin() + 1, shape.end());
    const std::size_t count = scalar::element_count(row);
    std::string text = "[";
    for (std::size_t i = 0; i < shape[0]; ++i) {
        text += (i > 0 ? ", " : "") + array_text(values.subspan(i * count, count), row, precision);
    }
    return text + "]";
}

}  // namespace gradproof::cli
