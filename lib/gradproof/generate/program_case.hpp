// Cases of whole programs: random graphs over the catalogue that compute something at every node.
#pragma once

#include <gradproof/case/case.hpp>
#include <gradproof/generate/dice.hpp>

#include <rapidcheck/Gen.h>

#include <cstddef>
#include <stdexcept>
#include <vector>

namespace gradproof::generate {

/// How large a program may be.
struct ProgramBounds {
    std::size_t most_nodes = 30;         ///< besides the inputs
    std::size_t most_entries = 48;       ///< of all inputs together
    std::size_t most_node_entries = 64;  ///< of one node
    std::size_t highest_rank = 4;
    /// What may be applied, each as likely as any other; one that is named twice twice as likely. Empty for
    /// the whole catalogue, every primitive and every family by turns.
    std::vector<const backprop::Primitive*> primitives = {};
};

/// Thrown where no primitive finds operands within the bounds: a product of matrices, where the highest rank is 1.
struct NothingFits : std::invalid_argument {
    using std::invalid_argument::invalid_argument;
};

/// A program of 1 to `most_nodes` nodes, drawn with `dice`: every primitive of the catalogue as likely
/// as any other, and every family, by turns; applied to nodes that are there already where shapes and domains allow it, else to
/// fresh inputs; with nodes used several times, operands repeated, sums put at kinks and ties, and here
/// and there a node that nobody uses. Values stay in each function's domain, rounding included, and
/// mostly keep some digits. Throws `NothingFits`.
[[nodiscard]] cases::Case draw_program_case(
    Dice& dice, const ProgramBounds& bounds = {},
    scalar::Precision precision = scalar::Precision::binary64);

/// Whether there are programs within the bounds that apply the primitive.
[[nodiscard]] bool fits(const backprop::Primitive& primitive, ProgramBounds bounds);

/// The same as a generator, with shrinks.
[[nodiscard]] rc::Gen<cases::Case> program_case(
    const ProgramBounds& bounds = {}, scalar::Precision precision = scalar::Precision::binary64);

}  // namespace gradproof::generate
