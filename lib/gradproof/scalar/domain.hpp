// A domain as plain data: the interval where a function is defined, and the points that are hard.
#pragma once

#include <limits>
#include <vector>

namespace gradproof::scalar {

/// The finite numbers of an interval. By default the whole finite line. An infinite end stands for
/// the largest number of the format, so that (0, inf) is written as it is in a calculus book.
struct Domain {
    double lower = -std::numeric_limits<double>::infinity();
    double upper = std::numeric_limits<double>::infinity();
    bool lower_open = false;
    bool upper_open = false;
    bool integers_only = false;
    bool nonzero = false;
    /// Where something happens: kinks, saturation (36.7 and -745 for sigmoid), poles, edges. They
    /// and their neighbours are drawn on purpose; those outside the interval lend their neighbours.
    std::vector<double> hard_points = {};
};

}  // namespace gradproof::scalar
