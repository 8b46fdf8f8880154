// The two sweeps in float and double behind a plain interface.
#include <gradproof/case/backprop_answer.hpp>

#include <gradproof/backprop/sweep.hpp>
#include <gradproof/primitives/catalogue.hpp>

#include <algorithm>
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

[[nodiscard]] backprop::Graph with_replacements(
    backprop::Graph graph, std::span<const backprop::Primitive* const> replacements) {
    for (const backprop::Primitive* replacement : replacements) {
        graph = backprop::with_primitive(std::move(graph), *replacement);
    }
    return graph;
}

/// Whether the primitive's rule is written once for all number types, as far as can be told: one that
/// differs from the catalogue's in double must differ in wide numbers too.
[[nodiscard]] bool written_once(const backprop::Primitive* replacement) {
    const backprop::Primitive* own = primitives::find(replacement->name);
    if (own == nullptr) return true;
    const auto differs = [](const auto& a, const auto& b) {
        return a.primal != b.primal || a.pullback != b.pullback;
    };
    using Wide = scalar::Witness<100>;
    return differs(replacement->rule<double>(), own->rule<double>()) ==
           differs(replacement->rule<Wide>(), own->rule<Wide>());
}

}  // namespace

std::vector<WideEntry> backprop_formula(const Case& drawn, std::span<const double> cotangent,
                                        std::span<const backprop::Primitive* const> replacements) {
    if (!std::all_of(replacements.begin(), replacements.end(), written_once)) return {};
    return wide_gradient(drawn, with_replacements(drawn.graph, replacements), cotangent);
}

Answer backprop_answer(const Case& drawn, std::span<const double> cotangent,
                       std::span<const backprop::Primitive* const> replacements) {
    const auto sweep = drawn.precision == Precision::binary32 ? swept<float> : swept<double>;
    if (replacements.empty()) return sweep(drawn.graph, drawn, cotangent);
    return sweep(with_replacements(drawn.graph, replacements), drawn, cotangent);
}

}  // namespace gradproof::cases
