// The forms in which users write derivatives, found out from what their code can be called with.
//
// T is double or float, one x (of the numbers of an input), dx and t (of as many) stands for each input,
// a... are the attributes:
//
//   vjp        void(span<const T> x..., a..., span<const T> u, span<T> dx...)   u also a T
//   gradient   void(span<const T> x..., a..., span<T> dx...)
//   jvp        void(span<const T> x..., a..., span<const T> t..., span<T> dy)   or returns the T
//   Jacobian   void(span<const T> x..., a..., span<T> jx...)
//              void(span<const T> x..., a..., span<T> y, T* jx...)              jx null: not wanted
//              bool(const T* const* x, a..., T* y, T** j)                       j or j[i] null: not wanted
//
// Where an object is made fresh for each case, it is the first argument, and knows the attributes itself.
#pragma once

#include <gradproof/subject/fault.hpp>
#include <gradproof/testing/bad_use.hpp>
#include <gradproof/testing/code.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <functional>
#include <memory>
#include <span>
#include <type_traits>
#include <utility>

namespace gradproof::testing::detail {

template <class... Type>
struct Types {};

template <std::size_t, class T>
using Repeated = T;

/// Stands for a real attribute: it is given in the type of the gradient.
struct Real {};
template <class T, class A>
using GivenAs = std::conditional_t<std::same_as<A, Real>,
                                   std::conditional_t<std::floating_point<T>, T, double>, A>;

/// What is put to no object.
struct NoObject {};

/// The user's code V in type T, on as many inputs as there are indices.
template <class V, class T, class Object, class Indices, class Attributes>
struct Forms;
template <class V, class T, class Object, std::size_t... I, class... A>
struct Forms<V, T, Object, std::index_sequence<I...>, Types<A...>> {
    using View = std::span<const T>;
    using Span = std::span<T>;
    using Given = Arguments<T>;
    using Called = std::function<void(const Given&)>;
    static constexpr std::size_t kInputs = sizeof...(I);
    static constexpr bool kOnObject = !std::same_as<Object, NoObject>;

    template <class... More>
    [[nodiscard]] static constexpr bool takes() {
        if constexpr (kOnObject) {
            return std::invocable<V&, Object&, Repeated<I, View>..., More...>;
        } else {
            return std::invocable<V&, Repeated<I, View>..., GivenAs<T, A>..., More...>;
        }
    }
    [[nodiscard]] static constexpr bool takes_parameters() {
        if constexpr (kOnObject) {
            return std::invocable<V&, Object&, const T* const*, T*, T**>;
        } else {
            return std::invocable<V&, const T* const*, GivenAs<T, A>..., T*, T**>;
        }
    }

    static constexpr bool kSpanCotangent = takes<View, Repeated<I, Span>...>();
    static constexpr bool kVjp = kSpanCotangent || takes<T, Repeated<I, Span>...>();
    static constexpr bool kGradient = !kVjp && takes<Repeated<I, Span>...>();
    static constexpr bool kSpanTangent = takes<Repeated<I, View>..., Span>();
    static constexpr bool kJvp = kSpanTangent || takes<Repeated<I, View>...>();
    static constexpr bool kParameters = takes_parameters();
    static constexpr bool kPointers = !kParameters && takes<Span, Repeated<I, T*>...>();
    static constexpr bool kJacobian = kParameters || kPointers || takes<Repeated<I, Span>...>();
    static constexpr bool kSpanPrimal = takes<Span>();
    static constexpr bool kPrimal = kSpanPrimal || takes<>();

    /// The same code whatever it was, called with what it wants.
    [[nodiscard]] static Called vjp(std::shared_ptr<V> v, std::shared_ptr<Object> object) {
        return [v, object](const Given& given) {
            if constexpr (kSpanCotangent) {
                on_inputs(*v, object.get(), given, given.cotangent, given.derivative[I]...);
            } else if constexpr (kVjp) {
                on_inputs(*v, object.get(), given, given.cotangent[0], given.derivative[I]...);
            } else {
                on_inputs(*v, object.get(), given, given.derivative[I]...);
            }
        };
    }
    [[nodiscard]] static Called jvp(std::shared_ptr<V> v, std::shared_ptr<Object> object) {
        return [v, object](const Given& given) {
            if constexpr (kSpanTangent) {
                on_inputs(*v, object.get(), given, given.tangents[I]..., given.derivative[0]);
            } else {
                given.derivative[0][0] = on_inputs(*v, object.get(), given, given.tangents[I]...);
            }
        };
    }
    [[nodiscard]] static Called jacobian(std::shared_ptr<V> v, std::shared_ptr<Object> object) {
        return [v, object](const Given& given) {
            if constexpr (kParameters) {
                on_parameters(*v, object.get(), given);
            } else if constexpr (kPointers) {
                on_inputs(*v, object.get(), given, given.value, given.derivative[I].data()...);
            } else {
                on_inputs(*v, object.get(), given, given.derivative[I]...);
            }
        };
    }
    [[nodiscard]] static Called primal(std::shared_ptr<V> v, std::shared_ptr<Object> object) {
        return [v, object](const Given& given) {
            if constexpr (kSpanPrimal) {
                on_inputs(*v, object.get(), given, given.value);
            } else {
                if (given.value.size() != 1) primal_is_scalar(given.value.size());
                given.value[0] = on_inputs(*v, object.get(), given);
            }
        };
    }

private:
    template <class... More>
    static decltype(auto) on_inputs(V& v, Object* object, const Given& given, More... more) {
        if constexpr (kOnObject) {
            return std::invoke(v, *object, given.inputs[I]..., more...);
        } else {
            return with_attributes(given, [&](auto... attribute) -> decltype(auto) {
                return std::invoke(v, given.inputs[I]..., attribute..., more...);
            });
        }
    }
    static void on_parameters(V& v, Object* object, const Given& given) {
        const std::array<const T*, kInputs> x{given.inputs[I].data()...};
        std::array<T*, kInputs> blocks{given.derivative[I].data()...};
        const bool wanted = ((blocks[I] != nullptr) || ...);
        T** const j = wanted ? blocks.data() : nullptr;
        const auto call = [&] {
            if constexpr (kOnObject) {
                return std::invoke(v, *object, x.data(), given.value.data(), j);
            } else {
                return with_attributes(given, [&](auto... attribute) {
                    return std::invoke(v, x.data(), attribute..., given.value.data(), j);
                });
            }
        };
        if constexpr (std::convertible_to<decltype(call()), bool>) {
            if (!call()) {
                throw subject::Fault(subject::FaultKind::threw, "it returned false");
            }
        } else {
            call();
        }
    }
    template <class Call>
    static decltype(auto) with_attributes(const Given& given, Call call) {
        return [&]<std::size_t... J>(std::index_sequence<J...>)->decltype(auto) {
            return call(static_cast<GivenAs<T, A>>(given.attributes[J])...);
        }
        (std::index_sequence_for<A...>{});
    }
};

}  // namespace gradproof::testing::detail
