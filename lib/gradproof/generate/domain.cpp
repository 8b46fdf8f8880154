// Domains: membership, their exact smallest and largest number in a format, and what is refused.
#include <gradproof/generate/domain.hpp>

#include <gradproof/generate/decimal.hpp>

#include <cmath>
#include <stdexcept>

namespace gradproof::generate {

namespace {

[[noreturn]] void refuse(const Domain& domain, const std::string& why, const std::string& remedy) {
    throw std::invalid_argument("the domain " + text(domain) + " " + why + "; " + remedy);
}

void require_well_formed(const Domain& domain) {
    if (std::isnan(domain.lower) || std::isnan(domain.upper)) {
        refuse(domain, "has a NaN for an end",
               "give two numbers, or infinities for an end that is not bounded");
    }
    if (domain.lower > domain.upper) {
        refuse(domain, "has its lower end above its upper end", "give lower <= upper");
    }
    for (const double point : domain.hard_points) {
        if (!std::isfinite(point)) {
            refuse(domain, "has the hard point " + text(point),
                   "give finite hard points, such as 36.7");
        }
    }
}

/// The smallest number of the format from the lower end on; the upper end is its mirror image.
double smallest_from(double lower, bool open, const Domain& domain, Precision precision) {
    double x = rounded(lower, precision);
    if (x < lower || (open && x == lower)) x = neighbour(x, 1, precision);
    if (domain.integers_only) x = std::ceil(x) + 0.0;
    if (domain.nonzero && x == 0) x = domain.integers_only ? 1 : smallest_subnormal(precision);
    return x;
}

}  // namespace

bool contains(const Domain& domain, double x) {
    if (!std::isfinite(x) || x < domain.lower || x > domain.upper) return false;
    if (domain.lower_open && x == domain.lower) return false;
    if (domain.upper_open && x == domain.upper) return false;
    if (domain.integers_only && x != std::trunc(x)) return false;
    return !(domain.nonzero && x == 0);
}

bool contains(const Domain& domain, double x, Precision precision) {
    return contains(domain, x) && representable(x, precision);
}

Range range(const Domain& domain, Precision precision) {
    require_well_formed(domain);
    const Range ends{smallest_from(domain.lower, domain.lower_open, domain, precision),
                     -smallest_from(-domain.upper, domain.upper_open, domain, precision)};
    if (!contains(domain, ends.smallest, precision) || !contains(domain, ends.largest, precision)) {
        refuse(domain, "has no number in " + std::string(to_string(precision)),
               "widen it, close an end, or drop a restriction");
    }
    return ends;
}

std::vector<double> hard_points_and_edges(const Domain& domain) {
    std::vector<double> points = domain.hard_points;
    if (std::isfinite(domain.lower)) points.push_back(domain.lower);
    if (std::isfinite(domain.upper)) points.push_back(domain.upper);
    return points;
}

std::string text(const Domain& domain) {
    return (domain.lower_open ? "(" : "[") + text(domain.lower) + ", " + text(domain.upper) +
           (domain.upper_open ? ")" : "]") + (domain.integers_only ? ", integers only" : "") +
           (domain.nonzero ? ", nonzero" : "");
}

}  // namespace gradproof::generate
