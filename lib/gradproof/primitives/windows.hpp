// Windows that slide over the last axes of a value: how many there are, and which entry stands at which of
// their places.
#pragma once

#include <gradproof/backprop/primitive.hpp>

#include <cstddef>
#include <optional>
#include <string_view>

namespace gradproof::primitives {

/// Windows along one axis of `entries` entries with `padding` places before and behind them. Window w
/// begins at place w stride and has `size` places, `dilation` apart.
struct WindowsAlongAxis {
    std::size_t entries = 1;
    std::size_t size = 1;
    std::size_t stride = 1;
    std::size_t padding = 0;
    std::size_t dilation = 1;

    /// From the first place of a window to its last.
    [[nodiscard]] std::size_t reach() const { return dilation * (size - 1) + 1; }
    /// Whether there is one: it has a place, and does not reach beyond the padding.
    [[nodiscard]] bool any() const { return size > 0 && reach() <= entries + 2 * padding; }
    [[nodiscard]] std::size_t count() const {
        return (entries + 2 * padding - reach()) / stride + 1;
    }
    /// The entry at a place of a window; nothing where that is padding.
    [[nodiscard]] std::optional<std::size_t> entry(std::size_t window, std::size_t place) const {
        const std::size_t at = window * stride + place * dilation;
        if (at < padding || at - padding >= entries) return std::nullopt;
        return at - padding;
    }
};

/// Windows over a plane, row by row. A line is a plane with a single row.
struct Windows {
    WindowsAlongAxis rows, columns;

    [[nodiscard]] std::size_t count() const { return rows.count() * columns.count(); }
    [[nodiscard]] std::size_t places() const { return rows.size * columns.size; }
    [[nodiscard]] std::size_t entries() const { return rows.entries * columns.entries; }

    /// Calls visit(place, entry), both flat, for each place of a window that holds an entry.
    template <class Visit>
    void for_each_entry(std::size_t window, Visit visit) const {
        for (std::size_t r = 0; r < rows.size; ++r) {
            const auto row = rows.entry(window / columns.count(), r);
            if (!row) continue;
            for (std::size_t c = 0; c < columns.size; ++c) {
                const auto column = columns.entry(window % columns.count(), c);
                if (column) visit(r * columns.size + c, *row * columns.entries + *column);
            }
        }
    }
};

/// An attribute as the count that it must be. Throws `ShapeError` for what is no whole number from
/// `least` to 1000, which every sensible one is below.
[[nodiscard]] std::size_t whole(std::string_view primitive, std::string_view attribute,
                                double value, std::size_t least);

/// The number of planes (or lines) of a value whose last `axes` axes are the plane's.
[[nodiscard]] std::size_t planes(const scalar::Shape& shape, std::size_t axes);

}  // namespace gradproof::primitives
