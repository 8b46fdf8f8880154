// The cases that a subject's shim is tried on: numbers that must come through unchanged, and shapes.
#pragma once

#include <gradproof/case/case.hpp>
#include <gradproof/subject/greeting.hpp>

#include <optional>
#include <string>
#include <vector>

namespace gradproof::cli {

/// All that the greeting offers, in its order.
[[nodiscard]] std::vector<const backprop::Primitive*> offered(const subject::Greeting& greeting);

/// A primitive that hands a scalar on as it is, or with its sign changed, and the cotangent likewise.
struct Carrier {
    const backprop::Primitive* primitive = nullptr;
    bool negates = false;
    std::optional<double> other = {};  ///< its second operand
    backprop::Attributes attributes = {};
};
/// The first that is offered.
[[nodiscard]] std::optional<Carrier> carrier(const subject::Greeting& greeting);
/// The names of all carriers there are.
[[nodiscard]] std::vector<std::string> carrier_names();
/// A case whose first operand is the number, and its cotangent, too.
[[nodiscard]] cases::Case carrying(const Carrier& carrier, double number,
                                   scalar::Precision precision);

/// Numbers that get lost where few digits are written, words are not understood or signs forgotten.
[[nodiscard]] std::vector<double> telling_numbers(scalar::Precision precision);

/// A primitive that takes operands of any one shape, each at a point of its domain; nothing where none of
/// them is offered.
[[nodiscard]] const backprop::Primitive* of_any_shape(const subject::Greeting& greeting);
/// A case of it with operands of that shape; nothing where it has no result.
[[nodiscard]] std::optional<cases::Case> of_shape(const backprop::Primitive& primitive,
                                                  const scalar::Shape& shape,
                                                  scalar::Precision precision);

/// A drawn case of the primitive that the greeting promises an answer to; nothing where none was found.
[[nodiscard]] std::optional<cases::Case> drawn_case(const subject::Greeting& greeting,
                                                    const backprop::Primitive& primitive,
                                                    scalar::Precision precision);
/// A drawn program likewise.
[[nodiscard]] std::optional<cases::Case> drawn_program(const subject::Greeting& greeting,
                                                       scalar::Precision precision,
                                                       std::uint64_t seed);

}  // namespace gradproof::cli
