// One call of the code under test, in doubles whatever its type is, with buffers that are guarded.
#pragma once

#include <gradproof/testing/hand_written.hpp>

#include <cstddef>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace gradproof::testing {

/// What the code is given.
struct Call {
    Frame frame;
    std::vector<std::vector<double>> inputs;
    std::size_t outputs = 0;
    bool of_primal = false;  ///< of the code's own primal; else of the derivative
    std::vector<double> cotangent;
    std::vector<double> tangent;  ///< flat over all inputs
    double before = 0;            ///< what every number of the derivative's buffers holds
    std::vector<bool>
        unwanted{};  ///< blocks of a Jacobian that are not asked for; empty where all are
};

/// What the buffers hold after the call.
struct Reply {
    std::vector<double> value{};       ///< of the function, where the code gives it
    std::vector<double> derivative{};  ///< all buffers, flat
    /// What it wrote to besides: "input x", "the cotangent", "memory beside the gradient of x"; or "".
    std::string changed{};
};

using AnyCode = std::variant<Code<double>, Code<float>>;

/// The claim's code for a case with these attributes. Throws as a call does.
[[nodiscard]] AnyCode code_for(const HandWritten& claim, std::span<const double> attributes);

/// Throws `subject::Fault` where the code throws, `BadUse` where the claim is at fault.
[[nodiscard]] Reply called(const AnyCode& code, const HandWritten& claim, const Call& call);

}  // namespace gradproof::testing
