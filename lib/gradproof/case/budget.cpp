// The sweeps that budgets are made of, in Running<float>, Running<double> and in the witnesses.
#include <gradproof/case/budget.hpp>

#include <gradproof/backprop/sweep.hpp>
#include <gradproof/scalar/running.hpp>
#include <gradproof/scalar/wide_sweep.hpp>

#include <type_traits>

namespace gradproof::cases {

namespace {

template <class T>
[[nodiscard]] scalar::Branch swept_with_bounds(const Case& drawn, std::span<const double> cotangent,
                                               scalar::Ledger& ledger) {
    using Number = scalar::Running<T>;
    std::vector<std::vector<Number>> inputs;
    for (const auto& input : drawn.inputs) {
        auto& numbers = inputs.emplace_back();
        for (const double x : input) numbers.emplace_back(static_cast<T>(x), 0.0, &ledger);
    }
    std::vector<Number> u;
    for (const double g : cotangent) u.emplace_back(static_cast<T>(g), 0.0, &ledger);

    const auto values = backprop::forward<Number>(drawn.graph, inputs);
    const auto cotangents = backprop::backward<Number>(drawn.graph, values, u);
    scalar::Branch branch;
    for (const Number& y : values[drawn.graph.output]) {
        branch.primal.push_back({static_cast<double>(y.value()), y.bound()});
    }
    for (const auto& input : cotangents) {
        for (const Number& g : input)
            branch.gradient.push_back({static_cast<double>(g.value()), g.bound()});
    }
    return branch;
}

template <unsigned Digits>
[[nodiscard]] std::vector<scalar::Witness<Digits>> wide_numbers(const Case& drawn,
                                                                const backprop::Graph& graph,
                                                                std::span<const double> cotangent) {
    using Number = scalar::Witness<Digits>;
    std::vector<std::vector<Number>> inputs;
    for (const auto& input : drawn.inputs) inputs.emplace_back(input.begin(), input.end());
    const std::vector<Number> u(cotangent.begin(), cotangent.end());

    const auto values = backprop::forward<Number>(graph, inputs);
    std::vector<Number> gradient;
    for (const auto& input : backprop::backward<Number>(graph, values, u)) {
        gradient.insert(gradient.end(), input.begin(), input.end());
    }
    return gradient;
}

}  // namespace

Budget budget(const Case& drawn, std::span<const double> cotangent, scalar::Ties ties) {
    return scalar::budget_of(ties, [&](scalar::Ledger& ledger) {
        return drawn.precision == Precision::binary32
                   ? swept_with_bounds<float>(drawn, cotangent, ledger)
                   : swept_with_bounds<double>(drawn, cotangent, ledger);
    });
}

std::vector<WideEntry> wide_gradient(const Case& drawn, const backprop::Graph& graph,
                                     std::span<const double> cotangent) {
    std::size_t count = 0;
    for (const auto& input : drawn.inputs) count += input.size();
    return scalar::wide_sweep(count,
                              [&]<unsigned Digits>(std::integral_constant<unsigned, Digits>) {
                                  return wide_numbers<Digits>(drawn, graph, cotangent);
                              });
}

}  // namespace gradproof::cases
