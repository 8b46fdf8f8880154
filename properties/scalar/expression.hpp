// An expression as plain data: written like mathematics or drawn at random, evaluated in any number
// type. One interpreter stands for hundreds of functions, so that test files compile in seconds.
#pragma once

#include <gradproof/scalar/functions.hpp>

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

namespace gradproof::scalar {

enum class Op {
    // clang-format off
    input, constant,
    add, subtract, multiply, divide, pow, hypot, atan2, max, min,  // two operands
    negate, exp, expm1, log, log1p, sqrt, cbrt, sin, cos, tan, asin, acos, atan, sinh, cosh, tanh,
    asinh, acosh, atanh, erf, erfc, gaussian, lgamma, sigmoid, softplus,  // one operand, smooth inside the domain
    abs, relu, step, zero_or_one, detached,                 // one operand, with a decision or none
    // clang-format on
};
inline constexpr Op kFirstBinary = Op::add, kFirstUnary = Op::negate, kFirstDecision = Op::abs;

struct Step {
    Op op = Op::input;
    std::size_t left = 0;  ///< place of the operand; of an input, its number
    std::size_t right = 0;
    double constant = 0;
};

using Steps = std::vector<Step>;

/// The value of one step from the values before it.
template <class S>
[[nodiscard]] S applied(Op op, const S& a, const S& b) {
    const S zero(0);
    switch (op) {
        case Op::input:
        case Op::constant: break;
        case Op::add: return a + b;
        case Op::subtract: return a - b;
        case Op::multiply: return a * b;
        case Op::divide: return a / b;
        case Op::pow: return pow(a, b);
        case Op::hypot: return hypot(a, b);
        case Op::atan2: return atan2(a, b);
        case Op::max: return a < b ? b : a;
        case Op::min: return b < a ? b : a;
        case Op::negate: return -a;
        case Op::exp: return exp(a);
        case Op::expm1: return expm1(a);
        case Op::log: return log(a);
        case Op::log1p: return log1p(a);
        case Op::sqrt: return sqrt(a);
        case Op::cbrt: return cbrt(a);
        case Op::sin: return sin(a);
        case Op::cos: return cos(a);
        case Op::tan: return tan(a);
        case Op::asin: return asin(a);
        case Op::acos: return acos(a);
        case Op::atan: return atan(a);
        case Op::sinh: return sinh(a);
        case Op::cosh: return cosh(a);
        case Op::tanh: return tanh(a);
        case Op::asinh: return asinh(a);
        case Op::acosh: return acosh(a);
        case Op::atanh: return atanh(a);
        case Op::erf: return erf(a);
        case Op::erfc: return erfc(a);
        case Op::gaussian: return gaussian(a);
        case Op::lgamma: return lgamma(a);
        case Op::sigmoid: return sigmoid(a);
        case Op::softplus: return softplus(a);
        case Op::abs: return a < zero ? -a : a;
        case Op::relu: return a > zero ? a : zero;
        case Op::step: return a < zero ? zero : S(1);
        case Op::zero_or_one: return exactly_zero(a) ? zero : S(1);
        case Op::detached: return detached(a);
    }
    return zero;
}

/// The values of all steps.
template <class S>
[[nodiscard]] std::vector<S> evaluated(const Steps& steps, std::span<const S> inputs) {
    std::vector<S> values;
    values.reserve(steps.size());
    for (const Step& step : steps) {
        if (step.op == Op::input) {
            values.push_back(inputs[step.left]);
        } else if (step.op == Op::constant) {
            values.push_back(S(static_cast<S>(step.constant)));
        } else {
            values.push_back(applied<S>(step.op, values[step.left], values[step.right]));
        }
    }
    return values;
}

/// One value of an expression under construction.
class Term {
public:
    Term(double constant) : constant_(constant) {}
    Term(std::shared_ptr<Steps> steps, std::size_t place)
        : steps_(std::move(steps)), place_(place) {}

    [[nodiscard]] static Term of(Op op, const Term& a, const Term& b) {
        const std::shared_ptr<Steps> steps = a.steps_ ? a.steps_ : b.steps_;
        if (!steps) return Term(applied<double>(op, a.constant_, b.constant_));
        const std::size_t left = a.placed_in(*steps), right = b.placed_in(*steps);
        steps->push_back({op, left, right, 0});
        return {steps, steps->size() - 1};
    }
    [[nodiscard]] std::size_t placed_in(Steps& steps) const {
        if (steps_) return place_;
        steps.push_back({Op::constant, 0, 0, constant_});
        return steps.size() - 1;
    }

