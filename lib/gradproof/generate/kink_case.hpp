// Cases whose pre-activations lie exactly at a kink or a few ulps beside it, on purpose.
#pragma once

#include <gradproof/case/case.hpp>
#include <gradproof/generate/dice.hpp>

#include <rapidcheck/Gen.h>

#include <cstdint>

namespace gradproof::generate {

/// How far from a kink a pre-activation may be to count as next to it, in ulps of the largest
/// magnitude that it is made of: itself, the kink, and the summands where it is a sum.
inline constexpr std::int64_t kKinkNeighbourhood = 4;

/// What a case has of kinks, by a plain forward sweep in its precision.
struct KinkCoverage {
    bool at_kink = false;      ///< some operand is exactly at a kink: a zero, a tie
    bool beside_kink = false;  ///< some operand is within 4 ulps of one, but not at it
};

/// Looks at every primitive of the case with kinks or tie points of its own, and at every maximum, minimum,
/// max and norm (of a norm only at the zero vector).
[[nodiscard]] KinkCoverage kink_coverage(const cases::Case& drawn);

/// A kinked primitive alone (three in ten), or a net of one to three layers of up to four units with
/// such activations, drawn with `dice`: inputs and weights are one-decimal numbers or small integers;
/// biases (or second operands) put some pre-activations at a kink or up to 4 ulps beside it, as the
/// sums come out in `precision`.
[[nodiscard]] cases::Case draw_kink_case(Dice& dice,
                                         scalar::Precision precision = scalar::Precision::binary64);

/// The same as a generator, with shrinks.
[[nodiscard]] rc::Gen<cases::Case> kink_case(
    scalar::Precision precision = scalar::Precision::binary64);

}  // namespace gradproof::generate
