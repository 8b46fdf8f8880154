// Hyperbolic functions and their inverses.
#include <gradproof/primitives/hyperbolic.hpp>

#include <gradproof/primitives/elementwise.hpp>

namespace gradproof::primitives {

namespace {

using scalar::Domain;
using namespace gradproof::scalar;  // sinh, asinh, ... of built-in types; others by argument

// clang-format off
struct Sinh {
    template <class S> static S primal(const S& x) { return sinh(x); }
    template <class S> static S pull(const S& g, const S&, const S& x) { return g * cosh(x); }
    template <class S> static S second_form(const S& x) {
        const S e = expm1(x);
        return (e + e / (S(1) + e)) / S(2);
    }
};
struct Cosh {
    template <class S> static S primal(const S& x) { return cosh(x); }
    template <class S> static S pull(const S& g, const S&, const S& x) { return g * sinh(x); }
    template <class S> static S second_form(const S& x) {
        const S half = sinh(x / S(2));
        return S(1) + S(2) * half * half;
    }
};
struct Asinh {
    template <class S> static S primal(const S& x) { return asinh(x); }
    template <class S> static S pull(const S& g, const S&, const S& x) { return g / hypot(S(1), x); }
    template <class S> static S second_form(const S& x) { return log(x + hypot(S(1), x)); }
};
struct Acosh {
    template <class S> static S primal(const S& x) { return acosh(x); }
    template <class S> static S pull(const S& g, const S&, const S& x) { return g / (sqrt(x - S(1)) * sqrt(x + S(1))); }
    template <class S> static S second_form(const S& x) { return log(x + sqrt(x - S(1)) * sqrt(x + S(1))); }
};
struct Atanh {
    template <class S> static S primal(const S& x) { return atanh(x); }
    template <class S> static S pull(const S& g, const S&, const S& x) { return g / ((S(1) - x) * (S(1) + x)); }
    template <class S> static S second_form(const S& x) { return log((S(1) + x) / (S(1) - x)) / S(2); }
};
// clang-format on

}  // namespace

std::vector<Primitive> hyperbolic() {
    using backprop::with_rules;
    const Domain below_overflow{
        .lower = -710.47, .upper = 710.47, .hard_points = {0, 710.47, -710.47}};
    // clang-format off
    return {
        with_rules<Unary<Sinh>>({.name = "sinh", .operands = {"x"}, .formula = "sinh(x)",
            .shape = same_shape, .domains = {below_overflow}, .source = "cosh x"}),
        with_rules<Unary<Cosh>>({.name = "cosh", .operands = {"x"}, .formula = "cosh(x)",
            .shape = same_shape, .domains = {below_overflow}, .source = "sinh x"}),
        with_rules<Unary<Asinh>>({.name = "asinh", .operands = {"x"}, .formula = "asinh(x)",
            .shape = same_shape, .domains = {{.hard_points = {0}}},
            .source = "1/hypot(1, x): x^2 overflows from 1.4e154 on"}),
        with_rules<Unary<Acosh>>({.name = "acosh", .operands = {"x"}, .formula = "acosh(x)",
            .shape = same_shape, .domains = {{.lower = 1, .hard_points = {1}}},
            .convention = "the slope at 1 is infinite",
            .source = "1/(sqrt(x - 1) sqrt(x + 1)): x^2 - 1 cancels next to 1 and overflows from 1.4e154 on"}),
        with_rules<Unary<Atanh>>({.name = "atanh", .operands = {"x"}, .formula = "atanh(x)",
            .shape = same_shape,
            .domains = {{.lower = -1, .upper = 1, .lower_open = true, .upper_open = true, .hard_points = {0, -1, 1}}},
            .source = "1/((1 - x)(1 + x)); 1 - x^2 has lost its digits next to 1"}),
    };
    // clang-format on
}

}  // namespace gradproof::primitives
