// Which axes of a shape are left when it shrinks: attributes that count axes follow them.
#pragma once

#include <gradproof/scalar/shape.hpp>

#include <cstddef>
#include <optional>
#include <vector>

namespace gradproof::primitives {

/// For each axis of `to` the axis of `from` that it was, where `to` has as many axes as `from` or fewer,
/// those left out being of size 1, and none is longer than it was; else nothing. Of [1, 1], of which [1]
/// is left, either may be meant: of several answers it is one that keeps most of the axes in `wanted`.
[[nodiscard]] std::optional<std::vector<std::size_t>> kept_axes(
    const scalar::Shape& from, const scalar::Shape& to,
    const std::vector<std::size_t>& wanted = {});

/// Which axis the old axis number `axis` is now; nothing where it was left out.
[[nodiscard]] std::optional<std::size_t> new_axis(const std::vector<std::size_t>& kept,
                                                  std::size_t axis);

}  // namespace gradproof::primitives
