// Circular functions of one operand, the angle of a point, and sinc.
//
// Infinite slopes and cuts are told in `convention`; 1 - x^2 is always (1 - x)(1 + x), 1 + x^2 next to the
// largest numbers hypot(1, x)^2.
#include <gradproof/primitives/trigonometric.hpp>

#include <gradproof/primitives/elementwise.hpp>

namespace gradproof::primitives {

namespace {

using scalar::Domain;
using namespace gradproof::scalar;  // sin, atan2, ... of built-in types; others by argument

// clang-format off
struct Sin {
    template <class S> static S primal(const S& x) { return sin(x); }
    template <class S> static S pull(const S& g, const S&, const S& x) { return g * cos(x); }
    template <class S> static S second_form(const S& x) {
        const S t = tan(x / S(2));
        return S(2) * t / (S(1) + t * t);
    }
};
struct Cos {
    template <class S> static S primal(const S& x) { return cos(x); }
    template <class S> static S pull(const S& g, const S&, const S& x) { return -(g * sin(x)); }
    template <class S> static S second_form(const S& x) {
        const S t = tan(x / S(2));
        return (S(1) - t) * (S(1) + t) / (S(1) + t * t);
    }
};
struct Tan {
    template <class S> static S primal(const S& x) { return tan(x); }
    template <class S> static S pull(const S& g, const S& y, const S&) { return g * (S(1) + y * y); }
    template <class S> static S second_form(const S& x) { return sin(x + x) / (S(1) + cos(x + x)); }
};
struct Asin {
    template <class S> static S primal(const S& x) { return asin(x); }
    template <class S> static S pull(const S& g, const S&, const S& x) { return g / sqrt((S(1) - x) * (S(1) + x)); }
    template <class S> static S second_form(const S& x) { return S(2) * atan(x / (S(1) + sqrt((S(1) - x) * (S(1) + x)))); }
};
struct Acos {
    template <class S> static S primal(const S& x) { return acos(x); }
    template <class S> static S pull(const S& g, const S&, const S& x) { return -g / sqrt((S(1) - x) * (S(1) + x)); }
    template <class S> static S second_form(const S& x) { return S(2) * atan2(sqrt(S(1) - x), sqrt(S(1) + x)); }
};
struct Atan {
    template <class S> static S primal(const S& x) { return atan(x); }
    template <class S> static S pull(const S& g, const S&, const S& x) {
        const S r = hypot(S(1), x);
        return g / r / r;
    }
    template <class S> static S second_form(const S& x) { return asin(x / hypot(S(1), x)); }
};
// clang-format on

/// The angle of the point (x, y), and x/r^2, -y/r^2 relative to the larger of the two.
struct Atan2 {
    template <class S>
    static S primal(const S& y, const S& x) {
        return atan2(y, x);
    }
    template <class S>
    static S pull_first(const S& g, const S&, const S& y, const S& x) {
        return over_r_squared(g, x, y);
    }
    template <class S>
    static S pull_second(const S& g, const S&, const S& y, const S& x) {
        return -over_r_squared(g, y, x);
    }
    /// The half angle, as the sum that does not cancel has it.
    template <class S>
    static S second_form(const S& y, const S& x) {
        const S r = hypot(x, y);
        return S(2) * (precedes(x, S(0)) ? atan((r - x) / y) : atan(y / (r + x)));
    }

private:
    /// g a/(a^2 + b^2).
    template <class S>
    static S over_r_squared(const S& g, const S& a, const S& b) {
        if (precedes(size_of(a), size_of(b))) {
            const S q = a / b;
            return g * (q / (S(1) + q * q)) / b;
        }
        const S q = b / a;
        return g / (S(1) + q * q) / a;
    }
};

struct Sinc {
    /// sin(x) is on record, with its angle; what is done at 0 is no kink. There 1 - x^2/6 knows that the
    /// result depends on x, and bounds what an error of x may cost: 1 - x^2/6 <= sinc(x) <= 1.
    template <class S>
    static S primal(const S& x) {
        const S sine = sin(x), v = unrecorded(x);
        const bool zero = !precedes(v, S(0)) && !precedes(S(0), v);
        return on_record(zero ? S(1) - v * v / S(6) : unrecorded(sine) / v, x);
    }
    /// (cos x - sinc x)/x, or where that cancels its series.
    template <class S>
    static S pull(const S& g, const S& y, const S& x) {
        if (!precedes(size_of(x), S(1))) return g * ((cos(x) - y) / x);
        return -(g * (x / S(3) * series(x)));
    }
    template <class S>
    static S second_form(const S& x) {
        if (exactly_zero(x)) return S(1);
        const S t = tan(x / S(2));
        return S(2) * t / (S(1) + t * t) / x;
    }

private:
    /// -3 sinc'(x)/x = sum over k >= 1 of the terms t_1 = 1, t_(k+1) = -t_k x^2/(2k (2k + 3)), until one
    /// changes nothing any more: all that follow are less than that one.
    template <class S>
    static S series(const S& x) {
        const S square = x * x;
        S sum(1), term(1);
        for (int k = 1;; ++k) {
            term = -(term * square / S(2 * k * (2 * k + 3)));
            const S next = sum + term;
            const bool same = !precedes(next, sum) && !precedes(sum, next);
            sum = next;
            if (same) return sum;
        }
    }
};

}  // namespace

std::vector<Primitive> trigonometric() {
    using backprop::with_rules;
    constexpr double half_pi = 1.5707963267948966, pi = 3.141592653589793;
    const Domain angle{.hard_points = {0, half_pi, -half_pi, pi, -pi}};
    const Domain within_one{.lower = -1, .upper = 1, .hard_points = {0, -1, 1}};
    const Domain at_zero{.hard_points = {0}};
    // clang-format off
    return {
        with_rules<Unary<Sin>>({.name = "sin", .operands = {"x"}, .formula = "sin(x)",
            .shape = same_shape, .domains = {angle}, .source = "cos x"}),
        with_rules<Unary<Cos>>({.name = "cos", .operands = {"x"}, .formula = "cos(x)",
            .shape = same_shape, .domains = {angle}, .source = "-sin x"}),
        with_rules<Unary<Tan>>({.name = "tan", .operands = {"x"}, .formula = "tan(x)",
            .shape = same_shape, .domains = {angle},
            .source = "1 + tan^2 x, by the result; no number of a format is a pole"}),
        with_rules<Unary<Asin>>({.name = "asin", .operands = {"x"}, .formula = "asin(x)",
            .shape = same_shape, .domains = {within_one}, .convention = "the slopes at -1 and 1 are infinite",
            .source = "1/sqrt((1 - x)(1 + x)); 1 - x^2 has lost half of the digits next to 1"}),
        with_rules<Unary<Acos>>({.name = "acos", .operands = {"x"}, .formula = "acos(x)",
            .shape = same_shape, .domains = {within_one}, .convention = "the slopes at -1 and 1 are minus infinity",
            .source = "-1/sqrt((1 - x)(1 + x)); 1 - x^2 has lost half of the digits next to 1"}),
        with_rules<Unary<Atan>>({.name = "atan", .operands = {"x"}, .formula = "atan(x)",
            .shape = same_shape, .domains = {{.hard_points = {0, 1, -1}}},
            .source = "1/hypot(1, x)^2, divided by twice: x^2 overflows from 1.4e154 on, where the slope is 5e-309"}),
        with_rules<Binary<Atan2>>({.name = "atan2", .operands = {"y", "x"}, .formula = "angle of (x, y), in (-pi, pi)",
            .shape = common_shape, .domains = {{.nonzero = true, .hard_points = {0}}, at_zero},
            .convention = "y = 0 is left out: for x < 0 the angle jumps there by 2 pi",
            .source = "x/r^2 and -y/r^2, relative to the larger of |x| and |y|: r^2 over- and underflows before the result does"}),
        with_rules<Unary<Sinc>>({.name = "sinc", .operands = {"x"}, .formula = "sin(x)/x, 1 at 0 (unnormalised: no pi)",
            .shape = same_shape, .domains = {{.hard_points = {0, 1, -1, pi, -pi, 4.493409457909064, -4.493409457909064}}},
            .source = "(cos x - sinc x)/x, and for |x| < 1 its series, for the difference cancels towards 0"}),
    };
    // clang-format on
}

}  // namespace gradproof::primitives
