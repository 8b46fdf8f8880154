// What the oracle answers: an estimate with its bound, or why there is none.
#pragma once

#include <gradproof/scalar/wide.hpp>

#include <optional>
#include <string_view>
#include <variant>

namespace gradproof::oracle {

/// The type in which answers are handed out; its own rounding is part of every bound.
using Real = scalar::Wide<50>;

/// A value with a bound on its error: |value - truth| <= bound.
///
/// The rounding part of the bound is proven; the truncation part is estimated from a second step.
struct Estimate {
    Real value{};
    Real bound{};
};

/// Which sides of the point the function is defined on.
enum class Sides { both, forward, backward };

/// The derivative exists (one-sided at an edge of the domain). `exact` where the function does not
/// depend on what was perturbed: then value and bound are 0.
struct Smooth {
    Estimate slope;
    Sides sides = Sides::both;
    bool exact = false;
    unsigned digits = 0;  ///< of the rung that resolved it
    bool tied = false;    ///< a comparison ties at the point, though both sides have the same slope
};

/// The one-sided derivatives differ by more than their bounds.
struct Nonsmooth {
    Estimate backward;
    Estimate forward;
    unsigned digits = 0;
};

/// The difference quotients grow like a power of the step; `jump` where the function itself jumps.
struct InfiniteSlope {
    int backward = 0;  ///< sign of the slope on that side; 0 where it is finite or undefined
    int forward = 0;
    bool jump = false;
};

/// The function is not defined at the point itself.
struct OutsideDomain {};

/// The last rung did not settle it.
struct Unresolved {
    enum class Reason {
        comparison,  ///< within rounding, or coming out differently over the stencil
        moving,      ///< an intermediate changes too much over the smallest step
        domain,      ///< an edge of the domain lies within the smallest step
        range,       ///< an intermediate leaves the range of the wide types
        inexact,     ///< the perturbed input needs more digits than the last rung has
        bound,       ///< the bound stays above what was asked for
    };
    Reason reason = Reason::bound;
    std::optional<Estimate> best;
    /// Of a second derivative: something ties at the point itself, or the domain ends there.
    bool at_kink = false;
};

using Derivative = std::variant<Smooth, Nonsmooth, InfiniteSlope, OutsideDomain, Unresolved>;

/// A few words on why a derivative was not resolved.
[[nodiscard]] std::string_view to_words(Unresolved::Reason reason);

}  // namespace gradproof::oracle
