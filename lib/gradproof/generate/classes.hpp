// The classes of inputs a draw can cover, by name, so that a report can show what was tried.
#pragma once

#include <gradproof/generate/domain.hpp>

#include <bitset>
#include <cstddef>
#include <string_view>
#include <vector>

namespace gradproof::generate {

/// A class of inputs. A draw usually covers several.
enum class InputClass : unsigned char {
    // of a number
    zero,  ///< +0
    negative_zero,
    negative,
    subnormal,
    tiny,                  ///< its square is below the smallest normal
    huge,                  ///< its square overflows
    near_overflow,         ///< within a factor 2 of the largest number
    integer,               ///< not 0
    short_decimal,         ///< at most three significant digits, not 0
    many_digits,           ///< all digits of the format, less two, or more
    hard_point,            ///< a hard point or an end of the domain
    hard_point_neighbour,  ///< within 8 ulps of one, but none
    near_hard_point,       ///< within 1/16 of one that is not 0, but farther than that
    // of a vector
    tie,       ///< two equal entries, not 0
    near_tie,  ///< two entries that differ by at most 8 ulps
    several_zeros,
    sparse,       ///< at least half of two or more entries are 0, but not all
    all_zero,     ///< one entry or more, all 0
    unit_vector,  ///< one entry is 1 or -1, the others 0
    dominated,    ///< one magnitude is 2^20 times every other, not all others 0
    // of a shape
    scalar,
    vector,
    matrix,
    higher_rank,
    size_0,
    size_1,
    repeated_size,  ///< two dimensions of the same size
};

/// How many classes there are.
inline constexpr std::size_t kInputClasses = 27;

/// The name of a class, such as "negative zero".
[[nodiscard]] std::string_view name(InputClass input_class);

/// A set of classes.
class ClassSet {
public:
    ClassSet() = default;

    [[nodiscard]] bool has(InputClass input_class) const;
    void add(InputClass input_class, bool covered = true);
    ClassSet& operator|=(const ClassSet& other);
    bool operator==(const ClassSet&) const = default;

    /// The members, in the order of the enumeration.
    [[nodiscard]] std::vector<InputClass> members() const;

private:
    std::bitset<kInputClasses> classes_;
};

/// The classes a number covers, in a domain with its hard points.
[[nodiscard]] ClassSet classes_of(double x, const Domain& domain = {},
                                  Precision precision = Precision::binary64);

/// The classes of a vector, together with those of its entries.
[[nodiscard]] ClassSet classes_of(const std::vector<double>& values, const Domain& domain = {},
                                  Precision precision = Precision::binary64);

/// The classes of a shape.
[[nodiscard]] ClassSet classes_of_shape(const std::vector<std::size_t>& shape);

}  // namespace gradproof::generate
