// The sentence that puts a gradient under test: gradient_of(f).on(3).by(vjp).
//
// f is written once for every number type: it takes one `Array<S>` an input (a `std::span<const S>`
// with a shape) and returns an S, or a range of them. It may branch, and call the elementary functions
// unqualified. It says what the truth is, and its formula, evaluated in the gradient's own type, what
// rounding may cost: write it in a form that does not cancel.
//
// The vjp is void(std::span<const T> x..., std::span<const T> u, std::span<T> dx...) with one x and one
// dx an input, T double or float; u may be a T where f returns one number, or be left out: then it is
// the gradient of f.
#pragma once

#include <gradproof/scalar/wide_sweep.hpp>
#include <gradproof/testing/array.hpp>
#include <gradproof/testing/domains.hpp>
#include <gradproof/testing/generic_function.hpp>
#include <gradproof/testing/hand_written.hpp>

#include <concepts>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace gradproof::testing {

namespace detail {

template <std::size_t, class T>
using Repeated = T;

/// The forms of a vjp on K inputs in type T.
template <class V, class T, class Indices>
struct Forms;
template <class V, class T, std::size_t... I>
struct Forms<V, T, std::index_sequence<I...>> {
    using View = std::span<const T>;
    static constexpr bool spans =
        std::invocable<V&, Repeated<I, View>..., View, Repeated<I, std::span<T>>...>;
    static constexpr bool number =
        !spans && std::invocable<V&, Repeated<I, View>..., T, Repeated<I, std::span<T>>...>;
    static constexpr bool gradient =
        !spans && !number && std::invocable<V&, Repeated<I, View>..., Repeated<I, std::span<T>>...>;
    static constexpr bool any = spans || number || gradient;
    using Each = typename Code<T>::template Each<const T>;
    using EachOut = typename Code<T>::template Each<T>;

    [[nodiscard]] static auto erased(V vjp) {
        return [vjp = std::move(vjp)](Each x, View u, EachOut dx) mutable {
            if constexpr (spans) {
                vjp(x[I]..., u, dx[I]...);
            } else if constexpr (number) {
                vjp(x[I]..., u[0], dx[I]...);
            } else {
                vjp(x[I]..., dx[I]...);
            }
        };
    }
};

/// The vjp's gradient in wide numbers.
template <class V, class Indices>
[[nodiscard]] std::vector<scalar::WideEntry> formula(const V& vjp,
                                                     const std::vector<scalar::Shape>& shapes,
                                                     std::span<const double> flat,
                                                     std::span<const double> cotangent) {
    return scalar::wide_sweep(flat.size(),
                              [&]<unsigned Digits>(std::integral_constant<unsigned, Digits>) {
                                  using Number = scalar::Witness<Digits>;
                                  const std::vector<Number> x(flat.begin(), flat.end());
                                  const std::vector<Number> u(cotangent.begin(), cotangent.end());
                                  std::vector<Number> gradient(flat.size());
                                  std::vector<std::span<const Number>> inputs;
                                  std::vector<std::span<Number>> buffers;
                                  std::size_t at = 0;
                                  for (const scalar::Shape& shape : shapes) {
                                      const std::size_t size = scalar::element_count(shape);
                                      inputs.push_back(std::span(x).subspan(at, size));
                                      buffers.push_back(std::span(gradient).subspan(at, size));
                                      at += size;
                                  }
                                  Forms<V, Number, Indices>::erased(vjp)(inputs, u, buffers);
                                  return gradient;
                              });
}

struct NoPrimal {};

/// The primal on K inputs in type T: fills its last argument, or returns the number.
template <class P, class T, std::size_t... I>
[[nodiscard]] auto erased_primal(P primal, std::index_sequence<I...>) {
    using View = std::span<const T>;
    using Each = typename Code<T>::template Each<const T>;
    return [primal = std::move(primal)](Each x, std::span<T> y) mutable {
        if constexpr (std::invocable<P&, Repeated<I, View>..., std::span<T>>) {
            primal(x[I]..., y);
        } else {
            static_assert(std::invocable<P&, Repeated<I, View>...>,
                          "with_primal(p): wanted is void(std::span<const T> x..., std::span<T> y) "
                          "or T(std::span<const T> x...), T that of the vjp");
            if (y.size() != 1) primal_is_scalar(y.size());
            y[0] = primal(x[I]...);
        }
    };
}

}  // namespace detail

