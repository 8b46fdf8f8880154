// The words for a shape.
#include <gradproof/testing/sizes.hpp>

namespace gradproof::testing {

std::string to_string(const Input& input) {
    std::string text = "[";
    for (std::size_t axis = 0; axis < input.axes.size(); ++axis) {
        const Axis& at = input.axes[axis];
        text += (axis > 0 ? ", " : "") + (at.name.empty() ? std::to_string(at.size) : at.name);
    }
    return text + "]";
}

}  // namespace gradproof::testing
