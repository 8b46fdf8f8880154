// Greedy descent from a case along ever simpler ones that still fail.
#pragma once

#include <gradproof/case/case.hpp>

#include <chrono>
#include <cstddef>
#include <functional>

namespace gradproof::laws {

/// The bounds of a descent. Without the one on time the same case descends to the same end.
struct Descent {
    /// A descent of a small net takes a few hundred tries; one that goes on longer has long been
    /// readable.
    std::size_t most_tries = 4000;
    /// For subjects that take their time, or hang until a limit of their own, in every try.
    std::chrono::seconds most_time{120};
    /// Called after each try with their number; false ends the descent.
    std::function<bool(std::size_t)> progress = {};
};

struct Descended {
    cases::Case minimal;
    std::size_t tries = 0;
    std::size_t steps = 0;
    bool cut_short = false;  ///< it met a bound: a simpler case may be there
};

/// Descends from `broken` until no simpler case `fails`, which is asked about each once.
[[nodiscard]] Descended descend(const cases::Case& broken,
                                const std::function<bool(const cases::Case&)>& fails,
                                const Descent& descent);

}  // namespace gradproof::laws
