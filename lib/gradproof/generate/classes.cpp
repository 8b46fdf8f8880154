// Which classes numbers, vectors and shapes belong to.
#include <gradproof/generate/classes.hpp>
#include <gradproof/generate/decimal.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <set>

namespace gradproof::generate {

namespace {

constexpr std::int64_t kNeighbourhood = 8;

constexpr std::array<std::string_view, kInputClasses> kClassNames{
    "zero",
    "negative zero",
    "negative",
    "subnormal",
    "tiny",
    "huge",
    "near overflow",
    "integer",
    "short decimal",
    "many digits",
    "hard point",
    "hard point neighbour",
    "near hard point",
    "tie",
    "near tie",
    "several zeros",
    "sparse",
    "all zero",
    "unit vector",
    "dominated",
    "scalar",
    "vector",
    "matrix",
    "higher rank",
    "size 0",
    "size 1",
    "repeated size",
};

/// How many ulps lie between two numbers of the format, at most kNeighbourhood + 1.
std::int64_t ulps_apart(double x, double y, Precision precision) {
    const auto far = [&](double from, double to) {
        return neighbour(from, kNeighbourhood, precision) < to;
    };
    if (far(x, y) || far(y, x)) return kNeighbourhood + 1;
    return std::abs(ordinal(x, precision) - ordinal(y, precision));
}

void add_hard_points(ClassSet& classes, double x, const Domain& domain, Precision precision) {
    for (const double point : hard_points_and_edges(domain)) {
        const double nearest_point = rounded(point, precision);
        if (x == nearest_point) {
            classes.add(InputClass::hard_point);
        } else if (ulps_apart(x, nearest_point, precision) <= kNeighbourhood) {
            classes.add(InputClass::hard_point_neighbour);
        } else if (std::abs(x - nearest_point) <= std::abs(nearest_point) / 16) {
            classes.add(InputClass::near_hard_point);
        }
    }
}

void add_ties(ClassSet& classes, std::vector<double> values, Precision precision) {
    std::sort(values.begin(), values.end());
    for (std::size_t i = 1; i < values.size(); ++i) {
        const std::int64_t apart = ulps_apart(values[i - 1], values[i], precision);
        classes.add(InputClass::tie, apart == 0 && values[i] != 0);
        classes.add(InputClass::near_tie, apart != 0 && apart <= kNeighbourhood);
    }
}

void add_magnitudes(ClassSet& classes, const std::vector<double>& values) {
    std::vector<double> magnitudes(values.size());
    std::transform(values.begin(), values.end(), magnitudes.begin(),
                   [](double x) { return std::abs(x); });
    std::sort(magnitudes.begin(), magnitudes.end());
    const auto zeros =
        static_cast<std::size_t>(std::count(magnitudes.begin(), magnitudes.end(), 0.0));
    const std::size_t count = magnitudes.size();
    classes.add(InputClass::several_zeros, zeros > 1);
    classes.add(InputClass::all_zero, count > 0 && zeros == count);
    classes.add(InputClass::sparse, count > 1 && zeros < count && 2 * zeros >= count);
    classes.add(InputClass::unit_vector, count > 0 && zeros == count - 1 && magnitudes.back() == 1);
    if (count > 1 && magnitudes[count - 2] > 0) {
        classes.add(InputClass::dominated,
                    std::ldexp(magnitudes.back(), -20) >= magnitudes[count - 2]);
    }
}

}  // namespace

std::string_view name(InputClass input_class) {
    return kClassNames[static_cast<std::size_t>(input_class)];
}

bool ClassSet::has(InputClass input_class) const {
    return classes_.test(static_cast<std::size_t>(input_class));
}

void ClassSet::add(InputClass input_class, bool covered) {
    if (covered) classes_.set(static_cast<std::size_t>(input_class));
}

ClassSet& ClassSet::operator|=(const ClassSet& other) {
    classes_ |= other.classes_;
    return *this;
}

std::vector<InputClass> ClassSet::members() const {
    std::vector<InputClass> found;
    for (std::size_t i = 0; i < kInputClasses; ++i) {
        if (classes_.test(i)) found.push_back(static_cast<InputClass>(i));
    }
    return found;
}

ClassSet classes_of(double x, const Domain& domain, Precision precision) {
    ClassSet classes;
    add_hard_points(classes, x, domain, precision);
    if (x == 0) {
        classes.add(std::signbit(x) ? InputClass::negative_zero : InputClass::zero);
        return classes;
    }
    const double magnitude = std::abs(x);
    const int digits = shortest_decimal(x, precision).count();
    const int all_digits = precision == Precision::binary64 ? 15 : 6;
    classes.add(InputClass::negative, x < 0);
    classes.add(InputClass::subnormal, magnitude < smallest_normal(precision));
    classes.add(InputClass::tiny, magnitude < std::sqrt(smallest_normal(precision)));
    classes.add(InputClass::huge, magnitude > std::sqrt(largest(precision)));
    classes.add(InputClass::near_overflow, magnitude >= largest(precision) / 2);
    classes.add(InputClass::integer, x == std::trunc(x));
    classes.add(InputClass::short_decimal, digits <= 3);
    classes.add(InputClass::many_digits, digits >= all_digits);
    return classes;
}

ClassSet classes_of(const std::vector<double>& values, const Domain& domain, Precision precision) {
    ClassSet classes;
    for (const double x : values) classes |= classes_of(x, domain, precision);
    add_ties(classes, values, precision);
    add_magnitudes(classes, values);
    return classes;
}

ClassSet classes_of_shape(const std::vector<std::size_t>& shape) {
    ClassSet classes;
    classes.add(InputClass::scalar, shape.empty());
    classes.add(InputClass::vector, shape.size() == 1);
    classes.add(InputClass::matrix, shape.size() == 2);
    classes.add(InputClass::higher_rank, shape.size() > 2);
    for (const std::size_t size : shape) {
        classes.add(InputClass::size_0, size == 0);
        classes.add(InputClass::size_1, size == 1);
    }
    const std::set<std::size_t> sizes(shape.begin(), shape.end());
    classes.add(InputClass::repeated_size, sizes.size() < shape.size());
    return classes;
}

}  // namespace gradproof::generate
