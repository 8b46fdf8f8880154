// Running error analysis: a value in the subject's type, and a bound on what rounding has cost it.
//
// Source: Wilkinson's running error analysis in the form of Higham, Accuracy and Stability of
// Numerical Algorithms (2nd ed., 2002), section 3.3; every operation adds u |result| and passes on
// its operands' errors at their largest slope. The bound is itself computed with upward slack.
#pragma once

#include <gradproof/scalar/functions.hpp>
#include <gradproof/scalar/ledger.hpp>
#include <gradproof/scalar/number_types.hpp>
#include <gradproof/scalar/propagation.hpp>
#include <gradproof/scalar/rounding.hpp>

#include <cmath>
#include <cstddef>
#include <limits>
#include <type_traits>

namespace gradproof::scalar {

/// A value of type T (float or double) with a bound on |value - exact value|.
///
/// Operations that cannot round are free: negation, adding an exact zero, multiplying by an exact
/// 0, 1 or -1. All others are charged although one of them may happen to be exact, since a sound
/// subject may order them differently.
template <class T>
class Running {
    static_assert(std::is_floating_point_v<T>);

public:
    using Value = T;

    Running() = default;
    template <Literal Number>
    Running(Number value) : value_(static_cast<T>(value)) {
        if constexpr (!std::is_same_v<Number, T>) {
            // A literal such as 0.1 is not a float: what its rounding costs is known exactly.
            bound_ = std::abs(static_cast<double>(value) - static_cast<double>(value_));
        }
    }
    /// A new value; comparisons with it go to the ledger.
    Running(T value, double bound, Ledger* ledger = nullptr)
        : value_(value),
          identity_(ledger == nullptr ? 0 : ledger->fresh()),
          bound_(bound),
          ledger_(ledger) {}

    [[nodiscard]] T value() const { return value_; }
    [[nodiscard]] double bound() const { return bound_; }
    [[nodiscard]] Ledger* ledger() const { return ledger_; }

    friend Running operator-(const Running& a) { return {-a.value_, a.bound_, a.ledger_}; }
    friend Running operator+(const Running& a) { return a; }
    friend Running operator+(const Running& a, const Running& b) {
        if (exactly_zero(a)) return b.joined(a);
        if (exactly_zero(b)) return a.joined(b);
        const T sum = a.value_ + b.value_;
        return rounded(sum, a.bound_ + b.bound_, 1, ledger_of(a, b), kAdditive);
    }
    friend Running operator-(const Running& a, const Running& b) { return a + (-b); }
    friend Running operator*(const Running& a, const Running& b) {
        if (a.is_unit()) return Running(a.value_ * b.value_, b.bound_, ledger_of(a, b));
        if (b.is_unit()) return Running(a.value_ * b.value_, a.bound_, ledger_of(a, b));
        const T product = a.value_ * b.value_;
        if (exactly_zero(a) || exactly_zero(b)) {
            // 0 * inf is NaN here as it is in the subject; nothing else can go wrong.
            const bool finite = std::isfinite(product) && std::isfinite(a.bound_ + b.bound_);
            return Running(product, finite ? 0 : kInfinity, ledger_of(a, b));
        }
        const double x = magnitude(a), y = magnitude(b);
        return rounded(product, x * b.bound_ + y * a.bound_ + a.bound_ * b.bound_, 1,
                       ledger_of(a, b), kMultiplicative);
    }
    friend Running operator/(const Running& a, const Running& b) {
        if (b.is_unit()) return Running(a.value_ / b.value_, a.bound_, ledger_of(a, b));
        const T quotient = a.value_ / b.value_;
        if (exactly_zero(a) && std::abs(static_cast<double>(b.value_)) > b.bound_) {
            return Running(quotient, 0, ledger_of(a, b));
        }
        // |a'/b' - a/b| <= (e_a + |a/b| e_b) / (|b| - e_b); `quotient` is a/b up to its rounding.
        const double ratio = overstated(quotient);
        const double nearest = shortened(magnitude(b), b.bound_);
        // Divided first: next to the smallest double the product of ratio and error underflows.
        const double passed = (a.bound_ > 0 ? a.bound_ / nearest : 0) +
                              (b.bound_ > 0 ? ratio * (b.bound_ / nearest) : 0);
        return rounded(quotient, passed, 1, ledger_of(a, b), kMultiplicative);
    }
    Running& operator+=(const Running& b) { return *this = *this + b; }
    Running& operator-=(const Running& b) { return *this = *this - b; }
    Running& operator*=(const Running& b) { return *this = *this * b; }
    Running& operator/=(const Running& b) { return *this = *this / b; }

