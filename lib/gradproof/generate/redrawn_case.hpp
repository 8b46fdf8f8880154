// A case drawn again: the same program with other inputs and another cotangent.
#pragma once

#include <gradproof/case/case.hpp>
#include <gradproof/generate/dice.hpp>
#include <gradproof/generate/number.hpp>

namespace gradproof::generate {

/// Inputs from their domains in this style, each number on its own; a dense cotangent.
[[nodiscard]] cases::Case redraw(Dice& dice, const cases::Case& drawn, Style style);

}  // namespace gradproof::generate
