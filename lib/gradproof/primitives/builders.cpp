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
/// `x` through a primitive whose only attribute is an axis.
[[nodiscard]] Variable along(std::string_view name, Variable x, std::size_t axis) {
    return apply(primitive(name), {x}, {static_cast<double>(axis)});
}
/// Attributes that count, and a list of such behind them.
[[nodiscard]] backprop::Attributes listed(std::vector<std::size_t> own,
                                          const std::vector<std::size_t>& list) {
    own.insert(own.end(), list.begin(), list.end());
    return {own.begin(), own.end()};
}
/// The axis as a list; the first, which is the default, is not named.
[[nodiscard]] std::vector<std::size_t> beyond_first(std::size_t axis) {
    return axis == 0 ? std::vector<std::size_t>{} : std::vector<std::size_t>{axis};
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
Variable batched_matmul(Variable A, Variable B) {
    return apply(primitive("batched_matmul"), {A, B});
}
Variable outer(Variable a, Variable b) { return apply(primitive("outer"), {a, b}); }
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
Variable sum(Variable x, std::size_t axis) { return along("sum", x, axis); }
Variable mean(Variable x) { return apply(primitive("mean"), {x}); }
Variable mean(Variable x, std::size_t axis) { return along("mean", x, axis); }
Variable prod(Variable x) { return apply(primitive("prod"), {x}); }
Variable prod(Variable x, std::size_t axis) { return along("prod", x, axis); }
Variable max(Variable x) { return apply(primitive("max"), {x}); }
Variable max(Variable x, std::size_t axis) { return along("max", x, axis); }
Variable min(Variable x) { return apply(primitive("min"), {x}); }
Variable min(Variable x, std::size_t axis) { return along("min", x, axis); }
Variable l1_norm(Variable x) { return apply(primitive("l1_norm"), {x}); }
Variable l1_norm(Variable x, std::size_t axis) { return along("l1_norm", x, axis); }
Variable norm(Variable x) { return apply(primitive("norm"), {x}); }
Variable norm(Variable x, std::size_t axis) { return along("norm", x, axis); }
Variable logsumexp(Variable x) { return apply(primitive("logsumexp"), {x}); }
Variable logsumexp(Variable x, std::size_t axis) { return along("logsumexp", x, axis); }
Variable variance(std::size_t correction, Variable x) {
    return apply(primitive("variance"), {x}, listed({correction}, {}));
}
Variable variance(std::size_t correction, Variable x, std::size_t axis) {
    return apply(primitive("variance"), {x}, listed({correction}, {axis}));
}
Variable cumsum(Variable x) { return apply(primitive("cumsum"), {x}); }
Variable cumsum(Variable x, std::size_t axis) { return along("cumsum", x, axis); }
Variable cumprod(Variable x) { return apply(primitive("cumprod"), {x}); }
Variable cumprod(Variable x, std::size_t axis) { return along("cumprod", x, axis); }
Variable softmax(Variable x) { return apply(primitive("softmax"), {x}); }
Variable softmax(Variable x, std::size_t axis) { return along("softmax", x, axis); }
Variable log_softmax(Variable x) { return apply(primitive("log_softmax"), {x}); }
Variable log_softmax(Variable x, std::size_t axis) { return along("log_softmax", x, axis); }
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
Variable sin(Variable x) { return apply(primitive("sin"), {x}); }
Variable cos(Variable x) { return apply(primitive("cos"), {x}); }
Variable tan(Variable x) { return apply(primitive("tan"), {x}); }
Variable asin(Variable x) { return apply(primitive("asin"), {x}); }
Variable acos(Variable x) { return apply(primitive("acos"), {x}); }
Variable atan(Variable x) { return apply(primitive("atan"), {x}); }
Variable sinc(Variable x) { return apply(primitive("sinc"), {x}); }
Variable sinh(Variable x) { return apply(primitive("sinh"), {x}); }
Variable cosh(Variable x) { return apply(primitive("cosh"), {x}); }
Variable asinh(Variable x) { return apply(primitive("asinh"), {x}); }
Variable acosh(Variable x) { return apply(primitive("acosh"), {x}); }
Variable atanh(Variable x) { return apply(primitive("atanh"), {x}); }
Variable reciprocal(Variable x) { return apply(primitive("reciprocal"), {x}); }
Variable cbrt(Variable x) { return apply(primitive("cbrt"), {x}); }
Variable log1p(Variable x) { return apply(primitive("log1p"), {x}); }
Variable erf(Variable x) { return apply(primitive("erf"), {x}); }
Variable erfc(Variable x) { return apply(primitive("erfc"), {x}); }
Variable lgamma(Variable x) { return apply(primitive("lgamma"), {x}); }
Variable atan2(Variable y, Variable x) { return apply(primitive("atan2"), {y, x}); }
Variable pow(Variable x, Variable y) { return apply(primitive("pow"), {x, y}); }
Variable hypot(Variable a, Variable b) { return apply(primitive("hypot"), {a, b}); }
Variable xlogy(Variable x, Variable y) { return apply(primitive("xlogy"), {x, y}); }
Variable logaddexp(Variable a, Variable b) { return apply(primitive("logaddexp"), {a, b}); }
Variable integer_power(Variable x, unsigned exponent) {
    return apply(primitive("integer_power"), {x}, {static_cast<double>(exponent)});
}
Variable scale(double factor, Variable x) { return apply(primitive("scale"), {x}, {factor}); }
Variable concatenate(std::vector<Variable> parts, std::size_t axis) {
    return apply(primitive("concatenate"), std::move(parts), listed({}, beyond_first(axis)));
}
Variable slice(Variable x, std::size_t begin, std::size_t end, std::size_t axis) {
    return apply(primitive("slice"), {x}, listed({begin, end}, beyond_first(axis)));
}
Variable gather(Variable x, std::size_t axis, const std::vector<std::size_t>& indices) {
    return apply(primitive("gather"), {x}, listed({axis}, indices));
}
Variable pad(Variable x, const std::vector<std::size_t>& pads) {
    return apply(primitive("pad"), {x}, listed({}, pads));
}
Variable reshape(Variable x, const scalar::Shape& sizes) {
    return apply(primitive("reshape"), {x}, listed({}, sizes));
}
Variable broadcast(Variable x, const scalar::Shape& sizes) {
    return apply(primitive("broadcast"), {x}, listed({}, sizes));
}
Variable permute(Variable x, const std::vector<std::size_t>& axes) {
    return apply(primitive("permute"), {x}, listed({}, axes));
}
Variable where(const std::vector<std::size_t>& mask, Variable a, Variable b) {
    return apply(primitive("where"), {a, b}, listed({}, mask));
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

}  // namespace gradproof::primitives
