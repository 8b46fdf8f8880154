// Cases of small nets: one to three layers, an activation each, sometimes a loss on top.
#pragma once

#include <gradproof/case/case.hpp>
#include <gradproof/generate/dice.hpp>
#include <gradproof/generate/number.hpp>

#include <rapidcheck/Gen.h>

#include <cstddef>
#include <vector>

namespace gradproof::generate {

/// What a net may be; weights and inputs are drawn in `style`.
struct NetBounds {
    std::size_t most_layers = 3;
    std::size_t most_units = 8;
    std::size_t most_entries = 45;  ///< of all inputs and weights together
    bool losses = true;
};

/// A net drawn with `dice`: x -> act(W x + b) -> ..., and with `losses` in half of the draws a sum, a
/// mean squared error or a softmax cross-entropy of the last layer.
[[nodiscard]] cases::Case draw_net_case(Dice& dice, Style style, const NetBounds& bounds = {},
                                        scalar::Precision precision = scalar::Precision::binary64);

/// A net of these layer sizes with sigmoid activations and normal weights, deviation 1/sqrt(fan-in).
[[nodiscard]] cases::Case draw_sigmoid_net(Dice& dice, const std::vector<std::size_t>& sizes);

/// Nets in a style drawn each time, with shrinks.
[[nodiscard]] rc::Gen<cases::Case> net_case(
    const NetBounds& bounds = {}, scalar::Precision precision = scalar::Precision::binary64);

}  // namespace gradproof::generate
