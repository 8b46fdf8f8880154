// What the table of propagated errors must hold: |f(w) - f(v)| is never above it for w within the
// error of v, half of it is too little somewhere, and it is infinite where the domain is left.
#include <gradproof/scalar/log_gamma.hpp>
#include <gradproof/scalar/propagation.hpp>
#include <gradproof/scalar/wide.hpp>

#include <cmath>
#include <cstdint>
#include <functional>
#include <limits>
#include <ostream>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace {

using namespace gradproof::scalar;
namespace table = gradproof::scalar::propagation;
using Exact = Wide<300>;
constexpr double kInfinity = std::numeric_limits<double>::infinity();

[[nodiscard]] Magnitude rounded_up(const Exact& a) {
    if (a == 0) return {};
    long exponent = 0;
    const double mantissa = mpfr_get_d_2exp(&exponent, a.backend().data(), MPFR_RNDA);
    return Magnitude(std::abs(mantissa), exponent);
}
[[nodiscard]] Exact exactly(const Magnitude& a) {
    if (a.is_infinite()) return std::numeric_limits<Exact>::infinity();
    Exact result(a.mantissa());
    mpfr_mul_2si(result.backend().data(), result.backend().data(), a.exponent(), MPFR_RNDN);
    return result;
}

[[nodiscard]] Exact log_of_gamma(const Exact& v) {
    Exact result;
    static_cast<void>(log_gamma(result.backend().data(), v.backend().data(), MPFR_RNDN));
    return result;
}
[[nodiscard]] Exact psi(const Exact& v) {
    Exact result;
    mpfr_digamma(result.backend().data(), v.backend().data(), MPFR_RNDN);
    return result;
}

/// A function with its entry in the table and the open or closed interval where it is defined.
struct Entry {
    std::string name;
    std::function<Exact(const Exact&)> function;
    double (*in_doubles)(const table::Operand<double>&);
    Magnitude (*in_magnitudes)(const table::Operand<Magnitude>&);
    double lower = -kInfinity, upper = kInfinity;
    bool closed = false;
    double scale = 1e300;  ///< largest |v| drawn

    [[nodiscard]] Exact inside(const Exact& v) const {
        return std::min(Exact(std::isfinite(lower) ? Exact(v - lower) : abs(v)),
                        Exact(std::isfinite(upper) ? Exact(upper - v) : abs(v)));
    }
};

[[nodiscard]] double sine_in_doubles(const table::Operand<double>& x) {
    return table::wave(x, std::sqrt(std::abs(1 - x.result * x.result)) + 0x1p-8);
}
[[nodiscard]] Magnitude sine_in_magnitudes(const table::Operand<Magnitude>& x) {
    return table::wave(x, Magnitude(1.0));
}

// clang-format off
#define ENTRY(name, function) \
    #name, [](const Exact& v) -> Exact { return function; }, table::name<double>, table::name<Magnitude>
#define NAMED(label, name, function) \
    label, [](const Exact& v) -> Exact { return function; }, table::name<double>, table::name<Magnitude>
void PrintTo(const Entry& entry, std::ostream* out) { *out << entry.name; }

const std::vector<Entry> kEntries{
    {ENTRY(exp, exp(v)), -kInfinity, kInfinity, false, 1e4},
    {ENTRY(expm1, expm1(v)), -kInfinity, kInfinity, false, 1e4},
    {ENTRY(log, log(v)), 0, kInfinity},
    {ENTRY(log1p, log1p(v)), -1, kInfinity},
    {ENTRY(sqrt, sqrt(v)), 0, kInfinity, true},
    {ENTRY(cbrt, cbrt(v))},
    {"sin", [](const Exact& v) -> Exact { return sin(v); }, sine_in_doubles, sine_in_magnitudes, -kInfinity, kInfinity, false, 1e5},
    {ENTRY(tan, tan(v)), -kInfinity, kInfinity, false, 1e5},
    {NAMED("asin", arcsine, asin(v)), -1, 1, true},
    {NAMED("acos", arcsine, acos(v)), -1, 1, true},
    {ENTRY(atan, atan(v))},
    {ENTRY(sinh, sinh(v)), -kInfinity, kInfinity, false, 1e4},
    {ENTRY(cosh, cosh(v)), -kInfinity, kInfinity, false, 1e4},
    {ENTRY(tanh, tanh(v)), -kInfinity, kInfinity, false, 1e3},
    {ENTRY(asinh, asinh(v))},
    {ENTRY(acosh, acosh(v)), 1, kInfinity, true},
    {ENTRY(atanh, atanh(v)), -1, 1},
    {NAMED("erf", error_function, erf(v)), -kInfinity, kInfinity, false, 30},
    {NAMED("erfc", error_function, erfc(v)), -kInfinity, kInfinity, false, 30},
    {ENTRY(gaussian, exp(-v * v)), -kInfinity, kInfinity, false, 30},
    {ENTRY(lgamma, log_of_gamma(v)), 0, kInfinity},
    {ENTRY(digamma, psi(v)), 0, kInfinity},
    {ENTRY(sigmoid, 1 / (1 + exp(-v))), -kInfinity, kInfinity, false, 1e3},
    {ENTRY(softplus, v > 0 ? Exact(v + log1p(exp(-v))) : Exact(log1p(exp(v)))), -kInfinity, kInfinity, false, 1e4},
};
#undef ENTRY
#undef NAMED
// clang-format on

