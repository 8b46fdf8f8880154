// A gradient written by hand with the function it is claimed to be of: all that a test asks of them,
// whatever their C++ types were.
#pragma once

#include <gradproof/scalar/domain.hpp>
#include <gradproof/scalar/precision.hpp>
#include <gradproof/scalar/shape.hpp>
#include <gradproof/scalar/wide_entry.hpp>
#include <gradproof/testing/attribute.hpp>
#include <gradproof/testing/bad_use.hpp>
#include <gradproof/testing/code.hpp>
#include <gradproof/testing/framed_function.hpp>
#include <gradproof/testing/sizes.hpp>

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gradproof::testing {

class Isolation;

/// What the code does with a buffer of its derivative.
enum class Contract { overwrites, accumulates };

struct HandWritten {
    std::vector<Input> inputs;
    std::vector<std::string> names;  ///< one an input, like domains
    std::vector<scalar::Domain> domains;
    bool domains_declared = false;
    std::vector<DrawnSize> sizes;  ///< each name of the inputs' axes once
    std::vector<Attribute> attributes;

    Form form = Form::vjp;
    AnyMaker code;
    Contract contract = Contract::overwrites;
    bool of_one_number = false;        ///< cotangent, tangent or gradient are of a single output
    bool blocks_are_optional = false;  ///< of the Jacobian
    bool gives_value = false;          ///< a call for the Jacobian gives the function, too
    bool has_primal = false;           ///< the code has a primal of its own
    bool fresh_for_each_case = false;  ///< an object that may remember its case
    bool kinks_as_written = false;     ///< the slope at a kink is that of the function's own branch
    bool computes_in_float = false;    ///< declared of code on doubles
    std::optional<std::size_t> cases;  ///< to draw, where not the default
    std::shared_ptr<Isolation> isolation;  ///< where the code runs, if not in this process

    /// The function in a frame. Throws `BadUse` where it returns what the claim cannot be of.
    std::function<FramedFunction(const HandWritten&, const Frame&)> function;
    /// The code's formula in wide numbers, where it is written once for every number type; else empty.
    std::function<std::vector<scalar::WideEntry>(
        const std::vector<scalar::Shape>& shapes, std::span<const double> attributes,
        std::span<const double> inputs, std::span<const double> cotangent)>
        formula;

    /// What inputs are drawn in, and the budget is derived for.
    [[nodiscard]] scalar::Precision precision() const {
        return code.index() == 0 && !computes_in_float ? scalar::Precision::binary64
                                                       : scalar::Precision::binary32;
    }
    [[nodiscard]] bool takes_cotangent() const { return form == Form::vjp; }
};

/// What the claim is about, for a sentence: "vjp", "Jacobian".
[[nodiscard]] std::string_view noun(Form form);

/// A claim on these inputs, named x, y, z or x1, x2, ... Throws `BadUse` for shapes without a number, and
/// for drawn sizes whose range is none or stands twice.
[[nodiscard]] HandWritten on_inputs(std::vector<Input> inputs);

/// The shapes of the inputs in a frame.
[[nodiscard]] std::vector<scalar::Shape> shapes_in(const HandWritten& claim, const Frame& frame);

/// Some frame in which no size is 0 that need not be: where a function is first asked what it returns.
[[nodiscard]] Frame some_frame(const HandWritten& claim);
/// Some point of the domains, flat.
[[nodiscard]] std::vector<double> some_point(const HandWritten& claim,
                                             const std::vector<scalar::Shape>& shapes);

/// Throws `BadUse` where a claim of this form cannot be about as many numbers.
void require_outputs(const HandWritten& claim, std::size_t outputs);
/// Throws `BadUse` where the claim does not fit its function in some frame.
void require_fitting(const HandWritten& claim);
/// Throws `std::invalid_argument` for a domain that is malformed, or has no number.
void require_domains(const HandWritten& claim);

}  // namespace gradproof::testing
