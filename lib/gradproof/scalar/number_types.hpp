// The names of the number types, for those who pass them on without looking inside: a graph of
// primitives compiles without a multiple-precision header.
#pragma once

namespace gradproof::scalar {

template <class T>
class Running;
template <unsigned Digits>
class Witness;

}  // namespace gradproof::scalar
