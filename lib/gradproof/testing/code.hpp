// The code under test, whatever its C++ types were: what it is given, and what it is called by.
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <variant>

namespace gradproof::testing {

/// What the code computes.
enum class Form {
    vjp,       ///< cotangent times Jacobian
    gradient,  ///< of a function of one number
    jvp,       ///< Jacobian times tangent
    jacobian,  ///< in blocks, one an input, each of a row for every output
};

/// One call, in the code's own type T. What the form has no use for is empty.
template <class T>
struct Arguments {
    template <class Number>
    using Each = std::span<const std::span<Number>>;

    std::span<const std::size_t> sizes;  ///< those that are drawn, in the claim's order
    std::span<const double> attributes;
    Each<const T> inputs;
    std::span<const T> cotangent;
    Each<const T> tangents;  ///< one an input
    std::span<T> value;      ///< of the function
    /// Buffers of the gradients, of the one tangent of the result, or of the Jacobian's blocks, of which
    /// those that are not wanted have no memory.
    Each<T> derivative;
};

template <class T>
struct Code {
    std::function<void(const Arguments<T>&)> derivative;
    std::function<void(const Arguments<T>&)> primal;  ///< fills `value`; empty where there is none
};

/// The code for one case; anew for each where it is an object that is to be fresh.
template <class T>
using Maker = std::function<Code<T>(std::span<const double> attributes)>;

using AnyMaker = std::variant<Maker<double>, Maker<float>>;

}  // namespace gradproof::testing
