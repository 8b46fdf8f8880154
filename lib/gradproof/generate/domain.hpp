// Questions about a domain: which numbers may be drawn from it, and which of them are hard.
#pragma once

#include <gradproof/generate/precision.hpp>
#include <gradproof/scalar/domain.hpp>

#include <string>
#include <vector>

namespace gradproof::generate {

using scalar::Domain;

/// Whether x is a finite number of the domain. -0 lies wherever 0 does.
[[nodiscard]] bool contains(const Domain& domain, double x);

/// Whether x is a number of the domain and exactly representable.
[[nodiscard]] bool contains(const Domain& domain, double x, Precision precision);

/// The smallest and the largest number of a domain in a precision.
struct Range {
    double smallest;
    double largest;
};

/// The range of a domain. Throws std::invalid_argument for a domain that is malformed (a NaN, an
/// infinite hard point, lower > upper) or has no number in this precision.
[[nodiscard]] Range range(const Domain& domain, Precision precision);

/// The hard points together with the finite ends, as they were given.
[[nodiscard]] std::vector<double> hard_points_and_edges(const Domain& domain);

/// The domain as a sentence would have it, such as "(0, 1], integers only".
[[nodiscard]] std::string text(const Domain& domain);

}  // namespace gradproof::generate
