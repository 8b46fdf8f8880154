// Attributes and shapes of what slides over axes.
#include <gradproof/primitives/windows.hpp>

#include <gradproof/primitives/whole_attributes.hpp>

#include <functional>
#include <numeric>

namespace gradproof::primitives {

std::size_t whole(std::string_view primitive, std::string_view attribute, double value,
                  std::size_t least) {
    return whole(primitive, attribute, value, least, 1000);
}

std::size_t planes(const scalar::Shape& shape, std::size_t axes) {
    return std::accumulate(shape.begin(), shape.end() - static_cast<std::ptrdiff_t>(axes),
                           std::size_t{1}, std::multiplies<>());
}

}  // namespace gradproof::primitives
