// What may be said of a function on its inputs, up to the derivative under test: `by`, `by_jvp`, `by_jacobian`.
#pragma once

#include <gradproof/testing/attribute.hpp>
#include <gradproof/testing/domains.hpp>
#include <gradproof/testing/forms.hpp>
#include <gradproof/testing/generic_function.hpp>
#include <gradproof/testing/hand_written.hpp>
#include <gradproof/testing/limits.hpp>
#include <gradproof/testing/wide_formula.hpp>

#include <concepts>
#include <memory>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace gradproof::testing {

/// The claim's code in a process of its own.
void isolate(HandWritten& claim, const Limits& limits);

namespace detail {

struct NoPrimal {};
struct NoMaker {};

template <class Make, class Attributes>
struct Made;
template <class... A>
struct Made<NoMaker, Types<A...>> {
    using Object = NoObject;
};
template <class Make, class... A>
struct Made<Make, Types<A...>> {
    // One that is refused makes nothing.
    using Object = typename std::conditional_t<std::invocable<Make&, GivenAs<double, A>...>,
                                               std::invoke_result<Make&, GivenAs<double, A>...>,
                                               std::type_identity<NoObject>>::type;
};

}  // namespace detail

/// A function on inputs of given shapes, whose derivative is still to be named. A is its attributes' types.
template <class F, std::size_t Inputs, class Primal = detail::NoPrimal,
          class Make = detail::NoMaker, class... A>
class OnInputs {
    using Indices = std::make_index_sequence<Inputs>;
    using Attributes = detail::Types<A...>;
    using Object = typename detail::Made<Make, Attributes>::Object;
    template <class V, class T>
    using Forms = detail::Forms<V, T, Object, Indices, Attributes>;

public:
    OnInputs(F f, HandWritten claim, Primal primal = {}, Make make = {})
        : f_(std::move(f)),
          claim_(std::move(claim)),
          primal_(std::move(primal)),
          make_(std::move(make)) {}

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
    /// A number that function and code are given behind the inputs, in the code's type, drawn from a domain.
    [[nodiscard]] OnInputs<F, Inputs, Primal, Make, A..., detail::Real> attribute(
        const std::string& name, const Domain& domain) const {
        return {f_, with_attribute({name, domain, {}}), primal_, make_};
    }
    /// The same of a type of its own, one of these: attribute("k", one_of(1, 2, 3)).
    template <class Type>
    [[nodiscard]] OnInputs<F, Inputs, Primal, Make, A..., Type> attribute(
        const std::string& name, const OneOf<Type>& choices) const {
        return {f_, with_attribute({name, {}, choices.values}), primal_, make_};
    }
    /// How many cases are drawn, 200 unless RC_PARAMS says otherwise (max_success).
    [[nodiscard]] OnInputs cases(std::size_t count) const {
        return with([&](HandWritten& claim) { claim.cases = count; });
    }
    /// The code adds to what its buffers hold; without this it overwrites them.
    [[nodiscard]] OnInputs accumulating() const {
        return with([](HandWritten& claim) { claim.contract = Contract::accumulates; });
    }
    /// At a kink the code promises the slope of the branch that the function takes there: `x > 0 ? x : 0`
    /// has 0 at 0. Without this, any value between the two slopes is right.
    [[nodiscard]] OnInputs at_kinks_as_written() const {
        return with([](HandWritten& claim) { claim.kinks_as_written = true; });
    }
    /// The code works in float although its spans hold doubles: rounding may cost what it costs there.
    [[nodiscard]] OnInputs computing_in_float() const {
        return with([](HandWritten& claim) { claim.computes_in_float = true; });
    }
    /// The code runs in a process of its own: a crash, an exit, a hang or running out of memory is a
    /// finding like any other.
    [[nodiscard]] OnInputs isolated(const Limits& limits = {}) const {
        return with([&](HandWritten& claim) { isolate(claim, limits); });
    }
    /// The user's own primal, checked too: void(std::span<const T> x..., a..., std::span<T> y), or
    /// T(std::span<const T> x..., a...) where it is one number.
    template <class P>
    [[nodiscard]] OnInputs<F, Inputs, P, Make, A...> with_primal(P primal) const {
        return {f_, claim_, std::move(primal), make_};
    }
    /// `make(a...)` is called for each case: what it returns is the first argument of the code (and of its
    /// primal), which is not given the attributes again, and may remember what it likes of its case.
    template <class M>
    [[nodiscard]] OnInputs<F, Inputs, Primal, M, A...> with_fresh(M make) const {
        static_assert(
            std::invocable<M&, detail::GivenAs<double, A>...>,
            "with_fresh(make): wanted is a function of the attributes, in their order, that "
            "returns an object; call attribute(...) before it");
        HandWritten claim = claim_;
        claim.fresh_for_each_case = true;
        return {f_, std::move(claim), primal_, std::move(make)};
    }

