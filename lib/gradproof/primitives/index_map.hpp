// Maps that pass entries on as they are: each entry of the result is one of an operand, or 0.
//
// What such a map is made of stands once: the primal gathers, the pullback scatters and adds, so that an
// entry that is passed on twice gets both shares.
#pragma once

#include <gradproof/primitives/elementwise.hpp>

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace gradproof::primitives {

/// An entry by its place on each axis.
using Index = std::vector<std::size_t>;

/// Where an entry of the result is from.
struct Source {
    std::size_t operand = 0;
    std::size_t entry = 0;  ///< its flat place there
};

/// Calls `visit(flat, index)` for each entry of a shape, in row-major order.
template <class Visit>
void for_each_entry(const Shape& shape, Visit visit) {
    Index index(shape.size(), 0);
    const std::size_t count = element_count(shape);
    for (std::size_t flat = 0; flat < count; ++flat) {
        visit(flat, index);
        for (std::size_t axis = shape.size(); axis-- > 0 && ++index[axis] == shape[axis];)
            index[axis] = 0;
    }
}

/// The flat place of an entry of a shape whose place on axis k is place(k).
template <class Place>
[[nodiscard]] std::size_t flat_place(const Shape& shape, Place place) {
    std::size_t flat = 0;
    for (std::size_t axis = 0; axis < shape.size(); ++axis) flat = flat * shape[axis] + place(axis);
    return flat;
}

/// `Map` has from(application, flat, index), the source of an entry of the result if it has one, and
/// belongs(application, operand, from, to), whether the operand's entry with the index `from` is passed
/// on to the result's entry `to`: the same map as a relation, for the second form.
template <class Map>
struct IndexMap {
    template <class S>
    static void primal(const Application& a, Inputs<S> inputs, std::span<S> result) {
        for_each_entry(a.result, [&](std::size_t flat, const Index& index) {
            const std::optional<Source> from = Map::from(a, flat, index);
            result[flat] = from ? inputs[from->operand][from->entry] : S(0);
        });
    }
    template <class S>
    static void pullback(const Application& a, std::span<const S> cotangent, std::span<const S>,
                         Inputs<S>, Accumulators<S> accumulators) {
        for_each_entry(a.result, [&](std::size_t flat, const Index& index) {
            const std::optional<Source> from = Map::from(a, flat, index);
            if (from) accumulators[from->operand][from->entry] += cotangent[flat];
        });
    }
    /// The sum of all entries that belong to one of the result's.
    template <class S>
    static void second_form(const Application& a, Inputs<S> inputs, std::span<S> result) {
        for_each_entry(a.result, [&](std::size_t flat, const Index& to) {
            S sum(0);
            for (std::size_t k = 0; k < a.operands.size(); ++k) {
                for_each_entry(a.operands[k], [&](std::size_t entry, const Index& from) {
                    if (Map::belongs(a, k, from, to)) sum += inputs[k][entry];
                });
            }
            result[flat] = sum;
        });
    }
};

}  // namespace gradproof::primitives
