// Which nodes of a case compare what rounding could turn around.
#pragma once

#include <gradproof/case/case.hpp>

#include <vector>

namespace gradproof::cases {

/// What a node's rule, its pullback included, meets among its comparisons.
struct OpenComparisons {
    bool ties = false;  ///< both sides exact and equal: a convention decides
    bool undetermined =
        false;  ///< within rounding: a sound implementation may take the other branch
};

/// For every node, by a forward sweep in `Running<T>`, T the type of the case's precision. Inputs have
/// none. All numbers of the case must be finite.
[[nodiscard]] std::vector<OpenComparisons> open_comparisons(const Case& drawn);

}  // namespace gradproof::cases