    // clang-format off
    friend bool operator<(const Running& a, const Running& b) { return order(a, b) < 0; }
    friend bool operator>(const Running& a, const Running& b) { return order(a, b) > 0; }
    friend bool operator<=(const Running& a, const Running& b) { return order(a, b) <= 0; }
    friend bool operator>=(const Running& a, const Running& b) { return order(a, b) >= 0; }
    friend bool operator==(const Running& a, const Running& b) { return order(a, b) == 0; }
    friend bool operator!=(const Running& a, const Running& b) { return order(a, b) != 0; }
    // clang-format on

    friend bool exactly_zero(const Running& a) { return a.value_ == 0 && a.bound_ == 0; }
    friend Running detached(const Running& a) { return Running(a.value_, 0, a.ledger_); }
    friend Running unrecorded(const Running& a) { return a; }
    friend Running on_record(const Running& result, const Running&) { return result; }
    friend bool precedes(const Running& a, const Running& b) { return a.value_ < b.value_; }

    // clang-format off
    friend Running exp(const Running& x) { return x.through(std::exp(x.value_), rounding::ulps::exp, propagation::exp<double>); }
    friend Running expm1(const Running& x) { return x.through(std::expm1(x.value_), rounding::ulps::expm1, propagation::expm1<double>); }
    friend Running log(const Running& x) { return x.through(std::log(x.value_), rounding::ulps::log, propagation::log<double>); }
    friend Running log1p(const Running& x) { return x.through(std::log1p(x.value_), rounding::ulps::log1p, propagation::log1p<double>, propagation::Edge::minus_one); }
    friend Running sqrt(const Running& x) { return x.through(std::sqrt(x.value_), rounding::ulps::sqrt, propagation::sqrt<double>); }
    friend Running cbrt(const Running& x) { return x.through(std::cbrt(x.value_), rounding::ulps::cbrt, propagation::cbrt<double>); }
    friend Running tan(const Running& x) { return x.through(std::tan(x.value_), rounding::ulps::tan, propagation::tan<double>); }
    friend Running asin(const Running& x) { return x.through(std::asin(x.value_), rounding::ulps::asin, propagation::arcsine<double>, propagation::Edge::both_ones); }
    friend Running acos(const Running& x) { return x.through(std::acos(x.value_), rounding::ulps::acos, propagation::arcsine<double>, propagation::Edge::both_ones); }
    friend Running atan(const Running& x) { return x.through(std::atan(x.value_), rounding::ulps::atan, propagation::atan<double>); }
    friend Running sinh(const Running& x) { return x.through(std::sinh(x.value_), rounding::ulps::sinh, propagation::sinh<double>); }
    friend Running cosh(const Running& x) { return x.through(std::cosh(x.value_), rounding::ulps::cosh, propagation::cosh<double>); }
    friend Running tanh(const Running& x) { return x.through(std::tanh(x.value_), rounding::ulps::tanh, propagation::tanh<double>); }
    friend Running asinh(const Running& x) { return x.through(std::asinh(x.value_), rounding::ulps::asinh, propagation::asinh<double>); }
    friend Running acosh(const Running& x) { return x.through(std::acosh(x.value_), rounding::ulps::acosh, propagation::acosh<double>, propagation::Edge::one); }
    friend Running atanh(const Running& x) { return x.through(std::atanh(x.value_), rounding::ulps::atanh, propagation::atanh<double>, propagation::Edge::both_ones); }
    friend Running erf(const Running& x) { return x.through(std::erf(x.value_), rounding::ulps::erf, propagation::error_function<double>); }
    friend Running erfc(const Running& x) { return x.through(std::erfc(x.value_), rounding::ulps::erfc, propagation::error_function<double>); }
    friend Running gaussian(const Running& x) { return x.through(scalar::gaussian(x.value_), rounding::kGaussianUnits / 2, propagation::gaussian<double>); }
    // clang-format on
    /// All three are defined for x > 0 here.
    friend Running lgamma(const Running& x) {
        if (!(x.value_ > 0)) return Running(std::lgamma(x.value_), kInfinity, x.ledger_);
        return x.through(std::lgamma(x.value_), rounding::ulps::lgamma,
                         propagation::lgamma<double>);
    }
    friend Running digamma(const Running& x) {
        if (!(x.value_ > 0)) return Running(scalar::digamma(x.value_), kInfinity, x.ledger_);
        return x.through(scalar::digamma(x.value_), rounding::ulps::digamma,
                         propagation::digamma<double>);
    }
    friend Running trigamma(const Running& x) {
        if (!(x.value_ > 0)) return Running(scalar::trigamma(x.value_), kInfinity, x.ledger_);
        return x.through(scalar::trigamma(x.value_), rounding::ulps::trigamma,
                         propagation::trigamma<double>);
    }
    /// Not known where the errors meet the cut y = 0, x <= 0.
    friend Running atan2(const Running& y, const Running& x) {
        const T angle = std::atan2(y.value_, x.value_);
        const propagation::Operand<double> up{magnitude(y), y.value_ < 0, y.bound_, 0, 0};
        const propagation::Operand<double> right{magnitude(x), x.value_ < 0, x.bound_, 0, 0};
        const bool right_of_cut = x.value_ > 0 && right.nearest() > 0;
        if (!right_of_cut && !(up.nearest() > 0)) return Running(angle, kInfinity, ledger_of(y, x));
        return rounded(angle, propagation::atan2(up, right),
                       rounding::in_units(rounding::ulps::atan2), ledger_of(y, x), kMultiplicative);
    }
    friend Running sin(const Running& x) {
        return x.through(std::sin(x.value_), rounding::ulps::sin, wave_with(std::cos(x.value_)));
    }
    friend Running cos(const Running& x) {
        return x.through(std::cos(x.value_), rounding::ulps::cos, wave_with(std::sin(x.value_)));
    }
    friend Running sigmoid(const Running& x) {
        return x.through(scalar::sigmoid(x.value_), rounding::kSigmoidUnits / 2,
                         propagation::sigmoid<double>);
    }
    friend Running softplus(const Running& x) {
        return x.through(scalar::softplus(x.value_), rounding::kSoftplusUnits / 2,
                         propagation::softplus<double>);
    }
    friend Running pow(const Running& x, const Running& y) {
        const T power = std::pow(x.value_, y.value_);
        const propagation::Operand<double> base{magnitude(x), x.value_ < 0, x.bound_,
                                                overstated(power), 0};
        const propagation::Operand<double> exponent{magnitude(y), y.value_ < 0, y.bound_, 0, 0};
        return rounded(power, propagation::pow(base, exponent),
                       rounding::in_units(rounding::ulps::pow), ledger_of(x, y), kMultiplicative);
    }
    friend Running hypot(const Running& x, const Running& y) {
        return rounded(std::hypot(x.value_, y.value_), x.bound_ + y.bound_,
                       rounding::in_units(rounding::ulps::hypot), ledger_of(x, y), kMultiplicative);
    }
    friend Running abs(const Running& x) { return x < Running(0) ? -x : x; }
    friend Running fabs(const Running& x) { return abs(x); }
    friend Running max(const Running& a, const Running& b) { return a < b ? b : a; }
    friend Running floor(const Running& x) {
        const T nearest = std::round(x.value_);
        if (!(x.bound_ < rounding::kNextToWhole / 2)) {
            return Running(std::floor(x.value_), std::ceil(x.bound_) + 1, x.ledger_);
        }
        if (std::abs(x.value_ - nearest) < static_cast<T>(rounding::kNextToWhole)) {
            return x < Running(nearest) ? Running(nearest - 1) : Running(nearest);
        }
        return Running(std::floor(x.value_));
    }
    friend Running min(const Running& a, const Running& b) { return b < a ? b : a; }

private:
    static constexpr double kInfinity = std::numeric_limits<double>::infinity();
    static constexpr double kTiny = std::numeric_limits<double>::denorm_min();
    // More than the roundings of one bound's own computation (at most eight operations of 2^-53).
    static constexpr double kUp = 1 + 0x1p-49;
    // Sums and differences never underflow: in the subnormal range they are exact.
    static constexpr bool kAdditive = false;
    static constexpr bool kMultiplicative = true;

