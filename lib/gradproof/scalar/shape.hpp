// Shapes: the sizes of a value along its axes; {} is a scalar, {n} a vector, {m, n} a matrix.
#pragma once

#include <cstddef>
#include <functional>
#include <numeric>
#include <string>
#include <vector>

namespace gradproof::scalar {

/// Sizes along the axes, outermost first; elements are stored in row-major order.
using Shape = std::vector<std::size_t>;

/// Number of elements; 1 for a scalar, 0 where any size is 0.
[[nodiscard]] inline std::size_t element_count(const Shape& shape) {
    return std::accumulate(shape.begin(), shape.end(), std::size_t{1}, std::multiplies<>());
}

/// "[3, 4]", and "[]" for a scalar.
[[nodiscard]] inline std::string to_string(const Shape& shape) {
    std::string text = "[";
    for (std::size_t axis = 0; axis < shape.size(); ++axis) {
        if (axis > 0) text += ", ";
        text += std::to_string(shape[axis]);
    }
    return text + "]";
}

/// "W[2,0]" for the flat index of an entry of W; a scalar has its name alone.
[[nodiscard]] inline std::string element_name(const std::string& name, const Shape& shape,
                                              std::size_t flat) {
    std::string indices;
    for (std::size_t axis = shape.size(); axis-- > 0; flat /= shape[axis]) {
        indices = std::to_string(flat % shape[axis]) + (indices.empty() ? "" : ",") + indices;
    }
    return shape.empty() ? name : name + "[" + indices + "]";
}

}  // namespace gradproof::scalar
