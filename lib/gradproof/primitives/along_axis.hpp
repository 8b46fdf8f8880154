// Rules of a vector, lifted to tensors: along an axis, line by line, or over all entries.
//
// A tensor is outer x size x inner, a line the `size` entries that differ in their place on the axis.
// Each line is gathered, goes through the vector's rule, and is scattered. Whatever a vector's rule is
// made of stands once; here stands how lines are found, and that a zero cotangent adds nothing.
#pragma once

#include <gradproof/primitives/elementwise.hpp>

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace gradproof::primitives {

/// The lines of a tensor along one of its axes, in row-major order of the other axes.
struct Lines {
    std::size_t outer = 1, size = 0, inner = 1;

    [[nodiscard]] std::size_t count() const { return outer * inner; }
    /// Where entry `k` of a line is stored.
    [[nodiscard]] std::size_t place(std::size_t line, std::size_t k) const {
        return (line / inner * size + k) * inner + line % inner;
    }
};

/// The lines of a shape along that axis; without one, all entries are one line.
[[nodiscard]] Lines lines_of(const Shape& shape, std::optional<std::size_t> axis);

/// The axis in a list of attributes that follows `own` others: nothing where the list is empty.
[[nodiscard]] std::optional<std::size_t> listed_axis(const Attributes& attributes, std::size_t own);

/// Along which lines an application reduces: all entries where it has no axis.
[[nodiscard]] Lines reduced_lines(const Application& application, std::size_t own = 0);
/// Along which lines an application maps: those of the last axis where it has none.
[[nodiscard]] Lines mapped_lines(const Application& application, std::size_t own = 0);

/// The entries of a line in a row: as they lie, or copied to `copy`.
template <class S>
[[nodiscard]] std::span<const S> gathered(std::span<const S> all, const Lines& lines,
                                          std::size_t line, std::vector<S>& copy) {
    if (lines.inner == 1) return all.subspan(lines.place(line, 0), lines.size);
    copy.clear();
    for (std::size_t k = 0; k < lines.size; ++k) copy.push_back(all[lines.place(line, k)]);
    return copy;
}

/// Lets `change` change the entries of a line, which it gets in a row, as they are.
template <class S, class Change>
void change_line(std::span<S> all, const Lines& lines, std::size_t line, Change change) {
    if (lines.inner == 1) {
        change(all.subspan(lines.place(line, 0), lines.size));
        return;
    }
    std::vector<S> copy;
    static_cast<void>(gathered(std::span<const S>(all), lines, line, copy));
    change(std::span<S>(copy));
    for (std::size_t k = 0; k < lines.size; ++k) all[lines.place(line, k)] = copy[k];
}

/// A reduction along an axis or of all entries. `VectorRule` has primal(application, x),
/// pullback(application, cotangent, result, x, share), which adds to `share`, and
/// second_form(application, x); one with ties at_tie(cotangent, x, gradient). `own` attributes come
/// before the axis.
template <class VectorRule, std::size_t own = 0>
struct Reduction {
    template <class S>
    static void primal(const Application& a, Inputs<S> inputs, std::span<S> result) {
        const Lines lines = reduced_lines(a, own);
        std::vector<S> copy;
        for (std::size_t line = 0; line < lines.count(); ++line)
            result[line] = VectorRule::primal(a, gathered(inputs[0], lines, line, copy));
    }
    template <class S>
    static void pullback(const Application& a, std::span<const S> cotangent,
                         std::span<const S> result, Inputs<S> inputs,
                         Accumulators<S> accumulators) {
        const Lines lines = reduced_lines(a, own);
        std::vector<S> copy;
        for (std::size_t line = 0; line < lines.count(); ++line) {
            if (exactly_zero(cotangent[line])) continue;
            const std::span<const S> x = gathered(inputs[0], lines, line, copy);
            change_line(accumulators[0], lines, line, [&](std::span<S> share) {
                VectorRule::pullback(a, cotangent[line], result[line], x, share);
            });
        }
    }
    template <class S>
    static void second_form(const Application& a, Inputs<S> inputs, std::span<S> result) {
        const Lines lines = reduced_lines(a, own);
        std::vector<S> copy;
        for (std::size_t line = 0; line < lines.count(); ++line)
            result[line] = VectorRule::second_form(a, gathered(inputs[0], lines, line, copy));
    }
    static void at_tie(const Application& a, std::span<const double> cotangent,
                       Inputs<double> inputs, Accumulators<double> gradient) {
        const Lines lines = reduced_lines(a, own);
        std::vector<double> copy;
        for (std::size_t line = 0; line < lines.count(); ++line) {
            const std::span<const double> x = gathered(inputs[0], lines, line, copy);
            change_line(gradient[0], lines, line, [&](std::span<double> share) {
                VectorRule::at_tie(cotangent[line], x, share);
            });
        }
    }
};

/// A map of vectors to vectors of the same size, along an axis, by default the last. `VectorRule` has
/// primal(application, x, result), pullback(application, cotangent, result, x, share), which adds to
/// `share`, and second_form(application, x, result).
template <class VectorRule, std::size_t own = 0>
struct LineMap {
    template <class S>
    static void primal(const Application& a, Inputs<S> inputs, std::span<S> result) {
        const Lines lines = mapped_lines(a, own);
        std::vector<S> copy;
        for (std::size_t line = 0; line < lines.count(); ++line) {
            const std::span<const S> x = gathered(inputs[0], lines, line, copy);
            change_line(result, lines, line, [&](std::span<S> y) { VectorRule::primal(a, x, y); });
        }
    }
    template <class S>
    static void pullback(const Application& a, std::span<const S> cotangent,
                         std::span<const S> result, Inputs<S> inputs,
                         Accumulators<S> accumulators) {
        const Lines lines = mapped_lines(a, own);
        std::vector<S> of_g, of_y, of_x;
        for (std::size_t line = 0; line < lines.count(); ++line) {
            const std::span<const S> g = gathered(cotangent, lines, line, of_g);
            bool all_zero = true;
            for (const S& entry : g) all_zero = all_zero && exactly_zero(entry);
            if (all_zero) continue;
            const std::span<const S> y = gathered(result, lines, line, of_y);
            const std::span<const S> x = gathered(inputs[0], lines, line, of_x);
            change_line(accumulators[0], lines, line,
                        [&](std::span<S> share) { VectorRule::pullback(a, g, y, x, share); });
        }
    }
    template <class S>
    static void second_form(const Application& a, Inputs<S> inputs, std::span<S> result) {
        const Lines lines = mapped_lines(a, own);
        std::vector<S> copy;
        for (std::size_t line = 0; line < lines.count(); ++line) {
            const std::span<const S> x = gathered(inputs[0], lines, line, copy);
            change_line(result, lines, line,
                        [&](std::span<S> y) { VectorRule::second_form(a, x, y); });
        }
    }
};

/// The operand's shape without the axis that is reduced; a scalar's where all entries are. Throws
/// `ShapeError` for an axis that is not there, or a list of several.
[[nodiscard]] Shape reduced_shape(std::string_view name, const Shape& shape,
                                  const Attributes& attributes, std::size_t own = 0);
/// The same for lines that must have `fewest` entries; `why` completes "at least ... entries along it: ".
[[nodiscard]] Shape reduced_shape_of_some(std::string_view name, const Shape& shape,
                                          const Attributes& attributes, std::size_t fewest,
                                          std::string_view why, std::size_t own = 0);
/// The operand's shape. Throws `ShapeError` for a scalar, for an axis that is not there, or a list of
/// several.
[[nodiscard]] Shape mapped_shape(std::string_view name, const Shape& shape,
                                 const Attributes& attributes, std::size_t own = 0);

/// What the axis is drawn from.
[[nodiscard]] scalar::Domain axis_domain();
/// No axis, or one of the operand's: for primitives whose only attribute it is.
[[nodiscard]] std::optional<Attributes> fitting_axis(std::span<const Shape> operands,
                                                     const backprop::Below& below);
/// The same axis in a shape that shrank; see `Primitive::refitted`.
[[nodiscard]] std::optional<Attributes> refitted_axis(std::span<const Shape> from,
                                                      std::span<const Shape> to,
                                                      const Attributes& attributes);
/// The same of an axis that follows `own` other attributes.
[[nodiscard]] std::optional<Attributes> refitted_axis_after(std::size_t own, const Shape& from,
                                                            const Shape& to,
                                                            const Attributes& attributes);

}  // namespace gradproof::primitives
