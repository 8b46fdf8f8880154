// The error function, its complement, and the logarithm of the gamma function.
//
// The second forms are series and sums that are cut off. They are summed in 100 digits, which is much more
// than the law asks for, and what was cut off is part of their bound.
#include <gradproof/primitives/special_functions.hpp>

#include <gradproof/primitives/elementwise.hpp>
#include <gradproof/primitives/exponential_factor.hpp>

#include <array>

namespace gradproof::primitives {

namespace {

using scalar::Domain;
using scalar::Magnitude;
using namespace gradproof::scalar;  // erf, lgamma, ... of built-in types; others by argument

using Narrow = scalar::Witness<100>;

/// `sum`, of which a share of 2^exponent of `size` may have been cut off.
[[nodiscard]] Narrow cut_off(const Narrow& sum, const Narrow& size, int exponent) {
    return {sum.value(),
            sum.bound() + Narrow::size(size.value()) * Magnitude::power_of_two(exponent)};
}

[[nodiscard]] Narrow pi() { return acos(Narrow(-1)); }

/// erf(x) for |x| <= 1/8: 2/sqrt(pi) times the sum of (-1)^n x^(2n+1)/(n! (2n+1)) (NIST DLMF, 7.6.1).
[[nodiscard]] Narrow erf_near_zero(const Narrow& x) {
    constexpr int kTerms = 31;  // (1/64)^31/31! < 2^-295
    Narrow sum(0), power = x;
    for (int n = 0; n < kTerms; ++n) {
        sum += power / Narrow(2 * n + 1);
        power = -(power * x * x / Narrow(n + 1));
    }
    return Narrow(2) / sqrt(pi()) * cut_off(sum, x, -290);
}

/// erfc(x) for x >= 1/8, by the trapezoidal rule with step h for
///     erfc(x) = x/pi exp(-x^2) integral of exp(-t^2)/(t^2 + x^2) over the line,
/// which leaves out no more than exp(-pi^2/h^2), less than 2^-227 at h = 1/4, if what the poles +-ix have
/// added is taken off again, 2/(exp(2 pi x/h) - 1). Source: Chiarella and Reichel, "On the evaluation of
/// integrals related to the error function", Math. Comp. 22 (1968). With the line shifted to height 12 or
/// 13, whichever is farther from the poles, the integrand gains a factor x^2/|x^2 - height^2| < 14.
[[nodiscard]] Narrow erfc_by_trapezoids(const Narrow& x) {
    constexpr int kSteps = 52;  // exp(-52^2/16) < 2^-243
    const Narrow square = x * x, step = Narrow(1) / Narrow(4);
    Narrow sum = Narrow(1) / square;
    for (int n = 1; n <= kSteps; ++n) {
        const Narrow t = Narrow(n) * step;
        sum += Narrow(2) * exp(-(t * t)) / (t * t + square);
    }
    sum = cut_off(sum, sum, -215);
    const Narrow result = step * x / pi() * exp(-square) * sum;
    if (!precedes(x, Narrow(12.5))) return result;
    return result - Narrow(2) / expm1(Narrow(2) * pi() * x / step);
}

/// erfc(x), or erf(x) with `complement` false.
[[nodiscard]] Narrow error_function_of(const Narrow& x, bool complement) {
    const bool negative = precedes(x, Narrow(0));
    const Narrow size = negative ? -x : x;
    if (!precedes(Narrow(0.125), size)) {
        const Narrow near = erf_near_zero(x);
        return complement ? Narrow(1) - near : near;
    }
    const Narrow tail = erfc_by_trapezoids(size);
    if (complement) return negative ? Narrow(2) - tail : tail;
    return negative ? tail - Narrow(1) : Narrow(1) - tail;
}

/// log Gamma(2 + t) for |t| <= 1/2: (1 - gamma) t plus the sum over k >= 2 of (zeta(k) - 1) (-t)^k/k
/// (NIST DLMF, 5.7.3), whose terms fall by a factor of 4.
[[nodiscard]] Narrow log_gamma_near_two(const Narrow& t) {
    constexpr unsigned kLast = 70;  // 4^-70 = 2^-140
    static const std::array<Narrow, kLast + 1> coefficients = [] {
        std::array<Narrow, kLast + 1> all{};
        for (unsigned k = 1; k <= kLast; ++k) {
            Narrow::Value value;
            if (k == 1) {
                mpfr_const_euler(value.backend().data(), MPFR_RNDN);
            } else {
                mpfr_zeta_ui(value.backend().data(), k, MPFR_RNDN);
            }
            const Narrow rounded(value, Magnitude::power_of_two(1 - kWideBits<100>));
            all.at(k) = (rounded - Narrow(1)) / Narrow(k);
        }
        return all;
    }();
    Narrow sum(0), power(1);
    for (unsigned k = 1; k <= kLast; ++k) {
        power = -(power * t);
        sum += coefficients.at(k) * power;
    }
    return cut_off(sum, t, -138);
}

/// log Gamma(z + 1) for z >= 1: (z + 1/2) log(z + a) - (z + a) plus the logarithm of
/// sqrt(2 pi) + c_1/(z + 1) + ... + c_(a-1)/(z + a - 1),
/// c_k = (-1)^(k-1)/(k-1)! (a - k)^(k-1/2) exp(a - k), which leaves out a share of
/// a^(-1/2) (2 pi)^(-a-1/2), at a = 50 less than 2^-136.
/// Source: Spouge, "Computation of the gamma, digamma, and trigamma functions", SIAM J. Numer. Anal. 31
/// (1994), theorem 1.3.1.
[[nodiscard]] Narrow log_gamma_by_spouge(const Narrow& z) {
    constexpr int a = 50;
    static const std::array<Narrow, a> coefficients = [] {
        std::array<Narrow, a> all{};
        all[0] = sqrt(Narrow(2) * pi());
        Narrow factorial(1);
        for (int k = 1; k < a; ++k) {
            const Narrow base(a - k), half_odd = Narrow(2 * k - 1) / Narrow(2);
            all.at(static_cast<std::size_t>(k)) = exp(half_odd * log(base) + base) / factorial;
            factorial = -(factorial * Narrow(k));
        }
        return all;
    }();
    Narrow sum = coefficients[0];
    for (int k = 1; k < a; ++k)
        sum += coefficients.at(static_cast<std::size_t>(k)) / (z + Narrow(k));
    const Narrow shifted = z + Narrow(a);
    const Narrow logarithm = (z + Narrow(0.5)) * log(shifted) - shifted + log(sum);
    return cut_off(logarithm, Narrow(1), -135);
}

[[nodiscard]] Narrow log_gamma_of(const Narrow& x) {
    if (precedes(Narrow(2.5), x)) return log_gamma_by_spouge(x - Narrow(1));
    if (precedes(Narrow(1.5), x)) return log_gamma_near_two(x - Narrow(2));
    const bool above_half = precedes(Narrow(0.5), x);
    const Narrow t = above_half ? x - Narrow(1) : x;
    const Narrow near_one = log_gamma_near_two(t) - log1p(t);
    return above_half ? near_one : near_one - log(x);
}

/// g 2/sqrt(pi) exp(-x^2).
template <class S>
[[nodiscard]] S with_bell(const S& g, const S& x) {
    return with_gaussian(g, S(2) / sqrt(acos(S(-1))), x);
}

// clang-format off
struct Erf {
    template <class S> static S primal(const S& x) { return erf(x); }
    template <class S> static S pull(const S& g, const S&, const S& x) { return with_bell(g, x); }
    template <class S> static S second_form(const S& x) { return S(error_function_of(Narrow(x), false)); }
};
struct Erfc {
    template <class S> static S primal(const S& x) { return erfc(x); }
    template <class S> static S pull(const S& g, const S&, const S& x) { return -with_bell(g, x); }
    template <class S> static S second_form(const S& x) { return S(error_function_of(Narrow(x), true)); }
};
struct LogGamma {
    template <class S> static S primal(const S& x) { return lgamma(x); }
    template <class S> static S pull(const S& g, const S&, const S& x) { return g * digamma(x); }
    template <class S> static S second_form(const S& x) { return S(log_gamma_of(Narrow(x))); }
};
// clang-format on

}  // namespace

std::vector<Primitive> special_functions() {
    using backprop::with_rules;
    // clang-format off
    return {
        with_rules<Unary<Erf>>({.name = "erf", .operands = {"x"}, .formula = "erf(x)",
            .shape = same_shape, .domains = {{.hard_points = {0, 5.9215, -5.9215, 26.5, -26.5}}},
            .source = "2/sqrt(pi) exp(-x^2), with x^2 in two parts: a rounding of x^2 is one of 700 at x = 26"}),
        with_rules<Unary<Erfc>>({.name = "erfc", .operands = {"x"}, .formula = "1 - erf(x)",
            .shape = same_shape, .domains = {{.upper = 27.2, .hard_points = {0, 5.9215, -5.9215}}},
            .source = "-2/sqrt(pi) exp(-x^2), as that of erf; the value underflows at the end of the domain"}),
        with_rules<Unary<LogGamma>>({.name = "lgamma", .operands = {"x"}, .formula = "log Gamma(x), x > 0",
            .shape = same_shape,
            .domains = {{.lower = 0, .upper = 2.55e305, .lower_open = true, .hard_points = {0, 1, 2, 1.4616321449683623, 2.55e305}}},
            .convention = "x < 0 is left out: between the poles there log |Gamma| is another function",
            .source = "digamma x"}),
    };
    // clang-format on
}

}  // namespace gradproof::primitives
