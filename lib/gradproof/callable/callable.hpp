// The waist: a function that can be evaluated in every number type of a closed list.
#pragma once

#include <gradproof/scalar/functions.hpp>
#include <gradproof/scalar/shape.hpp>

#include <gradproof/scalar/witness.hpp>

#include <cstddef>
#include <span>
#include <utility>
#include <vector>

namespace gradproof::callable {

template <class... Number>
struct NumberTypes {};

/// The closed list. The oracle climbs the witnesses; double and float are what subjects compute in.
using Evaluated = NumberTypes<float, double, scalar::Witness<50>, scalar::Witness<100>,
                              scalar::Witness<400>, scalar::Witness<1000>>;

/// Evaluation in one number type. Inputs and outputs are flat: all inputs one after another, each in
/// row-major order.
template <class Number>
class EvaluatedIn {
public:
    virtual ~EvaluatedIn() = default;
    [[nodiscard]] virtual std::vector<Number> evaluate(std::span<const Number> inputs) const = 0;
};

template <class List>
class Evaluation;
template <class... Number>
class Evaluation<NumberTypes<Number...>> : public EvaluatedIn<Number>... {
public:
    using EvaluatedIn<Number>::evaluate...;
};

/// A function from shaped inputs to one shaped output, deterministic and free of side effects.
class Callable : public Evaluation<Evaluated> {
public:
    [[nodiscard]] virtual const std::vector<scalar::Shape>& input_shapes() const = 0;
    [[nodiscard]] virtual const scalar::Shape& output_shape() const = 0;

    [[nodiscard]] std::size_t input_size() const {
        std::size_t size = 0;
        for (const scalar::Shape& shape : input_shapes()) size += scalar::element_count(shape);
        return size;
    }
    [[nodiscard]] std::size_t output_size() const { return scalar::element_count(output_shape()); }
};

namespace detail {

/// Implements `evaluate` for the first type of the list by calling `Derived::apply`, then the rest.
template <class Derived, class Base, class List>
class Applies;
template <class Derived, class Base>
class Applies<Derived, Base, NumberTypes<>> : public Base {};
template <class Derived, class Base, class First, class... Rest>
class Applies<Derived, Base, NumberTypes<First, Rest...>>
    : public Applies<Derived, Base, NumberTypes<Rest...>> {
public:
    using Base::evaluate;
    [[nodiscard]] std::vector<First> evaluate(std::span<const First> inputs) const final {
        return static_cast<const Derived&>(*this).template apply<First>(inputs);
    }
};

}  // namespace detail

/// Derive from this and write `template <class S> std::vector<S> apply(std::span<const S>) const`.
template <class Derived>
class CallableOf : public detail::Applies<Derived, Callable, Evaluated> {
public:
    CallableOf(std::vector<scalar::Shape> inputs, scalar::Shape output)
        : inputs_(std::move(inputs)), output_(std::move(output)) {}
    [[nodiscard]] const std::vector<scalar::Shape>& input_shapes() const final { return inputs_; }
    [[nodiscard]] const scalar::Shape& output_shape() const final { return output_; }

private:
    std::vector<scalar::Shape> inputs_;
    scalar::Shape output_;
};

/// A callable from a generic function `f(std::span<const S>) -> std::vector<S>`.
template <class Function>
class Generic final : public CallableOf<Generic<Function>> {
public:
    Generic(std::vector<scalar::Shape> inputs, scalar::Shape output, Function function)
        : CallableOf<Generic<Function>>(std::move(inputs), std::move(output)),
          function_(std::move(function)) {}
    template <class Number>
    [[nodiscard]] std::vector<Number> apply(std::span<const Number> inputs) const {
        return function_(inputs);
    }

private:
    Function function_;
};

/// `f` takes n scalars as a span and returns one scalar, in any number type.
template <class Function>
[[nodiscard]] auto scalar_function(std::size_t n, Function function) {
    auto wrapped = [function = std::move(function)](auto inputs) {
        return std::vector{function(inputs)};
    };
    return Generic<decltype(wrapped)>({{n}}, {}, std::move(wrapped));
}

}  // namespace gradproof::callable
