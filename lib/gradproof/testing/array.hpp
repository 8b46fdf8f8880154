// An input as the user's function sees it: its numbers in row-major order, with a shape.
#pragma once

#include <gradproof/scalar/shape.hpp>

#include <cstddef>
#include <span>

namespace gradproof::testing {

/// Throws `BadUse`: the function reads what is not there.
[[noreturn]] void function_reads_beyond(std::size_t entry, const scalar::Shape& shape);

/// Numbers of any type S. It is a `std::span<const S>`, so a function that takes one takes it.
template <class S>
class Array : public std::span<const S> {
public:
    Array(std::span<const S> numbers, const scalar::Shape& shape)
        : std::span<const S>(numbers), shape_(&shape) {}

    [[nodiscard]] const scalar::Shape& shape() const { return *shape_; }
    [[nodiscard]] const S& operator[](std::size_t i) const {
        if (i >= this->size()) function_reads_beyond(i, *shape_);
        return this->data()[i];
    }
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

}  // namespace gradproof::testing
