// The names of the number types, for those who pass them on without looking inside: a graph of
// primitives compiles without a multiple-precision header.
#pragma once

#include <type_traits>

namespace gradproof::scalar {

/// What a literal of a rule may be.
template <class Number>
concept Literal = std::is_arithmetic_v<Number>;

template <class T>
class Running;
template <unsigned Digits>
class Witness;
template <class S>
class Dual;

}  // namespace gradproof::scalar