    /// The vjp or gradient under test. Throws `BadUse` where the function and it do not fit.
    template <class V>
    [[nodiscard]] HandWritten by(V vjp) const {
        constexpr bool in_double = Forms<V, double>::kVjp || Forms<V, double>::kGradient;
        constexpr bool in_float = Forms<V, float>::kVjp || Forms<V, float>::kGradient;
        static_assert(
            in_double || in_float,
            "by(vjp): wanted is void(std::span<const T> x..., a..., std::span<const T> u, "
            "std::span<T> dx...) with one x and one dx for each shape of on(...), one a for "
            "each attribute, T double or float; u may be a T, or be left out; after with_fresh(...) "
            "what it makes comes first, as Object&, and no a");
        if constexpr (in_double || in_float) {
            using T = std::conditional_t<in_double, double, float>;
            using Written = Forms<V, T>;
            HandWritten claim = claim_;
            claim.form = Written::kVjp ? Form::vjp : Form::gradient;
            claim.of_one_number = !Written::kSpanCotangent;
            return claimed<T, &Written::vjp>(std::move(claim), std::move(vjp));
        }
    }

    /// The same for a vjp that is written once for every number type, such as
    /// `[]<class S>(std::span<const S> x, S u, std::span<S> dx)` with unqualified elementary functions:
    /// its formula is evaluated in wide numbers, and digits that rounding loses are told from a wrong
    /// formula. T is the type under test.
    template <class T = double, class V>
    [[nodiscard]] HandWritten by_generic(V vjp) const {
        using Written = Forms<V, T>;
        static_assert(std::same_as<Make, detail::NoMaker>,
                      "by_generic(vjp): a formula has no object; leave out with_fresh(...)");
        static_assert(Written::kVjp || Written::kGradient,
                      "by_generic(vjp): wanted is a vjp of by(vjp), templated on its number type");
        HandWritten claim = claim_;
        claim.form = Written::kVjp ? Form::vjp : Form::gradient;
        claim.of_one_number = !Written::kSpanCotangent;
        claim.formula = [vjp = std::make_shared<V>(vjp)](const std::vector<scalar::Shape>& shapes,
                                                         std::span<const double> attributes,
                                                         std::span<const double> x,
                                                         std::span<const double> u) {
            return detail::formula<V, Indices, Attributes>(vjp, shapes, attributes, x, u);
        };
        return claimed<T, &Written::vjp>(std::move(claim), std::move(vjp));
    }

    /// The jvp under test: the Jacobian times a tangent.
    template <class V>
    [[nodiscard]] HandWritten by_jvp(V jvp) const {
        constexpr bool in_double = Forms<V, double>::kJvp, in_float = Forms<V, float>::kJvp;
        static_assert(
            in_double || in_float,
            "by_jvp(jvp): wanted is void(std::span<const T> x..., a..., std::span<const T> "
            "t..., std::span<T> dy) with one x and one tangent t for each shape of on(...), "
            "one a for each attribute, T double or float; it may return dy where that is one "
            "number");
        if constexpr (in_double || in_float) {
            using T = std::conditional_t<in_double, double, float>;
            using Written = Forms<V, T>;
            HandWritten claim = claim_;
            claim.form = Form::jvp;
            claim.of_one_number = !Written::kSpanTangent;
            return claimed<T, &Written::jvp>(std::move(claim), std::move(jvp));
        }
    }

