// Attributes that count something: axes, sizes, positions. They are whole numbers, checked as such.
#pragma once

#include <gradproof/backprop/primitive.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace gradproof::primitives {

/// "3", "2.5", "-1": an attribute as an error names it.
[[nodiscard]] std::string text_of(double attribute);
/// An attribute that `whole` has let pass, as the count that it is.
[[nodiscard]] inline std::size_t count_of(double attribute) {
    return static_cast<std::size_t>(attribute);
}

/// The attribute as a count. Throws `ShapeError` for one that is no whole number of `least` .. `most`;
/// `what` is what it counts: "axis", "begin".
[[nodiscard]] std::size_t whole(std::string_view name, std::string_view what, double attribute,
                                std::size_t least, std::size_t most);

}  // namespace gradproof::primitives