/// A function on inputs of fixed shapes, whose gradient is still to be named.
template <class F, std::size_t Inputs, class Primal = detail::NoPrimal>
class OnInputs {
    using Indices = std::make_index_sequence<Inputs>;

public:
    OnInputs(F f, HandWritten claim, Primal primal = {})
        : f_(std::move(f)), claim_(std::move(claim)), primal_(std::move(primal)) {}

    /// Where the function is defined: one domain for all inputs, or one for each.
    [[nodiscard]] OnInputs in(const Domain& domain) const {
        return with([&](HandWritten& claim) {
            claim.domains.assign(Inputs, domain);
            claim.domains_declared = true;
        });
    }
    template <std::same_as<Domain>... D>
        requires(Inputs > 1 && sizeof...(D) == Inputs)
    [[nodiscard]] OnInputs in(const D&... domains) const {
        return with([&](HandWritten& claim) {
            claim.domains = {domains...};
            claim.domains_declared = true;
        });
    }
    /// What reports call the inputs.
    template <std::convertible_to<std::string>... Name>
        requires(sizeof...(Name) == Inputs)
    [[nodiscard]] OnInputs named(const Name&... names) const {
        return with([&](HandWritten& claim) { claim.names = {std::string(names)...}; });
    }
    /// How many cases are drawn, 200 unless RC_PARAMS says otherwise (max_success).
    [[nodiscard]] OnInputs cases(std::size_t count) const {
        return with([&](HandWritten& claim) { claim.cases = count; });
    }
    /// The vjp adds to what its buffers hold; without this it overwrites them.
    [[nodiscard]] OnInputs accumulating() const {
        return with([](HandWritten& claim) { claim.contract = Contract::accumulates; });
    }
    /// At a kink the vjp promises the slope of the branch that the function takes there: `x > 0 ? x : 0`
    /// has 0 at 0. Without this, any value between the two slopes is right.
    [[nodiscard]] OnInputs at_kinks_as_written() const {
        return with([](HandWritten& claim) { claim.kinks_as_written = true; });
    }
    /// The vjp works in float although its spans hold doubles: rounding may cost what it costs there.
    [[nodiscard]] OnInputs computing_in_float() const {
        return with([](HandWritten& claim) { claim.computes_in_float = true; });
    }
    /// The user's own primal, checked too: void(std::span<const T> x..., std::span<T> y), or
    /// T(std::span<const T> x...) where it is one number.
    template <class P>
    [[nodiscard]] OnInputs<F, Inputs, P> with_primal(P primal) const {
        return {f_, claim_, std::move(primal)};
    }

    /// The gradient under test. Throws `BadUse` where the function and it do not fit.
    template <class V>
    [[nodiscard]] HandWritten by(V vjp) const {
        if constexpr (detail::Forms<V, double, Indices>::any) {
            return claimed<double>(std::move(vjp));
        } else {
            static_assert(detail::Forms<V, float, Indices>::any,
                          "by(vjp): wanted is void(std::span<const T> x..., std::span<const T> u, "
                          "std::span<T> dx...) with one x and one dx for each shape of on(...), T "
                          "double or float");
            return claimed<float>(std::move(vjp));
        }
    }

