// Builders that read like mathematics: `relu(matvec(W1, v))`.
#pragma once

#include <gradproof/backprop/graph.hpp>

#include <array>
#include <cstddef>
#include <utility>
#include <vector>

namespace gradproof::primitives {

using backprop::Variable;

// Operands of one shape, entry by entry.
[[nodiscard]] Variable add(Variable a, Variable b);
[[nodiscard]] Variable subtract(Variable a, Variable b);
[[nodiscard]] Variable hadamard(Variable a, Variable b);
[[nodiscard]] Variable divide(Variable a, Variable b);
[[nodiscard]] Variable maximum(Variable a, Variable b);
[[nodiscard]] Variable minimum(Variable a, Variable b);
[[nodiscard]] Variable negate(Variable x);
[[nodiscard]] Variable scale(double factor, Variable x);

// [m, n] [n] -> [m]; [m, k] [k, n] -> [m, n]; [n] [n] -> []; [m, n] -> [n, m].
[[nodiscard]] Variable matvec(Variable W, Variable x);
[[nodiscard]] Variable matmul(Variable A, Variable B);
[[nodiscard]] Variable dot(Variable a, Variable b);
[[nodiscard]] Variable transpose(Variable A);

// Any shape -> [].
[[nodiscard]] Variable sum(Variable x);
[[nodiscard]] Variable mean(Variable x);
[[nodiscard]] Variable mean_squared_error(Variable x, Variable t);
[[nodiscard]] Variable max(Variable x);
[[nodiscard]] Variable l1_norm(Variable x);
[[nodiscard]] Variable norm(Variable x);
[[nodiscard]] Variable logsumexp(Variable x);

// Vectors -> vector; entries begin .. end - 1.
[[nodiscard]] Variable concatenate(std::vector<Variable> parts);
[[nodiscard]] Variable slice(Variable x, std::size_t begin, std::size_t end);

// Any shape, entry by entry.
[[nodiscard]] Variable relu(Variable x);
[[nodiscard]] Variable leaky_relu(double a, Variable x);
[[nodiscard]] Variable hardtanh(Variable x);
[[nodiscard]] Variable hardsigmoid(Variable x);
[[nodiscard]] Variable clamp(Variable x, double lower, double upper);
[[nodiscard]] Variable hinge(Variable x);
[[nodiscard]] Variable abs(Variable x);
[[nodiscard]] Variable sigmoid(Variable x);
[[nodiscard]] Variable tanh(Variable x);
[[nodiscard]] Variable softplus(Variable x);
[[nodiscard]] Variable logsigmoid(Variable x);
[[nodiscard]] Variable softsign(Variable x);
[[nodiscard]] Variable elu(double alpha, Variable x);
[[nodiscard]] Variable selu(Variable x);
[[nodiscard]] Variable celu(double alpha, Variable x);
[[nodiscard]] Variable silu(Variable x);
[[nodiscard]] Variable gelu(Variable x);
[[nodiscard]] Variable gelu_tanh(Variable x);
[[nodiscard]] Variable mish(Variable x);
[[nodiscard]] Variable huber(double delta, Variable x);
[[nodiscard]] Variable sigmoid_cross_entropy(Variable z, Variable t);
[[nodiscard]] Variable exp(Variable x);
[[nodiscard]] Variable expm1(Variable x);
[[nodiscard]] Variable log(Variable x);
[[nodiscard]] Variable square(Variable x);
[[nodiscard]] Variable sqrt(Variable x);

// [n] -> [n]; [n] [n] -> [].
[[nodiscard]] Variable softmax(Variable x);
[[nodiscard]] Variable log_softmax(Variable x);
[[nodiscard]] Variable softmax_cross_entropy(Variable z, Variable t);

/// How a window slides along an axis. `size` is a pooling window's; a kernel brings its own.
struct Sliding {
    std::size_t size = 1;
    std::size_t stride = 1;
    std::size_t padding = 0;
    std::size_t dilation = 1;  ///< of kernels
};
/// Along rows' number (the axis h) and along columns' (w).
using SlidingPlane = std::array<Sliding, 2>;

// [..., c, w] [o, c, l] -> [..., o, t]; [..., c, h, w] [o, c, k, l] -> [..., o, s, t].
[[nodiscard]] Variable conv1d(Variable x, Variable K, const Sliding& kernel);
[[nodiscard]] Variable conv2d(Variable x, Variable K, const SlidingPlane& kernel);

// [..., w] -> [..., t]; [..., h, w] -> [..., s, t]. Padding is no entry.
[[nodiscard]] Variable max_pool1d(Variable x, const Sliding& window);
[[nodiscard]] Variable max_pool2d(Variable x, const SlidingPlane& window);
[[nodiscard]] Variable average_pool1d(Variable x, const Sliding& window);
[[nodiscard]] Variable average_pool2d(Variable x, const SlidingPlane& window);

// [..., n] [n] [n] -> [..., n]; [..., n] [n] -> [..., n]; [b, ...] [...] [...] -> [b, ...]. epsilon > 0.
[[nodiscard]] Variable layer_norm(double epsilon, Variable x, Variable scale, Variable shift);
[[nodiscard]] Variable rms_norm(double epsilon, Variable x, Variable scale);
[[nodiscard]] Variable batch_norm(double epsilon, Variable x, Variable scale, Variable shift);

/// A query and a key that it does not see.
using HiddenPair = std::pair<std::size_t, std::size_t>;

// [n, d] [m, d] [m, e] -> [n, e]; every query sees a key.
[[nodiscard]] Variable attention(Variable Q, Variable K, Variable V,
                                 const std::vector<HiddenPair>& hidden = {});
/// Query i sees the keys 0 .. i.
[[nodiscard]] Variable causal_attention(Variable Q, Variable K, Variable V);

}  // namespace gradproof::primitives