class ThePropagatedError : public testing::TestWithParam<Entry> {
protected:
    ThePropagatedError() { open_exponent_range(); }

    [[nodiscard]] double uniform(double from, double to) {
        return std::uniform_real_distribution<double>(from, to)(random_);
    }
    /// A point inside the domain: any size, or next to an edge.
    [[nodiscard]] double point() {
        const Entry& f = GetParam();
        for (;;) {
            double v = std::exp2(uniform(-60, 6));
            if (random_() % 4 == 0) v = std::exp2(uniform(-1070, 1000));
            if (random_() % 2 == 0) v = -v;
            if (std::isfinite(f.lower) && random_() % 3 == 0) v = f.lower + std::abs(v);
            if (std::isfinite(f.upper) && random_() % 3 == 0) v = f.upper - std::abs(v);
            const bool inside =
                f.closed ? v >= f.lower && v <= f.upper : v > f.lower && v < f.upper;
            if (inside && std::abs(v) <= f.scale) return v;
        }
    }
    /// An error: a share of v, of its distance from an edge (rarely all of it), or any size.
    [[nodiscard]] double error_of(double v) {
        const double share = std::exp2(-uniform(0, random_() % 2 == 0 ? 4 : 60));
        const double edge = std::isfinite(GetParam().lower) && random_() % 2 == 0
                                ? v - GetParam().lower
                            : std::isfinite(GetParam().upper) ? GetParam().upper - v
                                                              : v;
        switch (random_() % 5) {
            case 0: return std::abs(v) * share;
            case 1: return std::abs(edge) * share;
            case 2: return std::abs(edge);
            case 3: return std::abs(edge) * (1 - 0x1p-53 * static_cast<double>(random_() % 64));
            default: return std::max(std::exp2(uniform(-60, 1)), std::abs(v) * 0x1p-200);
        }
    }
    [[nodiscard]] bool leaves_domain(const Exact& v, const Exact& e) const {
        const Entry& f = GetParam();
        return f.closed ? v - e < f.lower || v + e > f.upper : v - e <= f.lower || v + e >= f.upper;
    }

    std::mt19937_64 random_{20240611};
};

TEST_P(ThePropagatedError, bounds_the_change_and_half_of_it_does_not) {
    const Entry& f = GetParam();
    Exact largest_share = 0;
    int finite = 0;
    for (int i = 0; i < 500; ++i) {
        const double v = point(), e = error_of(v);
        if (e == 0 || !std::isfinite(e)) continue;
        const Exact at_v = f.function(v);
        const double size_of_result = abs(at_v).convert_to<double>();
        if (!std::isfinite(size_of_result)) continue;
        const Exact inside = f.inside(v);
        const double in_doubles =
            f.in_doubles({std::abs(v), v < 0, e, size_of_result * (1 + 0x1p-20) + 0x1p-1074,
                          inside.convert_to<double>()});
        const Magnitude in_magnitudes =
            f.in_magnitudes({Magnitude(std::abs(v)), v < 0, Magnitude(e),
                             rounded_up(at_v) * Magnitude(1 + 0x1p-40), rounded_up(inside)});
        if (leaves_domain(v, e)) {
            EXPECT_FALSE(std::isfinite(in_doubles)) << v << " +- " << e;
            EXPECT_TRUE(in_magnitudes.is_infinite()) << v << " +- " << e;
            continue;
        }
        finite += std::isfinite(in_doubles) && !in_magnitudes.is_infinite() ? 1 : 0;
        for (const double share : {-1.0, 1.0, uniform(-1, 1)}) {
            // Less what 300 digits may have got wrong.
            const Exact change =
                abs(f.function(Exact(v) + Exact(share) * e) - at_v) - abs(at_v) * Exact(0x1p-960);
            // The doubles are widened by their user.
            if (!std::isnan(in_doubles)) {
                EXPECT_LE(change, Exact(in_doubles) * (1 + 0x1p-49) + 0x1p-1074)
                    << v << " +- " << e << ", share " << share;
            }
            EXPECT_LE(change, exactly(in_magnitudes)) << v << " +- " << e << ", share " << share;
            if (change > 0)
                largest_share = std::max(largest_share, Exact(change / exactly(in_magnitudes)));
        }
    }
    EXPECT_GT(finite, 150);
    EXPECT_GT(largest_share, 0.5) << "the bound is nowhere needed";
}