    /// The same for a vjp that is written once for every number type, such as
    /// `[]<class S>(std::span<const S> x, S u, std::span<S> dx)` with unqualified elementary functions:
    /// its formula is evaluated in wide numbers, and digits that rounding loses are told from a wrong
    /// formula. T is the type under test.
    template <class T = double, class V>
    [[nodiscard]] HandWritten by_generic(V vjp) const {
        static_assert(detail::Forms<V, T, Indices>::any,
                      "by_generic(vjp): wanted is a vjp of by(vjp), templated on its number type");
        HandWritten claim = claimed<T>(vjp);
        claim.formula = [vjp = std::move(vjp), shapes = claim.shapes](std::span<const double> x,
                                                                      std::span<const double> u) {
            return detail::formula<V, Indices>(vjp, shapes, x, u);
        };
        return claim;
    }

private:
    F f_;
    HandWritten claim_;
    Primal primal_;

    template <class Change>
    [[nodiscard]] OnInputs with(Change change) const {
        OnInputs changed = *this;
        change(changed.claim_);
        return changed;
    }
    template <class T, class V>
    [[nodiscard]] HandWritten claimed(V vjp) const {
        using Form = detail::Forms<V, T, Indices>;
        using Function = detail::Function<F, T, Indices>;
        HandWritten claim = claim_;
        Code<T> code{Form::erased(std::move(vjp)), {}};
        if constexpr (!std::same_as<Primal, detail::NoPrimal>) {
            code.primal = detail::erased_primal<Primal, T>(primal_, Indices{});
        }
        claim.code = std::move(code);
        claim.takes_cotangent = !Form::gradient;
        const std::vector<double> point = some_point(claim);
        const std::vector<T> numbers(point.begin(), point.end());
        const std::size_t outputs =
            Function::called(f_, claim.shapes, std::span<const T>(numbers)).size();
        require_output(outputs, claim.takes_cotangent, Form::number);
        const auto function = std::make_shared<const Function>(f_, claim.shapes, outputs);
        claim.function = function;
        const auto ties = claim.kinks_as_written ? scalar::Ties::declared : scalar::Ties::open;
        const bool in_float = claim.computes_in_float;
        claim.budget = [function, ties, in_float](std::span<const double> x,
                                                  std::span<const double> u) {
            return in_float ? detail::budget<float>(*function, x, u, ties)
                            : detail::budget<T>(*function, x, u, ties);
        };
        return claim;
    }
};

/// A function whose gradient is to be tested.
template <class F>
class GradientOf {
public:
    explicit GradientOf(F f) : f_(std::move(f)) {}

    /// The shapes of the inputs: on(3), on({2, 3}, 3). Throws `BadUse` for shapes without a number.
    [[nodiscard]] auto on(Input a) const { return shaped<1>({a.shape}); }
    [[nodiscard]] auto on(Input a, Input b) const { return shaped<2>({a.shape, b.shape}); }
    [[nodiscard]] auto on(Input a, Input b, Input c) const {
        return shaped<3>({a.shape, b.shape, c.shape});
    }
    [[nodiscard]] auto on(Input a, Input b, Input c, Input d) const {
        return shaped<4>({a.shape, b.shape, c.shape, d.shape});
    }
    [[nodiscard]] auto on(Input a, Input b, Input c, Input d, Input e) const {
        return shaped<5>({a.shape, b.shape, c.shape, d.shape, e.shape});
    }
    [[nodiscard]] auto on(Input a, Input b, Input c, Input d, Input e, Input f) const {
        return shaped<6>({a.shape, b.shape, c.shape, d.shape, e.shape, f.shape});
    }

private:
    F f_;

    template <std::size_t Inputs>
    [[nodiscard]] OnInputs<F, Inputs> shaped(std::vector<scalar::Shape> shapes) const {
        return {f_, on_shapes(std::move(shapes))};
    }
};

template <class F>
[[nodiscard]] GradientOf<F> gradient_of(F f) {
    return GradientOf<F>(std::move(f));
}

}  // namespace gradproof::testing
