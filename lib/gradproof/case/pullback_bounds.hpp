// What rounding may cost one pullback by itself.
#pragma once

#include <gradproof/case/case.hpp>

#include <cstddef>
#include <span>
#include <vector>

namespace gradproof::cases {

/// All that the pullback of a node is given, flat numbers of the format: taken for exact.
struct PullbackCall {
    std::vector<std::vector<double>> operands;  ///< one an operand
    std::vector<double> result;
    std::vector<double> cotangent;
    std::vector<std::vector<double>> accumulators;  ///< what they hold before
    std::vector<std::size_t> places;                ///< of each operand, which accumulator it has
};

/// The running error bound of each number that the catalogue's pullback leaves in the accumulators.
[[nodiscard]] std::vector<std::vector<double>> pullback_bounds(const backprop::Node& node,
                                                               const PullbackCall& call,
                                                               Precision precision);

}  // namespace gradproof::cases
