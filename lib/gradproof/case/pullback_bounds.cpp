// The pullback in Running<float> or Running<double>.
#include <gradproof/case/pullback_bounds.hpp>

#include <gradproof/scalar/running.hpp>

namespace gradproof::cases {

namespace {

template <class T>
[[nodiscard]] std::vector<std::vector<double>> bounds_in(const backprop::Node& node,
                                                         const PullbackCall& call) {
    using Number = scalar::Running<T>;
    const auto exact = [](const std::vector<double>& numbers) {
        std::vector<Number> found;
        for (const double number : numbers) found.emplace_back(static_cast<T>(number), 0.0);
        return found;
    };
    std::vector<std::vector<Number>> operands, accumulators;
    for (const auto& operand : call.operands) operands.push_back(exact(operand));
    for (const auto& before : call.accumulators) accumulators.push_back(exact(before));
    const std::vector<std::span<const Number>> inputs(operands.begin(), operands.end());
    std::vector<std::span<Number>> sums;
    for (const std::size_t place : call.places) sums.emplace_back(accumulators[place]);
    const std::vector<Number> cotangent = exact(call.cotangent), result = exact(call.result);
    node.primitive->template rule<Number>().pullback(node.application, cotangent, result, inputs,
                                                     sums);
    std::vector<std::vector<double>> bounds;
    for (const auto& sum : accumulators) {
        auto& of_sum = bounds.emplace_back();
        for (const Number& number : sum) of_sum.push_back(number.bound());
    }
    return bounds;
}

}  // namespace

std::vector<std::vector<double>> pullback_bounds(const backprop::Node& node,
                                                 const PullbackCall& call, Precision precision) {
    return precision == Precision::binary32 ? bounds_in<float>(node, call)
                                            : bounds_in<double>(node, call);
}

}  // namespace gradproof::cases
