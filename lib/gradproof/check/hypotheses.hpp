// The hypotheses of a diagnosis, grouped by what they look at. Each group returns those of its
// mistakes that explain all that was seen.
#pragma once

#include <gradproof/check/hypothesis.hpp>

#include <span>
#include <vector>

namespace gradproof::check {

// Each answer against the one before it: stale, unrepeatable.
[[nodiscard]] std::vector<Explanation> changing_answers(std::span<const Facts> facts);

// NaN or infinity where the derivative is finite.
[[nodiscard]] std::vector<Explanation> lost_finiteness(std::span<const Facts> facts);

// The truth times something, or with something added: sign, factor, constant.
[[nodiscard]] std::vector<Explanation> multiples(std::span<const Facts> facts);

// The right numbers elsewhere: transposed, swapped, copied, turned round, shifted.
[[nodiscard]] std::vector<Explanation> misplaced(std::span<const Facts> facts);

// Zeros: an operand that gets nothing, an entry that is left out.
[[nodiscard]] std::vector<Explanation> left_out(std::span<const Facts> facts);

// What of the cotangent arrives where: ignored, in part or wholly; only the diagonal of the Jacobian;
// one term of a sum.
[[nodiscard]] std::vector<Explanation> lost_cotangents(std::span<const Facts> facts);

// Where the cotangent goes: read at the wrong place, assigned for added, not transposed, to all but one
// entry, in another order.
[[nodiscard]] std::vector<Explanation> misdirected(std::span<const Facts> facts);

// The cotangent itself for the gradient.
[[nodiscard]] std::vector<Explanation> handed_on(std::span<const Facts> facts);

// The answers to u, -2 u and 0.
[[nodiscard]] std::vector<Explanation> nonlinear(std::span<const Facts> facts);

// The slips of the program's own sweep: paths, slopes at wrong values, attributes ignored.
[[nodiscard]] std::vector<Explanation> slipped_uses(std::span<const Facts> facts);
[[nodiscard]] std::vector<Explanation> slipped_values(std::span<const Facts> facts);
[[nodiscard]] std::vector<Explanation> slipped_attributes(std::span<const Facts> facts);

// Something on the way that is differentiated as if it did not depend on the input.
[[nodiscard]] std::vector<Explanation> taken_for_constants(std::span<const Facts> facts);

// The slope at minus the input.
[[nodiscard]] std::vector<Explanation> mirrored(std::span<const Facts> facts);

// Rounding: a narrower type, cancellation.
[[nodiscard]] std::vector<Explanation> lost_digits(std::span<const Facts> facts);

// Wrong in one region of the inputs, right elsewhere: one that has a name, or any beyond a threshold.
[[nodiscard]] std::vector<Explanation> masked(std::span<const Facts> facts);
[[nodiscard]] std::vector<Explanation> masked_beyond(std::span<const Facts> facts);

}  // namespace gradproof::check