    T value_{};
    std::uint32_t identity_ = 0;  // of the value in the ledger; copies share it
    double bound_ = 0;
    Ledger* ledger_ = nullptr;

    [[nodiscard]] bool is_unit() const { return (value_ == 1 || value_ == -1) && bound_ == 0; }
    [[nodiscard]] static double magnitude(const Running& a) {
        return std::abs(static_cast<double>(a.value_));
    }
    [[nodiscard]] static Ledger* ledger_of(const Running& a, const Running& b) {
        return a.ledger_ != nullptr ? a.ledger_ : b.ledger_;
    }
    /// The same value after 0 was added; only its sign, where it is 0, may change.
    [[nodiscard]] Running joined(const Running& other) const {
        Running same = *this;
        same.value_ += other.value_;
        same.ledger_ = ledger_of(*this, other);
        return same;
    }
    [[nodiscard]] static auto wave_with(T slope) {
        return [slope](const propagation::Operand<double>& x) {
            return propagation::wave(x, std::abs(static_cast<double>(slope)) * (1 + 0x1p-20));
        };
    }
    [[nodiscard]] Compared compared() const {
        return {static_cast<double>(value_), bound_, identity_};
    }
    [[nodiscard]] static std::partial_ordering order(const Running& a, const Running& b) {
        if (Ledger* ledger = ledger_of(a, b)) return ledger->compare(a.compared(), b.compared());
        return a.value_ <=> b.value_;
    }
    [[nodiscard]] static Running rounded(T value, double passed, double units, Ledger* ledger,
                                         bool may_underflow) {
        const double size = std::abs(static_cast<double>(value));
        if (!std::isfinite(size) || !std::isfinite(passed))
            return Running(value, kInfinity, ledger);
        double bound = (passed + units * rounding::unit_roundoff<T> * size) * kUp;
        // Below the threshold a result may have underflowed (a function's by as many ulps as it may
        // be wrong elsewhere), and so may the terms of its bound: at most three of them, each by half
        // of double's smallest subnormal.
        if (may_underflow && size < rounding::underflow_threshold<T>) {
            bound += std::ceil(units / 2) * rounding::underflow_unit<T> + 2 * kTiny;
        }
        return Running(value, bound, ledger);
    }
    /// At least |f| where `result` is f rounded: off by its few ulps, in the subnormal range too.
    [[nodiscard]] static double overstated(T result) {
        return std::abs(static_cast<double>(result)) * (1 + 0x1p-21) +
               8 * rounding::underflow_unit<T>;
    }
    [[nodiscard]] double inside(propagation::Edge edge) const {
        const double v = static_cast<double>(value_);
        switch (edge) {
            case propagation::Edge::none: break;
            case propagation::Edge::minus_one: return 1 + v;
            case propagation::Edge::both_ones: return 1 - std::abs(v);
            case propagation::Edge::one: return v - 1;
        }
        return 0;
    }
    template <class Propagate>
    [[nodiscard]] Running through(T result, double ulps, Propagate propagate,
                                  propagation::Edge edge = propagation::Edge::none) const {
        const propagation::Operand<double> x{magnitude(*this), value_ < 0, bound_,
                                             overstated(result), inside(edge)};
        const double passed = bound_ == 0 ? 0 : propagate(x);
        return rounded(result, std::isnan(passed) ? kInfinity : passed, rounding::in_units(ulps),
                       ledger_, kMultiplicative);
    }
};

}  // namespace gradproof::scalar
