// The forward sweep behind a plain interface, so that no test compiles it again.
#include <gradproof/case/program.hpp>

namespace gradproof::cases {

namespace {

template <class S>
[[nodiscard]] std::vector<S> output_of(const backprop::Graph& graph, std::span<const S> flat) {
    std::vector<std::vector<S>> inputs;
    std::size_t at = 0;
    for (const backprop::NodeId id : graph.inputs) {
        const std::size_t count = scalar::element_count(graph.nodes[id].shape());
        const auto part = flat.subspan(at, count);
        inputs.emplace_back(part.begin(), part.end());
        at += count;
    }
    return std::move(backprop::forward<S>(graph, inputs)[graph.output]);
}

}  // namespace

Program::Program(const backprop::Graph& graph)
    : graph_(graph), input_shapes_(graph.input_shapes()) {}

// clang-format off
std::vector<float> Program::evaluate(std::span<const float> x) const { return output_of(graph_, x); }
std::vector<double> Program::evaluate(std::span<const double> x) const { return output_of(graph_, x); }
std::vector<scalar::Witness<50>> Program::evaluate(std::span<const scalar::Witness<50>> x) const { return output_of(graph_, x); }
std::vector<scalar::Witness<100>> Program::evaluate(std::span<const scalar::Witness<100>> x) const { return output_of(graph_, x); }
std::vector<scalar::Witness<400>> Program::evaluate(std::span<const scalar::Witness<400>> x) const { return output_of(graph_, x); }
std::vector<scalar::Witness<1000>> Program::evaluate(std::span<const scalar::Witness<1000>> x) const { return output_of(graph_, x); }
// clang-format on

}  // namespace gradproof::cases
