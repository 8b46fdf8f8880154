// Attributes: numbers that function and gradient are given and nobody differentiates by.
#pragma once

#include <gradproof/scalar/domain.hpp>

#include <string>
#include <vector>

namespace gradproof::testing {

struct Attribute {
    std::string name;
    scalar::Domain domain;        ///< where it is drawn from, if there are no choices
    std::vector<double> choices;  ///< the simplest first
};

/// The values of an attribute of type A.
template <class A>
struct OneOf {
    std::vector<double> values;
};

/// An attribute that is one of these, the simplest first: `one_of(1, 2, 3)` is given as an int.
template <class A, class... More>
[[nodiscard]] OneOf<A> one_of(A first, More... more) {
    return {{static_cast<double>(first), static_cast<double>(more)...}};
}

}  // namespace gradproof::testing