INSTANTIATE_TEST_SUITE_P(of, ThePropagatedError, testing::ValuesIn(kEntries),
                         [](const auto& of) { return of.param.name; });

TEST(ThePropagatedErrorOfAPower, bounds_the_change_for_both_operands) {
    open_exponent_range();
    std::mt19937_64 random{20240612};
    const auto uniform = [&](double from, double to) {
        return std::uniform_real_distribution<double>(from, to)(random);
    };
    Exact largest_share = 0;
    for (int i = 0; i < 1500; ++i) {
        const double x = std::exp2(uniform(-200, 200)), y = uniform(-4, 4);
        const double ex = random() % 3 == 0 ? 0 : x * std::exp2(-uniform(0, 60));
        const double ey = random() % 3 == 0 ? 0 : std::exp2(-uniform(0, 60));
        const Exact power = pow(Exact(x), Exact(y));
        const Magnitude bound =
            table::pow<Magnitude>({Magnitude(x), false, Magnitude(ex), rounded_up(power), {}},
                                  {Magnitude(std::abs(y)), y < 0, Magnitude(ey), {}, {}});
        const double s = uniform(-1, 1) < 0 ? -1 : 1, t = uniform(-1, 1);
        const Exact change = abs(pow(Exact(x) + Exact(s) * ex, Exact(y) + Exact(t) * ey) - power);
        EXPECT_LE(change, exactly(bound)) << x << " +- " << ex << " to " << y << " +- " << ey;
        if (change > 0) largest_share = std::max(largest_share, Exact(change / exactly(bound)));
    }
    EXPECT_GT(largest_share, 0.5);
}

TEST(ThePropagatedErrorOfAnAngle, bounds_the_change_for_both_operands) {
    open_exponent_range();
    std::mt19937_64 random{20240613};
    const auto uniform = [&](double from, double to) {
        return std::uniform_real_distribution<double>(from, to)(random);
    };
    Exact largest_share = 0;
    for (int i = 0; i < 1500; ++i) {
        const double y = std::exp2(uniform(-60, 60)) * (random() % 2 == 0 ? 1 : -1);
        const double x = std::exp2(uniform(-60, 60)) * (random() % 2 == 0 ? 1 : -1);
        const double ey = random() % 3 == 0 ? 0 : std::abs(y) * std::exp2(-uniform(0, 60));
        const double ex = random() % 3 == 0 ? 0 : std::abs(x) * std::exp2(-uniform(-1, 60));
        const Exact angle = atan2(Exact(y), Exact(x));
        const Magnitude bound =
            table::atan2<Magnitude>({Magnitude(std::abs(y)), y < 0, Magnitude(ey), {}, {}},
                                    {Magnitude(std::abs(x)), x < 0, Magnitude(ex), {}, {}});
        const double s = uniform(-1, 1) < 0 ? -1 : 1, t = uniform(-1, 1);
        const Exact change = abs(atan2(Exact(y) + Exact(t) * ey, Exact(x) + Exact(s) * ex) - angle);
        EXPECT_LE(change, exactly(bound)) << y << " +- " << ey << ", " << x << " +- " << ex;
        if (change > 0) largest_share = std::max(largest_share, Exact(change / exactly(bound)));
    }
    EXPECT_GT(largest_share, 0.5);
}

TEST(ThePropagatedErrorOfAPower, is_infinite_where_a_negative_base_meets_an_inexact_exponent) {
    const table::Operand<double> base{2, true, 0, 8, 0};
    EXPECT_EQ(table::pow<double>(base, {3, false, 1e-10, 0, 0}), kInfinity);
    EXPECT_EQ(table::pow<double>(base, {3, false, 0, 0, 0}), 0);
}

}  // namespace
