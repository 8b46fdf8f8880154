// A case's program as the oracle's callable.
#pragma once

#include <gradproof/backprop/sweep.hpp>
#include <gradproof/callable/callable.hpp>

#include <span>
#include <vector>

namespace gradproof::cases {

/// Evaluates `graph` forward in any number type. Keeps a reference to the graph.
class Program final : public callable::Callable {
public:
    explicit Program(const backprop::Graph& graph);

    [[nodiscard]] const std::vector<scalar::Shape>& input_shapes() const override {
        return input_shapes_;
    }
    [[nodiscard]] const scalar::Shape& output_shape() const override {
        return graph_.output_shape();
    }

    using Callable::evaluate;
    [[nodiscard]] std::vector<float> evaluate(std::span<const float>) const override;
    [[nodiscard]] std::vector<double> evaluate(std::span<const double>) const override;
    [[nodiscard]] std::vector<scalar::Witness<50>> evaluate(
        std::span<const scalar::Witness<50>>) const override;
    [[nodiscard]] std::vector<scalar::Witness<100>> evaluate(
        std::span<const scalar::Witness<100>>) const override;
    [[nodiscard]] std::vector<scalar::Witness<400>> evaluate(
        std::span<const scalar::Witness<400>>) const override;
    [[nodiscard]] std::vector<scalar::Witness<1000>> evaluate(
        std::span<const scalar::Witness<1000>>) const override;

private:
    const backprop::Graph& graph_;
    std::vector<scalar::Shape> input_shapes_;
};

}  // namespace gradproof::cases
