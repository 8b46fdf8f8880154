// The check of attributes that count, and its wording.
#include <gradproof/primitives/whole_attributes.hpp>

#include <gradproof/primitives/elementwise.hpp>

#include <charconv>
#include <cmath>

namespace gradproof::primitives {

std::string text_of(double attribute) {
    char text[32];
    return {text, std::to_chars(text, text + sizeof text, attribute).ptr};
}

std::size_t whole(std::string_view name, std::string_view what, double attribute, std::size_t least,
                  std::size_t most) {
    const bool within =
        attribute >= static_cast<double>(least) && attribute <= static_cast<double>(most);
    if (!within || attribute != std::floor(attribute)) {
        refuse_shape(
            name, std::string(what) + " " + text_of(attribute),
            "a whole number from " + std::to_string(least) + " to " + std::to_string(most));
    }
    return static_cast<std::size_t>(attribute);
}

}  // namespace gradproof::primitives
