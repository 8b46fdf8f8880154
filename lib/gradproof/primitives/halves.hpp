// Sums and products taken in halves: an order that a plain loop does not have, for second forms.
#pragma once

#include <cstddef>

namespace gradproof::primitives {

/// The sum of term(first) .. term(last - 1); 0 where there are none.
template <class S, class Term>
S sum_of_halves(std::size_t first, std::size_t last, Term term) {
    if (last == first) return S(0);
    if (last - first == 1) return term(first);
    const std::size_t middle = first + (last - first) / 2;
    return sum_of_halves<S>(middle, last, term) + sum_of_halves<S>(first, middle, term);
}

/// The product of factor(first) .. factor(last - 1); 1 where there are none.
template <class S, class Factor>
S product_of_halves(std::size_t first, std::size_t last, Factor factor) {
    if (last == first) return S(1);
    if (last - first == 1) return factor(first);
    const std::size_t middle = first + (last - first) / 2;
    return product_of_halves<S>(middle, last, factor) * product_of_halves<S>(first, middle, factor);
}

}  // namespace gradproof::primitives
