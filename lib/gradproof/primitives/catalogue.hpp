// The catalogue: every primitive there is, by name.
#pragma once

#include <gradproof/backprop/primitive.hpp>

#include <string_view>
#include <vector>

namespace gradproof::primitives {

/// All primitives, family by family; they live as long as the program.
[[nodiscard]] const std::vector<backprop::Primitive>& catalogue();

/// What a primitive's family is called, such as "activations"; that of a replacement is its namesake's.
/// Throws as `primitive` does.
[[nodiscard]] std::string_view family(const backprop::Primitive& primitive);
/// The names of all families.
[[nodiscard]] std::vector<std::string_view> families();

/// The primitive of that name, or nullptr.
[[nodiscard]] const backprop::Primitive* find(std::string_view name);

/// The primitive of that name. Throws `std::invalid_argument` with the nearest name there is.
[[nodiscard]] const backprop::Primitive& primitive(std::string_view name);

}  // namespace gradproof::primitives
