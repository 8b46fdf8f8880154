// Forward mode: a value and its tangent, the derivative along one direction of the inputs.
//
// An evaluation in `Dual<S>` has the values that it has in S, and takes the same branches: comparisons
// are those of the values, so that the ledger of `Running` and the trace of `Witness` see them. A reverse
// sweep in `Dual<S>` gives Hessian-vector products, in `Dual<Running<T>>` what rounding may cost them.
// Source: Griewank, Walther, Evaluating Derivatives (2nd ed., 2008), sections 3.1 and 5.1.
#pragma once

#include <gradproof/scalar/functions.hpp>
#include <gradproof/scalar/number_types.hpp>
#include <gradproof/scalar/slopes.hpp>

namespace gradproof::scalar {

/// A number of type S with its tangent; a literal has none.
///
/// What is multiplied with a tangent that is exactly zero is left out by selection: 0 * inf never arises.
template <class S>
class Dual {
public:
    using Value = S;

    Dual() = default;
    template <Literal Number>
    Dual(Number value) : value_(static_cast<S>(value)) {}
    explicit Dual(const S& value, const S& tangent = S(0)) : value_(value), tangent_(tangent) {}

    [[nodiscard]] const S& value() const { return value_; }
    [[nodiscard]] const S& tangent() const { return tangent_; }

    friend Dual operator-(const Dual& a) { return Dual(-a.value_, -a.tangent_); }
    friend Dual operator+(const Dual& a) { return a; }
    friend Dual operator+(const Dual& a, const Dual& b) {
        return Dual(a.value_ + b.value_, a.tangent_ + b.tangent_);
    }
    friend Dual operator-(const Dual& a, const Dual& b) {
        return Dual(a.value_ - b.value_, a.tangent_ - b.tangent_);
    }
    friend Dual operator*(const Dual& a, const Dual& b) {
        return Dual(a.value_ * b.value_, a.moved_by(b.value_) + b.moved_by(a.value_));
    }
    /// The tangent is (a' - (a/b) b') / b: b^2 over- and underflows before the result does.
    friend Dual operator/(const Dual& a, const Dual& b) {
        const S quotient = a.value_ / b.value_;
        const S numerator = a.tangent_ - b.moved_by(quotient);
        return Dual(quotient, exactly_zero(numerator) ? S(0) : S(numerator / b.value_));
    }
    Dual& operator+=(const Dual& b) { return *this = *this + b; }
    Dual& operator-=(const Dual& b) { return *this = *this - b; }
    Dual& operator*=(const Dual& b) { return *this = *this * b; }
    Dual& operator/=(const Dual& b) { return *this = *this / b; }

    friend bool operator<(const Dual& a, const Dual& b) { return a.value_ < b.value_; }
    friend bool operator>(const Dual& a, const Dual& b) { return a.value_ > b.value_; }
    friend bool operator<=(const Dual& a, const Dual& b) { return a.value_ <= b.value_; }
    friend bool operator>=(const Dual& a, const Dual& b) { return a.value_ >= b.value_; }
    friend bool operator==(const Dual& a, const Dual& b) { return a.value_ == b.value_; }
    friend bool operator!=(const Dual& a, const Dual& b) { return a.value_ != b.value_; }
    friend bool precedes(const Dual& a, const Dual& b) { return precedes(a.value_, b.value_); }

    /// A zero that moves is none: what is selected by it has a derivative.
    friend bool exactly_zero(const Dual& a) {
        return exactly_zero(a.value_) && exactly_zero(a.tangent_);
    }
    friend Dual detached(const Dual& a) { return Dual(detached(a.value_)); }
    friend Dual unrecorded(const Dual& a) {
        return Dual(unrecorded(a.value_), unrecorded(a.tangent_));
    }
    friend bool recorded(const Dual& a) { return recorded(a.value_); }
    friend Dual on_record(const Dual& result, const Dual& operand) {
        return Dual(on_record(result.value_, operand.value_),
                    on_record(result.tangent_, operand.value_));
    }

