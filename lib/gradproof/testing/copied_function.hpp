// A function on several copies of its inputs at once: output k is that of copy k. Then all that is said of
// one gradient can be said of a whole Jacobian, and of a jvp: they are gradients over the copies.
#pragma once

#include <gradproof/callable/callable.hpp>
#include <gradproof/subject/same.hpp>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

namespace gradproof::testing {

/// Inputs of f as rows of blocks: entry (k, j) of block i is number j of input i in copy k, so that the
/// gradient of (1, 1, ...) is the Jacobian of f in row-major blocks, one an input.
struct InBlocks {
    std::vector<std::size_t> widths;
    std::size_t copies = 0;

    template <class S>
    [[nodiscard]] std::vector<S> inputs(std::span<const S> numbers, std::size_t copy) const {
        std::vector<S> row;
        for (const std::size_t width : widths) {
            const auto part = numbers.subspan(copy * width, width);
            row.insert(row.end(), part.begin(), part.end());
            numbers = numbers.subspan(copies * width);
        }
        return row;
    }
};

/// Inputs of f along a line: copy k is at `point` + number k times `tangent`, so that at 0 the gradient of
/// (1, 1, ...) is the Jacobian times the tangent.
struct AlongLine {
    std::vector<double> point, tangent;

    template <class S>
    [[nodiscard]] std::vector<S> inputs(std::span<const S> numbers, std::size_t copy) const {
        std::vector<S> moved;
        for (std::size_t i = 0; i < point.size(); ++i) {
            const S x(static_cast<Constant<S>>(point[i]));
            const S t(static_cast<Constant<S>>(tangent[i]));
            moved.push_back(tangent[i] == 0 ? x : S(x + numbers[copy] * t));
        }
        return moved;
    }

private:
    template <class S>
    using Constant = std::conditional_t<std::is_floating_point_v<S>, S, double>;
};

template <class Where>
class CopiedFunction final : public callable::CallableOf<CopiedFunction<Where>> {
    using Base = callable::CallableOf<CopiedFunction<Where>>;

public:
    CopiedFunction(std::shared_ptr<const callable::Callable> function,
                   std::vector<scalar::Shape> inputs, Where where)
        : Base(std::move(inputs), function->output_shape()),
          function_(std::move(function)),
          where_(std::move(where)) {}

    template <class S>
    [[nodiscard]] std::vector<S> apply(std::span<const S> numbers) const {
        std::vector<S> outputs, still, there;
        for (std::size_t k = 0; k < this->output_size(); ++k) {
            const std::vector<S> inputs = where_.inputs(numbers, k);
            const bool known = !there.empty() && same_constants(inputs, still);
            std::vector<S> value = known ? there : function_->evaluate(std::span<const S>(inputs));
            outputs.push_back(value[k]);
            if (known || !same_constants(inputs, inputs)) continue;
            still = inputs;
            there = std::move(value);
        }
        return outputs;
    }

private:
    std::shared_ptr<const callable::Callable> function_;
    Where where_;

    /// Most copies stay where they are while one moves: these are evaluated once.
    template <class S>
    [[nodiscard]] static bool same_constants(const std::vector<S>& a, const std::vector<S>& b) {
        return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const S& x, const S& y) {
            if constexpr (std::is_floating_point_v<S>) {
                return subject::same_bits(x, y);
            } else {
                return !x.dependent() && !y.dependent() && x.bound().is_zero() &&
                       y.bound().is_zero() && x.value() == y.value();
            }
        });
    }
};

}  // namespace gradproof::testing
