// Cases of a single primitive: every combination of shapes that fits, inputs from its domain.
#pragma once

#include <gradproof/case/case.hpp>
#include <gradproof/generate/dice.hpp>

#include <rapidcheck/Gen.h>

namespace gradproof::generate {

/// A case of `primitive` alone, drawn with `dice`: inputs in its domain, hard points on purpose,
/// attributes away from any default.
[[nodiscard]] cases::Case draw_primitive_case(
    Dice& dice, const backprop::Primitive& primitive,
    scalar::Precision precision = scalar::Precision::binary64);

/// The same as a generator, with shrinks.
[[nodiscard]] rc::Gen<cases::Case> primitive_case(
    const backprop::Primitive& primitive,
    scalar::Precision precision = scalar::Precision::binary64);

}  // namespace gradproof::generate
