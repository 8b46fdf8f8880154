// The builders: each applies the catalogue's primitive of its name.
#include <gradproof/primitives/builders.hpp>

#include <gradproof/primitives/catalogue.hpp>

#include <initializer_list>
#include <span>
#include <utility>

namespace gradproof::primitives {

using backprop::apply;

namespace {

using Number = std::size_t Sliding::*;

/// One attribute after the other, each for all axes.
[[nodiscard]] backprop::Attributes attributes_of(std::initializer_list<Number> numbers,
                                                 std::span<const Sliding> axes) {
    backprop::Attributes attributes;
    for (const Number number : numbers) {
        for (const Sliding& axis : axes) attributes.push_back(static_cast<double>(axis.*number));
    }
    return attributes;
}
[[nodiscard]] backprop::Attributes of_kernel(std::span<const Sliding> axes) {
    return attributes_of({&Sliding::stride, &Sliding::padding, &Sliding::dilation}, axes);
}
[[nodiscard]] backprop::Attributes of_window(std::span<const Sliding> axes) {
    return attributes_of({&Sliding::size, &Sliding::stride, &Sliding::padding}, axes);
}

}  // namespace

Variable add(Variable a, Variable b) { return apply(primitive("add"), {a, b}); }
Variable subtract(Variable a, Variable b) { return apply(primitive("subtract"), {a, b}); }
Variable hadamard(Variable a, Variable b) { return apply(primitive("hadamard"), {a, b}); }
Variable divide(Variable a, Variable b) { return apply(primitive("divide"), {a, b}); }
Variable maximum(Variable a, Variable b) { return apply(primitive("maximum"), {a, b}); }
Variable minimum(Variable a, Variable b) { return apply(primitive("minimum"), {a, b}); }
Variable matvec(Variable W, Variable x) { return apply(primitive("matvec"), {W, x}); }
Variable matmul(Variable A, Variable B) { return apply(primitive("matmul"), {A, B}); }
Variable dot(Variable a, Variable b) { return apply(primitive("dot"), {a, b}); }
Variable mean_squared_error(Variable x, Variable t) {
    return apply(primitive("mean_squared_error"), {x, t});
}
Variable softmax_cross_entropy(Variable z, Variable t) {
    return apply(primitive("softmax_cross_entropy"), {z, t});
}
Variable negate(Variable x) { return apply(primitive("negate"), {x}); }
Variable transpose(Variable x) { return apply(primitive("transpose"), {x}); }
Variable sum(Variable x) { return apply(primitive("sum"), {x}); }
Variable mean(Variable x) { return apply(primitive("mean"), {x}); }
Variable max(Variable x) { return apply(primitive("max"), {x}); }
Variable l1_norm(Variable x) { return apply(primitive("l1_norm"), {x}); }
Variable norm(Variable x) { return apply(primitive("norm"), {x}); }
Variable logsumexp(Variable x) { return apply(primitive("logsumexp"), {x}); }
Variable relu(Variable x) { return apply(primitive("relu"), {x}); }
Variable leaky_relu(double a, Variable x) { return apply(primitive("leaky_relu"), {x}, {a}); }
Variable hardtanh(Variable x) { return apply(primitive("hardtanh"), {x}); }
Variable hinge(Variable x) { return apply(primitive("hinge"), {x}); }
Variable abs(Variable x) { return apply(primitive("abs"), {x}); }
Variable sigmoid(Variable x) { return apply(primitive("sigmoid"), {x}); }
Variable tanh(Variable x) { return apply(primitive("tanh"), {x}); }
Variable softplus(Variable x) { return apply(primitive("softplus"), {x}); }
Variable hardsigmoid(Variable x) { return apply(primitive("hardsigmoid"), {x}); }
Variable clamp(Variable x, double lower, double upper) {
    return apply(primitive("clamp"), {x}, {lower, upper});
}
Variable logsigmoid(Variable x) { return apply(primitive("logsigmoid"), {x}); }
Variable softsign(Variable x) { return apply(primitive("softsign"), {x}); }
Variable elu(double alpha, Variable x) { return apply(primitive("elu"), {x}, {alpha}); }
Variable selu(Variable x) { return apply(primitive("selu"), {x}); }
Variable celu(double alpha, Variable x) { return apply(primitive("celu"), {x}, {alpha}); }
Variable silu(Variable x) { return apply(primitive("silu"), {x}); }
Variable gelu(Variable x) { return apply(primitive("gelu"), {x}); }
Variable gelu_tanh(Variable x) { return apply(primitive("gelu_tanh"), {x}); }
Variable mish(Variable x) { return apply(primitive("mish"), {x}); }
Variable huber(double delta, Variable x) { return apply(primitive("huber"), {x}, {delta}); }
Variable sigmoid_cross_entropy(Variable z, Variable t) {
    return apply(primitive("sigmoid_cross_entropy"), {z, t});
}
Variable exp(Variable x) { return apply(primitive("exp"), {x}); }
Variable expm1(Variable x) { return apply(primitive("expm1"), {x}); }
Variable log(Variable x) { return apply(primitive("log"), {x}); }
Variable square(Variable x) { return apply(primitive("square"), {x}); }
Variable sqrt(Variable x) { return apply(primitive("sqrt"), {x}); }
Variable softmax(Variable x) { return apply(primitive("softmax"), {x}); }
Variable log_softmax(Variable x) { return apply(primitive("log_softmax"), {x}); }
Variable scale(double factor, Variable x) { return apply(primitive("scale"), {x}, {factor}); }
Variable concatenate(std::vector<Variable> parts) {
    return apply(primitive("concatenate"), std::move(parts));
}
Variable slice(Variable x, std::size_t begin, std::size_t end) {
    return apply(primitive("slice"), {x}, {static_cast<double>(begin), static_cast<double>(end)});
}

Variable conv1d(Variable x, Variable K, const Sliding& kernel) {
    return apply(primitive("conv1d"), {x, K}, of_kernel({&kernel, 1}));
}
Variable conv2d(Variable x, Variable K, const SlidingPlane& kernel) {
    return apply(primitive("conv2d"), {x, K}, of_kernel(kernel));
}
Variable max_pool1d(Variable x, const Sliding& window) {
    return apply(primitive("max_pool1d"), {x}, of_window({&window, 1}));
}
Variable max_pool2d(Variable x, const SlidingPlane& window) {
    return apply(primitive("max_pool2d"), {x}, of_window(window));
}
Variable average_pool1d(Variable x, const Sliding& window) {
    return apply(primitive("average_pool1d"), {x}, of_window({&window, 1}));
}
Variable average_pool2d(Variable x, const SlidingPlane& window) {
    return apply(primitive("average_pool2d"), {x}, of_window(window));
}
Variable layer_norm(double epsilon, Variable x, Variable scale, Variable shift) {
    return apply(primitive("layer_norm"), {x, scale, shift}, {epsilon});
}
Variable rms_norm(double epsilon, Variable x, Variable scale) {
    return apply(primitive("rms_norm"), {x, scale}, {epsilon});
}
Variable batch_norm(double epsilon, Variable x, Variable scale, Variable shift) {
    return apply(primitive("batch_norm"), {x, scale, shift}, {epsilon});
}
Variable attention(Variable Q, Variable K, Variable V, const std::vector<HiddenPair>& hidden) {
    backprop::Attributes attributes;
    for (const auto& [query, key] : hidden) {
        attributes.push_back(static_cast<double>(query));
        attributes.push_back(static_cast<double>(key));
    }
    return apply(primitive("attention"), {Q, K, V}, std::move(attributes));
}
Variable causal_attention(Variable Q, Variable K, Variable V) {
    const scalar::Shape &queries = Q.shape(), &keys = K.shape();
    std::vector<HiddenPair> hidden;
    for (std::size_t q = 0; !queries.empty() && !keys.empty() && q < queries[0]; ++q) {
        for (std::size_t k = q + 1; k < keys[0]; ++k) hidden.emplace_back(q, k);
    }
    return attention(Q, K, V, hidden);
}

}  // namespace gradproof::primitives
