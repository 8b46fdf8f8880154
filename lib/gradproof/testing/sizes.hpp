// Shapes as a call site writes them: of sizes that are fixed, and of names for sizes that are drawn.
#pragma once

#include <gradproof/scalar/shape.hpp>

#include <concepts>
#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace gradproof::testing {

/// The sizes that are drawn unless others are declared: none, one, and beyond two vectors of four, so
/// that what a loop leaves over has its turn.
inline constexpr std::size_t kSmallestSize = 0, kLargestSize = 9;

/// From which to which a drawn size may be.
struct SizeRange {
    std::size_t smallest = kSmallestSize;
    std::size_t largest = kLargestSize;
};

/// One axis of an input: 3, or "n" for a size that is drawn, the same wherever "n" stands.
struct Axis {
    std::size_t size = 0;
    std::string name{};  ///< empty where the size is fixed
    std::optional<SizeRange> range{};

    Axis(std::size_t fixed) : size(fixed) {}
    template <std::convertible_to<std::string> Name>
    Axis(const Name& drawn) : name(drawn) {}
};

/// A drawn size with its range: any_size("n", 1) is never 0. The range needs to stand once only.
[[nodiscard]] inline Axis any_size(const std::string& name, std::size_t smallest = kSmallestSize,
                                   std::size_t largest = kLargestSize) {
    Axis axis(name);
    axis.range = SizeRange{smallest, largest};
    return axis;
}

/// The shape of an input: 3 or "n" for a vector, {2, 3} or {"m", "n"} for a matrix, {} for one number.
struct Input {
    std::vector<Axis> axes;

    Input() = default;
    Input(std::size_t size) : axes{size} {}
    Input(Axis axis) : axes{std::move(axis)} {}
    template <std::convertible_to<std::string> Name>
    Input(const Name& drawn) : axes{Axis(drawn)} {}
    Input(std::initializer_list<Axis> sizes) : axes(sizes) {}
    Input(const scalar::Shape& sizes) : axes(sizes.begin(), sizes.end()) {}
};

/// A size that is drawn for each case.
struct DrawnSize : SizeRange {
    std::string name;
};

/// "[m, 3]".
[[nodiscard]] std::string to_string(const Input& input);

}  // namespace gradproof::testing
