// Attributes and shapes of what slides over axes.
#include <gradproof/primitives/windows.hpp>

#include <gradproof/primitives/elementwise.hpp>

#include <cmath>
#include <functional>
#include <numeric>
#include <string>

namespace gradproof::primitives {

std::size_t whole(std::string_view primitive, std::string_view attribute, double value,
                  std::size_t least) {
    constexpr double most = 1000;
    if (!(value >= static_cast<double>(least) && value <= most) || value != std::floor(value)) {
        refuse_shape(primitive, std::string(attribute) + " " + std::to_string(value),
                     "a whole number from " + std::to_string(least) + " to 1000");
    }
    return static_cast<std::size_t>(value);
}

std::size_t planes(const Shape& shape, std::size_t axes) {
    return std::accumulate(shape.begin(), shape.end() - static_cast<std::ptrdiff_t>(axes),
                           std::size_t{1}, std::multiplies<>());
}

}  // namespace gradproof::primitives
