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

// [m, n] [n] -> [m]; [m, k] [k, n] -> [m, n]; [b, m, k] [b, k, n] -> [b, m, n]; [n] [n] -> [];
// [m] [n] -> [m, n]; [m, n] -> [n, m].
[[nodiscard]] Variable matvec(Variable W, Variable x);
[[nodiscard]] Variable matmul(Variable A, Variable B);
[[nodiscard]] Variable batched_matmul(Variable A, Variable B);
[[nodiscard]] Variable dot(Variable a, Variable b);
[[nodiscard]] Variable outer(Variable a, Variable b);
[[nodiscard]] Variable transpose(Variable A);

// Any shape -> [], or the shape without the axis that is given.
[[nodiscard]] Variable sum(Variable x);
[[nodiscard]] Variable sum(Variable x, std::size_t axis);
[[nodiscard]] Variable mean(Variable x);
[[nodiscard]] Variable mean(Variable x, std::size_t axis);
[[nodiscard]] Variable prod(Variable x);
[[nodiscard]] Variable prod(Variable x, std::size_t axis);
[[nodiscard]] Variable max(Variable x);
[[nodiscard]] Variable max(Variable x, std::size_t axis);
[[nodiscard]] Variable min(Variable x);
[[nodiscard]] Variable min(Variable x, std::size_t axis);
[[nodiscard]] Variable l1_norm(Variable x);
[[nodiscard]] Variable l1_norm(Variable x, std::size_t axis);
[[nodiscard]] Variable norm(Variable x);
[[nodiscard]] Variable norm(Variable x, std::size_t axis);
[[nodiscard]] Variable logsumexp(Variable x);
[[nodiscard]] Variable logsumexp(Variable x, std::size_t axis);
/// With the divisor n - correction: 0 for a population, 1 for a sample.
[[nodiscard]] Variable variance(std::size_t correction, Variable x);
[[nodiscard]] Variable variance(std::size_t correction, Variable x, std::size_t axis);
// Two operands of one shape -> [].
[[nodiscard]] Variable mean_squared_error(Variable x, Variable t);

// The same shape; along an axis, the last where none is given.
[[nodiscard]] Variable cumsum(Variable x);
[[nodiscard]] Variable cumsum(Variable x, std::size_t axis);
[[nodiscard]] Variable cumprod(Variable x);
[[nodiscard]] Variable cumprod(Variable x, std::size_t axis);
[[nodiscard]] Variable softmax(Variable x);
[[nodiscard]] Variable softmax(Variable x, std::size_t axis);
[[nodiscard]] Variable log_softmax(Variable x);
[[nodiscard]] Variable log_softmax(Variable x, std::size_t axis);

// Along an axis: the parts one behind the other; entries begin .. end - 1; entries in the order of a list;
// with zeros before and behind each axis, {before_0, behind_0, before_1, ...}.
[[nodiscard]] Variable concatenate(std::vector<Variable> parts, std::size_t axis = 0);
[[nodiscard]] Variable slice(Variable x, std::size_t begin, std::size_t end, std::size_t axis = 0);
[[nodiscard]] Variable gather(Variable x, std::size_t axis,
                              const std::vector<std::size_t>& indices);
[[nodiscard]] Variable pad(Variable x, const std::vector<std::size_t>& pads);

// To the sizes; axis k of the result is axis axes_k of x; a where the mask is 1, b where it is 0.
[[nodiscard]] Variable reshape(Variable x, const scalar::Shape& sizes);
[[nodiscard]] Variable broadcast(Variable x, const scalar::Shape& sizes);
[[nodiscard]] Variable permute(Variable x, const std::vector<std::size_t>& axes);
[[nodiscard]] Variable where(const std::vector<std::size_t>& mask, Variable a, Variable b);

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

// Any shape, entry by entry; of two operands, which have one shape.
[[nodiscard]] Variable sin(Variable x);
[[nodiscard]] Variable cos(Variable x);
[[nodiscard]] Variable tan(Variable x);
[[nodiscard]] Variable asin(Variable x);
[[nodiscard]] Variable acos(Variable x);
[[nodiscard]] Variable atan(Variable x);
[[nodiscard]] Variable sinc(Variable x);
[[nodiscard]] Variable sinh(Variable x);
[[nodiscard]] Variable cosh(Variable x);
[[nodiscard]] Variable asinh(Variable x);
[[nodiscard]] Variable acosh(Variable x);
[[nodiscard]] Variable atanh(Variable x);
[[nodiscard]] Variable reciprocal(Variable x);
[[nodiscard]] Variable cbrt(Variable x);
[[nodiscard]] Variable log1p(Variable x);
[[nodiscard]] Variable erf(Variable x);
[[nodiscard]] Variable erfc(Variable x);
[[nodiscard]] Variable lgamma(Variable x);
[[nodiscard]] Variable atan2(Variable y, Variable x);
[[nodiscard]] Variable pow(Variable x, Variable y);
[[nodiscard]] Variable hypot(Variable a, Variable b);
[[nodiscard]] Variable xlogy(Variable x, Variable y);
[[nodiscard]] Variable logaddexp(Variable a, Variable b);
[[nodiscard]] Variable integer_power(Variable x, unsigned exponent);

// [n] [n] -> [].
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

}  // namespace gradproof::primitives