    friend Term operator+(const Term& a, const Term& b) { return of(Op::add, a, b); }
    friend Term operator-(const Term& a, const Term& b) { return of(Op::subtract, a, b); }
    friend Term operator*(const Term& a, const Term& b) { return of(Op::multiply, a, b); }
    friend Term operator/(const Term& a, const Term& b) { return of(Op::divide, a, b); }
    friend Term operator-(const Term& a) { return of(Op::negate, a, a); }
    friend Term pow(const Term& a, const Term& b) { return of(Op::pow, a, b); }
    friend Term hypot(const Term& a, const Term& b) { return of(Op::hypot, a, b); }
    friend Term atan2(const Term& a, const Term& b) { return of(Op::atan2, a, b); }
    friend Term max(const Term& a, const Term& b) { return of(Op::max, a, b); }
    friend Term min(const Term& a, const Term& b) { return of(Op::min, a, b); }
    friend Term exp(const Term& a) { return of(Op::exp, a, a); }
    friend Term expm1(const Term& a) { return of(Op::expm1, a, a); }
    friend Term log(const Term& a) { return of(Op::log, a, a); }
    friend Term log1p(const Term& a) { return of(Op::log1p, a, a); }
    friend Term sqrt(const Term& a) { return of(Op::sqrt, a, a); }
    friend Term cbrt(const Term& a) { return of(Op::cbrt, a, a); }
    friend Term sin(const Term& a) { return of(Op::sin, a, a); }
    friend Term cos(const Term& a) { return of(Op::cos, a, a); }
    friend Term tan(const Term& a) { return of(Op::tan, a, a); }
    friend Term asin(const Term& a) { return of(Op::asin, a, a); }
    friend Term acos(const Term& a) { return of(Op::acos, a, a); }
    friend Term atan(const Term& a) { return of(Op::atan, a, a); }
    friend Term sinh(const Term& a) { return of(Op::sinh, a, a); }
    friend Term cosh(const Term& a) { return of(Op::cosh, a, a); }
    friend Term tanh(const Term& a) { return of(Op::tanh, a, a); }
    friend Term asinh(const Term& a) { return of(Op::asinh, a, a); }
    friend Term acosh(const Term& a) { return of(Op::acosh, a, a); }
    friend Term atanh(const Term& a) { return of(Op::atanh, a, a); }
    friend Term erf(const Term& a) { return of(Op::erf, a, a); }
    friend Term erfc(const Term& a) { return of(Op::erfc, a, a); }
    friend Term gaussian(const Term& a) { return of(Op::gaussian, a, a); }
    friend Term lgamma(const Term& a) { return of(Op::lgamma, a, a); }
    friend Term sigmoid(const Term& a) { return of(Op::sigmoid, a, a); }
    friend Term softplus(const Term& a) { return of(Op::softplus, a, a); }
    friend Term abs(const Term& a) { return of(Op::abs, a, a); }
    friend Term relu(const Term& a) { return of(Op::relu, a, a); }
    friend Term step(const Term& a) { return of(Op::step, a, a); }
    friend Term zero_or_one(const Term& a) { return of(Op::zero_or_one, a, a); }
    friend Term detached(const Term& a) { return of(Op::detached, a, a); }

private:
    std::shared_ptr<Steps> steps_;
    std::size_t place_ = 0;
    double constant_ = 0;
};

/// An expression of n inputs with its results.
struct Expression {
    Steps steps;
    std::size_t inputs = 0;
    std::vector<std::size_t> results;
};

/// The expression that `write(inputs)` builds; it returns one Term or a vector of them.
template <class Write>
[[nodiscard]] Expression expression(std::size_t n, Write write) {
    const auto steps = std::make_shared<Steps>();
    std::vector<Term> inputs;
    for (std::size_t i = 0; i < n; ++i) {
        steps->push_back({Op::input, i, 0, 0});
        inputs.emplace_back(steps, i);
    }
    Expression result{{}, n, {}};
    if constexpr (requires { Term(write(inputs)); }) {
        result.results.push_back(Term(write(inputs)).placed_in(*steps));
    } else {
        for (const Term& term : write(inputs)) result.results.push_back(term.placed_in(*steps));
    }
    result.steps = *steps;
    return result;
}

}  // namespace gradproof::scalar
