// A subject's rules asked one by one, on buffers that the caller owns: what a sweep does at a node.
#pragma once

#include <gradproof/case/case.hpp>

#include <span>
#include <vector>

namespace gradproof::subject {

using backprop::Accumulators;
using backprop::Inputs;

/// The contract is that of `backprop::Rule`: a primal writes the whole result, a pullback adds to the
/// accumulators; nothing else is written to, and nothing beyond the spans is touched.
class NodeRules {
public:
    virtual ~NodeRules() = default;
    // clang-format off
    virtual void primal(const backprop::Node& node, Inputs<float> inputs, std::span<float> result) const = 0;
    virtual void primal(const backprop::Node& node, Inputs<double> inputs, std::span<double> result) const = 0;
    virtual void pullback(const backprop::Node& node, std::span<const float> cotangent, std::span<const float> result, Inputs<float> inputs, Accumulators<float> accumulators) const = 0;
    virtual void pullback(const backprop::Node& node, std::span<const double> cotangent, std::span<const double> result, Inputs<double> inputs, Accumulators<double> accumulators) const = 0;
    // clang-format on
};

/// Those of the nodes' primitives; `replacements` stand in for the primitives of their names and must
/// outlive it.
class PrimitiveRules final : public NodeRules {
public:
    explicit PrimitiveRules(std::vector<const backprop::Primitive*> replacements);
    // clang-format off
    void primal(const backprop::Node& node, Inputs<float> inputs, std::span<float> result) const override;
    void primal(const backprop::Node& node, Inputs<double> inputs, std::span<double> result) const override;
    void pullback(const backprop::Node& node, std::span<const float> cotangent, std::span<const float> result, Inputs<float> inputs, Accumulators<float> accumulators) const override;
    void pullback(const backprop::Node& node, std::span<const double> cotangent, std::span<const double> result, Inputs<double> inputs, Accumulators<double> accumulators) const override;
    // clang-format on

private:
    std::vector<const backprop::Primitive*> replacements_;

    [[nodiscard]] const backprop::Primitive& of(const backprop::Node& node) const;
};

}  // namespace gradproof::subject