    /// The Jacobian under test, in row-major blocks of a row for each output, one block an input.
    template <class V>
    [[nodiscard]] HandWritten by_jacobian(V jacobian) const {
        constexpr bool in_double = Forms<V, double>::kJacobian,
                       in_float = Forms<V, float>::kJacobian;
        static_assert(
            in_double || in_float,
            "by_jacobian(jacobian): wanted is void(std::span<const T> x..., a..., "
            "std::span<T> jx...), or with std::span<T> y, T* jx... at its end, or "
            "bool(const T* const* x, a..., T* y, T** j) as in Ceres; one x and one block jx for "
            "each shape of on(...), one a for each attribute, T double or float");
        if constexpr (in_double || in_float) {
            using T = std::conditional_t<in_double, double, float>;
            using Written = Forms<V, T>;
            HandWritten claim = claim_;
            claim.form = Form::jacobian;
            claim.blocks_are_optional = claim.gives_value =
                Written::kParameters || Written::kPointers;
            return claimed<T, &Written::jacobian>(std::move(claim), std::move(jacobian));
        }
    }

private:
    F f_;
    HandWritten claim_;
    Primal primal_;
    Make make_;

    template <class Change>
    [[nodiscard]] OnInputs with(Change change) const {
        OnInputs changed = *this;
        change(changed.claim_);
        return changed;
    }
    [[nodiscard]] HandWritten with_attribute(Attribute attribute) const {
        HandWritten claim = claim_;
        claim.attributes.push_back(std::move(attribute));
        return claim;
    }

    /// `call` makes of the code and an object, which may be none, what is called.
    template <class T, auto call, class V>
    [[nodiscard]] HandWritten claimed(HandWritten claim, V code) const {
        static_assert(
            detail::kIsGeneric<F, Indices, Attributes>,
            "gradient_of(f): wanted is f written once for every number type, such as "
            "[](const auto& x, double a) { return exp(a * x[0]); } with one x for each shape "
            "of on(...) and one a for each attribute: a function of double alone is a black "
            "box, whose differences cannot be taken in 50 digits; give with_primal(...) your "
            "own code, and gradient_of(...) its formula");
        if constexpr (detail::kIsGeneric<F, Indices, Attributes>) {
            claim.has_primal = !std::same_as<Primal, detail::NoPrimal>;
            claim.code = maker<T, call>(std::move(code));
            claim.function = [f = f_, last = std::make_shared<LastFrame>()](const HandWritten& own,
                                                                            const Frame& frame) {
                if (last->function.callable == nullptr || last->frame != frame) {
                    *last = {frame, detail::in_frame<F, T, Indices, Attributes>(f, own, frame)};
                }
                return last->function;
            };
            require_fitting(claim);
        }
        return claim;
    }
    template <class T, auto call, class V>
    [[nodiscard]] Maker<T> maker(V code) const {
        const auto shared = std::make_shared<V>(std::move(code));
        const auto primal = std::make_shared<Primal>(primal_);
        const auto with_object = [shared, primal](const std::shared_ptr<Object>& object) {
            Code<T> made{call(shared, object), {}};
            if constexpr (!std::same_as<Primal, detail::NoPrimal>) {
                using Written = Forms<Primal, T>;
                static_assert(
                    Written::kPrimal,
                    "with_primal(p): wanted is void(std::span<const T> x..., a..., "
                    "std::span<T> y) or T(std::span<const T> x..., a...), T that of the code");
                if constexpr (Written::kPrimal) made.primal = Written::primal(primal, object);
            }
            return made;
        };
        if constexpr (std::same_as<Make, detail::NoMaker>) {
            return [made = with_object(nullptr)](std::span<const double>) { return made; };
        } else {
            return [with_object, make = make_](std::span<const double> attributes) mutable {
                return [&]<std::size_t... J>(std::index_sequence<J...>) {
                    return with_object(std::make_shared<Object>(
                        make(static_cast<detail::GivenAs<T, A>>(attributes[J])...)));
                }
                (std::index_sequence_for<A...>{});
            };
        }
    }
};

}  // namespace gradproof::testing
