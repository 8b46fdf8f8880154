// The user's function, written once for every number type, as the oracle's callable and on tapes.
#pragma once

#include <gradproof/testing/array.hpp>
#include <gradproof/testing/forms.hpp>
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

/// Whether F takes `Inputs` arrays of any number type, and the attributes A.
template <class F, class Indices, class Attributes>
inline constexpr bool kIsGeneric = false;
template <class F, std::size_t... I, class... A>
inline constexpr bool kIsGeneric<F, std::index_sequence<I...>, Types<A...>> =
    std::invocable<const F&, Repeated<I, Array<scalar::Witness<50>>>..., GivenAs<double, A>...>;

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

/// f in one frame, in the gradient's type T, the oracle's types and on T's tape. The other built-in type is
/// not asked for: with T double, f may write max(x, 0.0), which is no call in float.
template <class F, class T, class Indices, class Attributes>
class Function;
template <class F, class T, std::size_t... I, class... A>
class Function<F, T, std::index_sequence<I...>, Types<A...>> final
    : public callable::CallableOf<Function<F, T, std::index_sequence<I...>, Types<A...>>>,
      public Recorded {
    using Base = callable::CallableOf<Function>;

public:
    Function(const F& f, std::vector<scalar::Shape> shapes, std::vector<double> attributes,
             scalar::Shape output)
        : Base(std::move(shapes), std::move(output)), f_(f), attributes_(std::move(attributes)) {}

    template <class S>
    [[nodiscard]] std::vector<S> apply(std::span<const S> flat) const {
        if constexpr (std::is_floating_point_v<S> && !std::same_as<S, T>) {
            function_has_no_such_type();
        } else {
            std::vector<S> numbers = called(f_, this->input_shapes(), attributes_, flat);
            if (numbers.size() != this->output_size()) {
                function_returned(numbers.size(), this->output_size());
            }
            return numbers;
        }
    }

    // clang-format off
    [[nodiscard]] std::vector<scalar::Taped<double>> record(std::span<const scalar::Taped<double>> inputs) const override { return recorded(inputs); }
    [[nodiscard]] std::vector<scalar::Taped<float>> record(std::span<const scalar::Taped<float>> inputs) const override { return recorded(inputs); }
    // clang-format on

    template <class S>
    [[nodiscard]] static std::vector<S> called(const F& f, const std::vector<scalar::Shape>& shapes,
                                               std::span<const double> attributes,
                                               std::span<const S> flat) {
        std::array<std::size_t, sizeof...(I) + 1> starts{};
        for (std::size_t i = 0; i < sizeof...(I); ++i) {
            starts[i + 1] = starts[i] + scalar::element_count(shapes[i]);
        }
        // What the witness throws is no std::exception, and passes.
        try {
            return [&]<std::size_t... J>(std::index_sequence<J...>) {
                return numbers_of<S>(
                    f(Array<S>(flat.subspan(starts[I], starts[I + 1] - starts[I]), shapes[I])...,
                      static_cast<GivenAs<T, A>>(attributes[J])...));
            }
            (std::index_sequence_for<A...>{});
        } catch (const BadUse&) {
            throw;
        } catch (const std::exception& thrown) {
            function_threw(thrown.what());
        }
    }

private:
    F f_;
    std::vector<double> attributes_;

    template <class Tape>
    [[nodiscard]] std::vector<Tape> recorded(std::span<const Tape> inputs) const {
        // Code on doubles may compute in float, code on floats never in double.
        if constexpr (std::same_as<T, float> && std::same_as<typename Tape::Value, double>) {
            function_has_no_such_type();
        } else {
            return apply<Tape>(inputs);
        }
    }
};

/// The claim's function in a frame, held to what the claim can be of.
template <class F, class T, class Indices, class Attributes>
[[nodiscard]] FramedFunction in_frame(const F& f, const HandWritten& claim, const Frame& frame) {
    using Framed = Function<F, T, Indices, Attributes>;
    std::vector<scalar::Shape> shapes = shapes_in(claim, frame);
    const std::vector<double> point = some_point(claim, shapes);
    const std::vector<T> numbers(point.begin(), point.end());
    const std::size_t outputs =
        Framed::called(f, shapes, frame.attributes, std::span<const T>(numbers)).size();
    require_outputs(claim, outputs);
    scalar::Shape output = outputs == 1 ? scalar::Shape{} : scalar::Shape{outputs};
    const auto function =
        std::make_shared<const Framed>(f, std::move(shapes), frame.attributes, std::move(output));
    return {function, function};
}

}  // namespace gradproof::testing::detail
