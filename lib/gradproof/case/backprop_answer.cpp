// The two sweeps in float and double behind a plain interface.
#include <gradproof/case/backprop_answer.hpp>

#include <gradproof/backprop/sweep.hpp>

#include <utility>

namespace gradproof::cases {

namespace {

template <class T>
[[nodiscard]] Answer swept(const backprop::Graph& graph, const Case& drawn,
                           std::span<const double> cotangent) {
    const auto rounded = [](double x) { return static_cast<T>(x); };
    std::vector<std::vector<T>> inputs;
    for (const auto& input : drawn.inputs) {
        auto& numbers = inputs.emplace_back();
        for (const double x : input) numbers.push_back(rounded(x));
    }
    std::vector<T> u;
    for (const double g : cotangent) u.push_back(rounded(g));

    const auto values = backprop::forward<T>(graph, inputs);
    Answer answer;
    answer.primal.assign(values[graph.output].begin(), values[graph.output].end());
    for (const auto& input : backprop::backward<T>(graph, values, u)) {
        answer.gradient.insert(answer.gradient.end(), input.begin(), input.end());
    }
    return answer;
}

}  // namespace

Answer backprop_answer(const Case& drawn, std::span<const double> cotangent,
                       std::span<const backprop::Primitive* const> replacements) {
    const auto sweep = drawn.precision == Precision::binary32 ? swept<float> : swept<double>;
    if (replacements.empty()) return sweep(drawn.graph, drawn, cotangent);
    backprop::Graph graph = drawn.graph;
    for (const backprop::Primitive* replacement : replacements) {
        graph = backprop::with_primitive(std::move(graph), *replacement);
    }
    return sweep(graph, drawn, cotangent);
}

}  // namespace gradproof::cases
