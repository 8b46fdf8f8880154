// Powers and roots, and logarithms of one and of two operands.
//
// What is a choice of formula alone is chosen by values, and changes nothing but rounding.
#include <gradproof/primitives/powers.hpp>

#include <gradproof/primitives/elementwise.hpp>
#include <gradproof/primitives/whole_attributes.hpp>

namespace gradproof::primitives {

namespace {

using scalar::Domain;
using namespace gradproof::scalar;  // cbrt, pow, ... of built-in types; others by argument

/// By the value alone.
template <class S>
bool is_zero(const S& x) {
    return !precedes(x, S(0)) && !precedes(S(0), x);
}

// clang-format off
struct Reciprocal {
    template <class S> static S primal(const S& x) { return S(1) / x; }
    template <class S> static S pull(const S& g, const S&, const S& x) { return -(g / x / x); }
    template <class S> static S second_form(const S& x) { return x / (x * x); }
};
struct Cbrt {
    template <class S> static S primal(const S& x) { return cbrt(x); }
    template <class S> static S pull(const S& g, const S& y, const S& x) {
        // The error of y counts once; at 0 the slope is infinite.
        return is_zero(x) ? g / (S(3) * (y * y)) : g * (y / x / S(3));
    }
    template <class S> static S second_form(const S& x) {
        if (is_zero(x)) return x;
        const S root = exp(log(size_of(x)) / S(3));
        return precedes(x, S(0)) ? -root : root;
    }
};
struct Log1p {
    template <class S> static S primal(const S& x) { return log1p(x); }
    template <class S> static S pull(const S& g, const S&, const S& x) { return g / (S(1) + x); }
    template <class S> static S second_form(const S& x) { return S(2) * atanh(x / (S(2) + x)); }
};
// clang-format on

/// x^y for x > 0.
struct Pow {
    template <class S>
    static S primal(const S& x, const S& y) {
        return pow(x, y);
    }
    /// y x^(y - 1) as y (x^y / x), with whichever order of operations overflows last; and by a power of
    /// its own where x^y has lost its digits.
    template <class S>
    static S pull_first(const S& g, const S& power, const S& x, const S& y) {
        if (!keeps_digits(power)) return g * (y * pow(x, y - S(1)));
        return g * (precedes(size_of(y), S(1)) ? (y * power) / x : y * (power / x));
    }
    template <class S>
    static S pull_second(const S& g, const S& power, const S& x, const S&) {
        return g * (power * log(x));
    }
    template <class S>
    static S second_form(const S& x, const S& y) {
        return exp(y * log(x));
    }

private:
    /// Not 0, nor so small that next to the smallest numbers digits may be gone.
    template <class S>
    static bool keeps_digits(const S& p) {
        const S back = p * S(0x1p-60) / S(0x1p-60);
        return precedes(S(0), p) && !precedes(back, p) && !precedes(p, back);
    }
};

/// Beyond it x^n is in range for few x, and the product of n factors takes long.
constexpr std::size_t kLargestExponent = 1024;

Shape integer_power_shape(std::span<const Shape> operands, const Attributes& attributes) {
    static_cast<void>(whole("integer_power", "exponent", attributes[0], 0, kLargestExponent));
    return operands[0];
}

/// x^n with n = 0, 1, 2, ... an attribute, on the whole line.
struct IntegerPower {
    template <class S>
    static void primal(const Application& application, Inputs<S> inputs, std::span<S> result) {
        const S n = static_cast<S>(application.attributes[0]);
        for (std::size_t i = 0; i < result.size(); ++i) result[i] = pow(inputs[0][i], n);
    }
    template <class S>
    static void pullback(const Application& application, std::span<const S> cotangent,
                         std::span<const S>, Inputs<S> inputs, Accumulators<S> accumulators) {
        const double n = application.attributes[0];
        if (n == 0) return;  // 0 x^-1 is no 0 at 0
        for (std::size_t i = 0; i < cotangent.size(); ++i) {
            if (exactly_zero(cotangent[i])) continue;
            const S slope = static_cast<S>(n) * pow(inputs[0][i], static_cast<S>(n - 1));
            accumulators[0][i] += cotangent[i] * slope;
        }
    }
    /// A product of n factors.
    template <class S>
    static void second_form(const Application& application, Inputs<S> inputs, std::span<S> result) {
        for (std::size_t i = 0; i < result.size(); ++i) {
            result[i] = S(1);
            for (double k = 0; k < application.attributes[0]; ++k)
                result[i] = result[i] * inputs[0][i];
        }
    }
};

/// sqrt(a^2 + b^2), its slopes relative to the larger of |a| and |b|.
struct Hypot {
    template <class S>
    static S primal(const S& a, const S& b) {
        return hypot(a, b);
    }
    template <class S>
    static S pull_first(const S& g, const S&, const S& a, const S& b) {
        return over_length(g, a, b);
    }
    template <class S>
    static S pull_second(const S& g, const S&, const S& a, const S& b) {
        return over_length(g, b, a);
    }
    template <class S>
    static S second_form(const S& a, const S& b) {
        return sqrt(a * a + b * b);
    }
    /// Only (0, 0) is a kink.
    static void at_tie(const Application&, std::span<const double> cotangent, Inputs<double> inputs,
                       Accumulators<double> gradient) {
        for (std::size_t i = 0; i < cotangent.size(); ++i) {
            const double a = inputs[0][i], b = inputs[1][i], r = std::hypot(a, b);
            gradient[0][i] = r == 0 ? 0 : over_length(cotangent[i], a, b);
            gradient[1][i] = r == 0 ? 0 : over_length(cotangent[i], b, a);
        }
    }

private:
    /// g a/sqrt(a^2 + b^2), 0 where both are 0.
    template <class S>
    static S over_length(const S& g, const S& a, const S& b) {
        const bool second = precedes(size_of(a), size_of(b));
        if ((second ? b : a) == S(0)) return S(0);
        const S q = second ? a / size_of(b) : b / a, length = sqrt(S(1) + q * q);
        return second ? g * (q / length) : (precedes(a, S(0)) ? -g : g) / length;
    }
};

/// x log y with 0 log 0 = 0: at y = 0, the end of the domain, by selection.
struct XLogY {
    template <class S>
    static S primal(const S& x, const S& y) {
        return zeros(x, y) ? x : x * log(y);
    }
    template <class S>
    static S pull_first(const S& g, const S&, const S&, const S& y) {
        return g * log(y);
    }
    template <class S>
    static S pull_second(const S& g, const S&, const S& x, const S& y) {
        return zeros(x, y) ? S(0) : g * (x / y);
    }
    template <class S>
    static S second_form(const S& x, const S& y) {
        return S(2) * (x * atanh((y - S(1)) / (y + S(1))));
    }

private:
    template <class S>
    static bool zeros(const S& x, const S& y) {
        return is_zero(y) && is_zero(x);
    }
};

/// log(e^a + e^b), relative to the larger of the two, which is no choice of the function: a = b is no kink.
struct LogAddExp {
    template <class S>
    static S primal(const S& a, const S& b) {
        const bool second = precedes(a, b);
        const S &larger = second ? b : a, &smaller = second ? a : b;
        // What the smaller one adds is on the record: next to a huge operand the result would not show
        // how fast it changes.
        const S rest = softplus(unrecorded(smaller) - unrecorded(larger));
        return larger + on_record(rest, recorded(a) ? a : b);
    }
    template <class S>
    static S pull_first(const S& g, const S&, const S& a, const S& b) {
        return g * sigmoid(a - b);
    }
    template <class S>
    static S pull_second(const S& g, const S&, const S& a, const S& b) {
        return g * sigmoid(b - a);
    }
    template <class S>
    static S second_form(const S& a, const S& b) {
        return log(exp(a) + exp(b));
    }
};

}  // namespace

std::vector<Primitive> powers() {
    using backprop::with_rules;
    const Domain line, at_zero{.hard_points = {0}};
    const Domain above_zero{.lower = 0, .lower_open = true, .hard_points = {0, 1}};
    // clang-format off
    return {
        with_rules<Unary<Reciprocal>>({.name = "reciprocal", .operands = {"x"}, .formula = "1/x",
            .shape = same_shape, .domains = {{.nonzero = true, .hard_points = {0}}},
            .source = "-1/x^2, divided by twice: x^2 over- and underflows before the result does"}),
        with_rules<Unary<Cbrt>>({.name = "cbrt", .operands = {"x"}, .formula = "x^(1/3), negative for x < 0",
            .shape = same_shape, .domains = {at_zero}, .convention = "the slope at 0 is infinite",
            .source = "cbrt(x)/(3 x): the power x^(-2/3) is no number for x < 0"}),
        with_rules<Binary<Pow>>({.name = "pow", .operands = {"x", "y"}, .formula = "x^y, x > 0",
            .shape = common_shape,
            .domains = {above_zero, {.hard_points = {0, 1, 2, -1, 0.5}}},
            .convention = "x = 0 is left out: there 0^y jumps at y = 0; integer_power has whole exponents on the whole line",
            .source = "y (x^y/x) and x^y log x; x^(y - 1) rounds its exponent, which costs log x times as much"}),
        with_rules<IntegerPower>({.name = "integer_power", .operands = {"x"}, .attributes = {"exponent"},
            .formula = "x^exponent, 0^0 = 1", .shape = integer_power_shape, .domains = {{.hard_points = {0, 1, -1}}},
            .attribute_domains = {{.lower = 0, .upper = 9, .integers_only = true, .hard_points = {0, 1, 2}}},
            .convention = "x^0 = 1 for all x, with the slope 0", .source = "n x^(n - 1), 0 for n = 0"}),
        with_rules<Binary<Hypot>>({.name = "hypot", .operands = {"a", "b"}, .formula = "sqrt(a_i^2 + b_i^2)",
            .shape = common_shape, .domains = {at_zero}, .at_tie = Hypot::at_tie,
            .convention = "the gradient at (0, 0) is 0",
            .source = "a/r and b/r, relative to the larger of |a| and |b|: next to the smallest numbers r is rounded coarsely"}),
        with_rules<Binary<XLogY>>({.name = "xlogy", .operands = {"x", "y"}, .formula = "x log y, 0 log 0 = 0",
            .shape = common_shape, .domains = {at_zero, above_zero},
            .convention = "at the open end (0, 0) the slope in y is 0, its limit along x = 0", .source = "log y and x/y"}),
        with_rules<Binary<LogAddExp>>({.name = "logaddexp", .operands = {"a", "b"}, .formula = "log(exp(a) + exp(b))",
            .shape = common_shape, .domains = {line},
            .source = "sigma(a - b) and sigma(b - a); exp(a)/(exp(a) + exp(b)) is NaN from 709.8 on"}),
        with_rules<Unary<Log1p>>({.name = "log1p", .operands = {"x"}, .formula = "log(1 + x)",
            .shape = same_shape, .domains = {{.lower = -1, .lower_open = true, .hard_points = {0, -1}}},
            .source = "1/(1 + x)"}),
    };
    // clang-format on
}

}  // namespace gradproof::primitives
