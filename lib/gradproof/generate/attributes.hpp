// Attributes away from any default, that fit the shapes of the operands.
#pragma once

#include <gradproof/backprop/primitive.hpp>
#include <gradproof/generate/dice.hpp>
#include <gradproof/generate/precision.hpp>

#include <optional>
#include <span>

namespace gradproof::generate {

/// The attributes of an application to operands of these shapes, representable in `precision`; nothing
/// where none fit.
[[nodiscard]] std::optional<backprop::Attributes> draw_attributes(
    Dice& dice, const backprop::Primitive& primitive, std::span<const backprop::Shape> operands,
    Precision precision);

}  // namespace gradproof::generate
