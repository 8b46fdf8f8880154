// An input as the user's function sees it: its numbers in row-major order, with a shape.
#pragma once

#include <gradproof/scalar/shape.hpp>

#include <cstddef>
#include <initializer_list>
#include <span>
#include <utility>

namespace gradproof::testing {

/// Numbers of any type S. It is a `std::span<const S>`, so a function that takes one takes it.
template <class S>
class Array : public std::span<const S> {
public:
    Array(std::span<const S> numbers, const scalar::Shape& shape)
        : std::span<const S>(numbers), shape_(&shape) {}

    [[nodiscard]] const scalar::Shape& shape() const { return *shape_; }
    /// The number of an array of shape {}.
    [[nodiscard]] const S& operator()() const { return (*this)[0]; }
    [[nodiscard]] const S& operator()(std::size_t i) const { return (*this)[i]; }
    /// Row i, column j of a matrix.
    [[nodiscard]] const S& operator()(std::size_t i, std::size_t j) const {
        return (*this)[i * (*shape_)[1] + j];
    }

private:
    const scalar::Shape* shape_;
};

/// The shape of an input, as a call site writes it: 3 for a vector of 3, {2, 3} for a matrix of 2 rows,
/// {} for one number.
struct Input {
    scalar::Shape shape;

    Input() = default;
    Input(std::size_t size) : shape{size} {}
    Input(std::initializer_list<std::size_t> sizes) : shape(sizes) {}
    Input(scalar::Shape sizes) : shape(std::move(sizes)) {}
};

}  // namespace gradproof::testing