    // clang-format off
    friend Dual exp(const Dual& x) { return x.through(exp(x.value_), slopes::Exp()); }
    friend Dual expm1(const Dual& x) { return x.through(expm1(x.value_), slopes::Expm1()); }
    friend Dual log(const Dual& x) { return x.through(log(x.value_), slopes::Log()); }
    friend Dual log1p(const Dual& x) { return x.through(log1p(x.value_), slopes::Log1p()); }
    friend Dual sqrt(const Dual& x) { return x.through(sqrt(x.value_), slopes::Sqrt()); }
    friend Dual cbrt(const Dual& x) { return x.through(cbrt(x.value_), slopes::Cbrt()); }
    friend Dual sin(const Dual& x) { return x.through(sin(x.value_), slopes::Sin()); }
    friend Dual cos(const Dual& x) { return x.through(cos(x.value_), slopes::Cos()); }
    friend Dual tan(const Dual& x) { return x.through(tan(x.value_), slopes::Tan()); }
    friend Dual asin(const Dual& x) { return x.through(asin(x.value_), slopes::Asin()); }
    friend Dual acos(const Dual& x) { return x.through(acos(x.value_), slopes::Acos()); }
    friend Dual atan(const Dual& x) { return x.through(atan(x.value_), slopes::Atan()); }
    friend Dual sinh(const Dual& x) { return x.through(sinh(x.value_), slopes::Sinh()); }
    friend Dual cosh(const Dual& x) { return x.through(cosh(x.value_), slopes::Cosh()); }
    friend Dual tanh(const Dual& x) { return x.through(tanh(x.value_), slopes::Tanh()); }
    friend Dual asinh(const Dual& x) { return x.through(asinh(x.value_), slopes::Asinh()); }
    friend Dual acosh(const Dual& x) { return x.through(acosh(x.value_), slopes::Acosh()); }
    friend Dual atanh(const Dual& x) { return x.through(atanh(x.value_), slopes::Atanh()); }
    friend Dual erf(const Dual& x) { return x.through(erf(x.value_), slopes::Erf()); }
    friend Dual erfc(const Dual& x) { return x.through(erfc(x.value_), slopes::Erfc()); }
    friend Dual gaussian(const Dual& x) { return x.through(gaussian(x.value_), slopes::Gaussian()); }
    friend Dual lgamma(const Dual& x) { return x.through(lgamma(x.value_), slopes::Lgamma()); }
    friend Dual digamma(const Dual& x) { return x.through(digamma(x.value_), slopes::Digamma()); }
    friend Dual sigmoid(const Dual& x) { return x.through(sigmoid(x.value_), slopes::Sigmoid()); }
    friend Dual softplus(const Dual& x) { return x.through(softplus(x.value_), slopes::Softplus()); }
    // clang-format on
    friend Dual pow(const Dual& x, const Dual& y) {
        S tangent(0);
        if (!x.constant()) tangent = x.moved_by(slopes::PowByBase()(x.value_, y.value_));
        if (!y.constant()) tangent += y.moved_by(slopes::PowByExponent()(x.value_, y.value_));
        return Dual(pow(x.value_, y.value_), tangent);
    }
    /// At (0, 0) the slopes are 0, as a norm's are.
    friend Dual hypot(const Dual& x, const Dual& y) {
        const S length = hypot(x.value_, y.value_);
        if (exactly_zero(x.value_) && exactly_zero(y.value_)) return Dual(length);
        return Dual(length, x.moved_by(x.value_ / length) + y.moved_by(y.value_ / length));
    }
    friend Dual atan2(const Dual& y, const Dual& x) {
        const S r = hypot(x.value_, y.value_);
        return Dual(atan2(y.value_, x.value_),
                    y.moved_by(x.value_ / r / r) - x.moved_by(y.value_ / r / r));
    }
    friend Dual abs(const Dual& x) { return x < Dual(0) ? -x : x; }
    friend Dual fabs(const Dual& x) { return abs(x); }
    friend Dual max(const Dual& a, const Dual& b) { return a < b ? b : a; }
    friend Dual min(const Dual& a, const Dual& b) { return b < a ? b : a; }
    /// Constant between its jumps.
    friend Dual floor(const Dual& x) { return Dual(floor(x.value_)); }

private:
    S value_{};
    S tangent_{};

    [[nodiscard]] bool constant() const { return exactly_zero(tangent_); }
    /// The tangent times a slope.
    [[nodiscard]] S moved_by(const S& slope) const {
        return constant() ? S(0) : S(tangent_ * slope);
    }
    template <class Slope>
    [[nodiscard]] Dual through(const S& result, Slope slope) const {
        return constant() ? Dual(result) : Dual(result, tangent_ * slope(value_));
    }
};

}  // namespace gradproof::scalar
