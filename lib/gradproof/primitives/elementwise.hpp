// What elementwise primitives share: a scalar rule, applied to each entry.
#pragma once

#include <gradproof/backprop/primitive.hpp>
#include <gradproof/scalar/dual.hpp>
#include <gradproof/scalar/functions.hpp>
#include <gradproof/scalar/running.hpp>
#include <gradproof/scalar/witness.hpp>

#include <cstddef>

namespace gradproof::primitives {

using backprop::Accumulators;
using backprop::Application;
using backprop::Attributes;
using backprop::Inputs;
using backprop::Primitive;
using scalar::element_count;
using scalar::exactly_zero;
using scalar::precedes;
using scalar::Shape;
using scalar::to_string;

/// |x| by the value alone, as a pivot is chosen.
template <class S>
[[nodiscard]] S size_of(const S& x) {
    return precedes(x, S(0)) ? -x : x;
}

/// How many there are, as a number: exact.
template <class S>
[[nodiscard]] S number_of(std::size_t count) {
    return static_cast<S>(static_cast<double>(count));
}

/// `ScalarRule` has primal(x), pull(cotangent, result, x) and second_form(x).
template <class ScalarRule>
struct Unary {
    template <class S>
    static void primal(const Application&, Inputs<S> inputs, std::span<S> result) {
        for (std::size_t i = 0; i < result.size(); ++i)
            result[i] = ScalarRule::primal(inputs[0][i]);
    }
    template <class S>
    static void pullback(const Application&, std::span<const S> cotangent,
                         std::span<const S> result, Inputs<S> inputs,
                         Accumulators<S> accumulators) {
        for (std::size_t i = 0; i < cotangent.size(); ++i) {
            if (exactly_zero(cotangent[i])) continue;
            accumulators[0][i] += ScalarRule::pull(cotangent[i], result[i], inputs[0][i]);
        }
    }
    template <class S>
    static void second_form(const Application&, Inputs<S> inputs, std::span<S> result) {
        for (std::size_t i = 0; i < result.size(); ++i)
            result[i] = ScalarRule::second_form(inputs[0][i]);
    }
};

/// As `Unary`, with attributes: `ScalarRule<S>` is made from them once an application, and its primal, pull
/// and second_form are members.
template <template <class> class ScalarRule>
struct UnaryWithAttributes {
    template <class S>
    static void primal(const Application& application, Inputs<S> inputs, std::span<S> result) {
        const ScalarRule<S> rule(application.attributes);
        for (std::size_t i = 0; i < result.size(); ++i) result[i] = rule.primal(inputs[0][i]);
    }
    template <class S>
    static void pullback(const Application& application, std::span<const S> cotangent,
                         std::span<const S> result, Inputs<S> inputs,
                         Accumulators<S> accumulators) {
        const ScalarRule<S> rule(application.attributes);
        for (std::size_t i = 0; i < cotangent.size(); ++i) {
            if (exactly_zero(cotangent[i])) continue;
            accumulators[0][i] += rule.pull(cotangent[i], result[i], inputs[0][i]);
        }
    }
    template <class S>
    static void second_form(const Application& application, Inputs<S> inputs, std::span<S> result) {
        const ScalarRule<S> rule(application.attributes);
        for (std::size_t i = 0; i < result.size(); ++i) result[i] = rule.second_form(inputs[0][i]);
    }
};

/// `ScalarRule` has primal(a, b), pull_first(cotangent, result, a, b), pull_second(...) and
/// second_form(a, b).
template <class ScalarRule>
struct Binary {
    template <class S>
    static void primal(const Application&, Inputs<S> inputs, std::span<S> result) {
        for (std::size_t i = 0; i < result.size(); ++i) {
            result[i] = ScalarRule::primal(inputs[0][i], inputs[1][i]);
        }
    }
    template <class S>
    static void pullback(const Application&, std::span<const S> cotangent,
                         std::span<const S> result, Inputs<S> inputs,
                         Accumulators<S> accumulators) {
        for (std::size_t i = 0; i < cotangent.size(); ++i) {
            if (exactly_zero(cotangent[i])) continue;
            const S &a = inputs[0][i], &b = inputs[1][i];
            accumulators[0][i] += ScalarRule::pull_first(cotangent[i], result[i], a, b);
            accumulators[1][i] += ScalarRule::pull_second(cotangent[i], result[i], a, b);
        }
    }
    template <class S>
    static void second_form(const Application&, Inputs<S> inputs, std::span<S> result) {
        for (std::size_t i = 0; i < result.size(); ++i) {
            result[i] = ScalarRule::second_form(inputs[0][i], inputs[1][i]);
        }
    }
};

/// An entry that is on record, whose record an opaque operation ends on (`scalar::on_record`); the first
/// where none is. A constant that a kink put in the place of an operand, relu's 0, is on none. `x` must
/// not be empty.
template <class S>
[[nodiscard]] const S& recorded_one(std::span<const S> x) {
    using scalar::recorded;
    for (const S& entry : x) {
        if (recorded(entry)) return entry;
    }
    return x[0];
}

/// The shape of the only operand.
[[nodiscard]] Shape same_shape(std::span<const Shape> operands, const Attributes&);
/// The shape that all operands share; throws `ShapeError` where they differ.
[[nodiscard]] Shape common_shape(std::span<const Shape> operands, const Attributes&);

/// Throws `ShapeError` for a shape without entries; `why` completes "at least one entry: ".
void require_entries(std::string_view name, const Shape& shape, std::string_view why);

/// Throws `ShapeError`: "NAME: given GIVEN, wanted WANTED".
[[noreturn]] void refuse_shape(std::string_view name, const std::string& given,
                               std::string_view wanted);
/// Throws `ShapeError` for an attribute, called `what`, that is not above 0.
void require_positive(std::string_view name, std::string_view what, double attribute);

}  // namespace gradproof::primitives
