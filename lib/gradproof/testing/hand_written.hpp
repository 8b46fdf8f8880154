// A gradient written by hand with the function it is claimed to be of: all that a test asks of them,
// whatever their C++ types were.
#pragma once

#include <gradproof/callable/callable.hpp>
#include <gradproof/scalar/budget.hpp>
#include <gradproof/scalar/domain.hpp>
#include <gradproof/scalar/precision.hpp>
#include <gradproof/scalar/shape.hpp>
#include <gradproof/scalar/wide_entry.hpp>

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <variant>
#include <vector>

namespace gradproof::testing {

/// The test itself is at fault, or its function: nothing is said of the gradient. The message says
/// what was given, what was wanted and what to do.
class BadUse : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// The user's code in its own type, double or float. Sizes are those of the shapes.
template <class T>
struct Code {
    template <class Number>
    using Each = std::span<const std::span<Number>>;

    std::function<void(Each<const T> inputs, std::span<const T> cotangent, Each<T> gradient)> vjp;
    /// Fills the output; empty where the user has no primal of their own.
    std::function<void(Each<const T> inputs, std::span<T> output)> primal;
};

/// What the vjp does with a gradient buffer.
enum class Contract { overwrites, accumulates };

struct HandWritten {
    std::vector<scalar::Shape> shapes;  ///< one an input, like names and domains
    std::vector<std::string> names;
    std::vector<scalar::Domain> domains;
    bool domains_declared = false;
    Contract contract = Contract::overwrites;
    bool kinks_as_written = false;     ///< the slope at a kink is that of the function's own branch
    bool takes_cotangent = true;       ///< else it is the gradient of a scalar function
    std::optional<std::size_t> cases;  ///< to draw, where not the default
    std::variant<Code<double>, Code<float>> code;

    std::shared_ptr<const callable::Callable> function;
    /// What rounding may cost a gradient as accurate as the reference, for these inputs and cotangent.
    std::function<scalar::Budget(std::span<const double>, std::span<const double>)> budget;

    /// The vjp itself in wide numbers, where it is written once for every number type; else empty.
    std::function<std::vector<scalar::WideEntry>(std::span<const double>, std::span<const double>)>
        formula;

    bool computes_in_float = false;  ///< declared of code on doubles

    /// What inputs are drawn in, and the budget is derived for.
    [[nodiscard]] scalar::Precision precision() const {
        return code.index() == 0 && !computes_in_float ? scalar::Precision::binary64
                                                       : scalar::Precision::binary32;
    }
};

/// Fresh inputs of these shapes, named x, y, z or x1, x2, ... Throws `BadUse` for shapes without a number.
[[nodiscard]] HandWritten on_shapes(std::vector<scalar::Shape> shapes);

/// Some point of the domains, flat: where a function is first asked how many numbers it returns.
[[nodiscard]] std::vector<double> some_point(const HandWritten& claim);

/// Throw `BadUse`.
[[noreturn]] void function_threw(const std::string& what);
[[noreturn]] void function_has_no_such_type();
[[noreturn]] void function_returned(std::size_t given, std::size_t wanted);
[[noreturn]] void primal_is_scalar(std::size_t outputs);
void require_output(std::size_t outputs, bool takes_cotangent, bool scalar_cotangent);

}  // namespace gradproof::testing
