// The user's function, written once for every number type, as the oracle's callable and with its budget.
#pragma once

#include <gradproof/callable/callable.hpp>
#include <gradproof/scalar/taped.hpp>
#include <gradproof/testing/array.hpp>
#include <gradproof/testing/hand_written.hpp>

#include <array>
#include <concepts>
#include <exception>
#include <ranges>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

namespace gradproof::testing::detail {

template <class>
inline constexpr bool kNever = false;

template <class S, class Result>
[[nodiscard]] std::vector<S> numbers_of(Result&& result) {
    using Plain = std::remove_cvref_t<Result>;
    std::vector<S> numbers;
    if constexpr (std::convertible_to<Plain, S>) {
        numbers.push_back(S(result));
    } else if constexpr (std::ranges::input_range<Plain>) {
        for (const auto& number : result) numbers.push_back(S(number));
    } else {
        static_assert(kNever<S>, "the function must return a number or a range of numbers");
    }
    return numbers;
}

/// f on flat inputs, in the gradient's type T and in the oracle's. The other built-in type is not asked
/// for: with T double, f may write max(x, 0.0), which is no call in float.
template <class F, class T, class Indices>
class Function;
template <class F, class T, std::size_t... I>
class Function<F, T, std::index_sequence<I...>> final
    : public callable::CallableOf<Function<F, T, std::index_sequence<I...>>> {
    using Base = callable::CallableOf<Function>;

public:
    Function(F f, const std::vector<scalar::Shape>& shapes, std::size_t outputs)
        : Base(shapes, output_shape_of(outputs)), f_(std::move(f)) {}

    template <class S>
    [[nodiscard]] std::vector<S> apply(std::span<const S> flat) const {
        if constexpr (std::is_floating_point_v<S> && !std::same_as<S, T>) {
            function_has_no_such_type();
        } else {
            std::vector<S> numbers = called(f_, this->input_shapes(), flat);
            if (numbers.size() != this->output_size()) {
                function_returned(numbers.size(), this->output_size());
            }
            return numbers;
        }
    }

    template <class S>
    [[nodiscard]] static std::vector<S> called(const F& f, const std::vector<scalar::Shape>& shapes,
                                               std::span<const S> flat) {
        std::array<std::size_t, sizeof...(I) + 1> starts{};
        for (std::size_t i = 0; i < sizeof...(I); ++i) {
            starts[i + 1] = starts[i] + scalar::element_count(shapes[i]);
        }
        // What the witness throws is no std::exception, and passes.
        try {
            return numbers_of<S>(
                f(Array<S>(flat.subspan(starts[I], starts[I + 1] - starts[I]), shapes[I])...));
        } catch (const BadUse&) {
            throw;
        } catch (const std::exception& thrown) {
            function_threw(thrown.what());
        }
    }

private:
    F f_;

    [[nodiscard]] static scalar::Shape output_shape_of(std::size_t outputs) {
        return outputs == 1 ? scalar::Shape{} : scalar::Shape{outputs};
    }
};

template <class T, class F>
[[nodiscard]] scalar::Budget budget(const F& function, std::span<const double> inputs,
                                    std::span<const double> cotangent, scalar::Ties ties) {
    const std::vector<T> u(cotangent.begin(), cotangent.end());
    return scalar::budget_of(ties, [&](scalar::Ledger& ledger) {
        scalar::Tape<T> tape(ledger);
        std::vector<scalar::Taped<T>> numbers;
        for (const double x : inputs) numbers.push_back(tape.input(static_cast<T>(x)));
        const auto outputs =
            function.template apply<scalar::Taped<T>>(std::span(std::as_const(numbers)));
        return tape.swept(outputs, u);
    });
}

}  // namespace gradproof::testing::detail
