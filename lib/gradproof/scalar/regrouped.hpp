// Running error analysis for a gradient written by hand, which may group its operations otherwise
// than the reference does, as long as it is as accurate.
//
// `Running` bounds what rounding costs one sequence of operations. A gradient written by hand has
// its own sequence, so its budget is derived for all sequences that count as equally accurate:
//
// 1. A sum of n terms may be added in any order. Let the last addition be A + B. Neither part has
//    more than n - 1 terms, so no term has passed more than n - 2 additions, and the parts are off
//    by at most gamma(n - 2) (|t_1| + ... + |t_n|), gamma(k) = k u / (1 - k u) (Higham, Accuracy and
//    Stability of Numerical Algorithms, 2nd ed., 2002, lemma 3.1 and section 4.2). The last addition
//    costs u |A + B|. For n = 2 that is u |a + b|, as in `Running`: a difference has one order.
//    A term is whatever is not itself a sum; a sum that is negated, or multiplied by 1, stays one.
// 2. A product or a quotient may take two operations: a / b as a (1 / b), a constant folded in
//    elsewhere. So each costs two round-offs. And factors may be multiplied in any order, so that a
//    partial product may underflow where the product does not: with p the product of the factors
//    below 1 and P that of those above (a divisor counts as its reciprocal), every partial product
//    lies between p and P. Where p underflows each of the 2 n operations may be off by the underflow
//    unit, and what is multiplied afterwards magnifies that at most by P; where P overflows some
//    order has no result, and neither has a sum whose terms' magnitudes overflow together. (Four bits
//    are left for multiples: x y + x y is also (2 x) y.)
// 3. The slope of an elementary function may come from any formula that keeps what the catalogue's
//    own pullbacks promise, an error of 8 u (|s| + |x s'(x)|): `slope_by_any_formula`.
// 4. The same holds of a slope of several steps: whatever cotangent is not exact may be off by 8 u of
//    itself. So max(x, 0) + log1p(exp(-|x|)), whose slope 1 - 0.0003 at 8 rounds once, may have the
//    slope 1/(1 + exp(-x)), which rounds three times: `as_accurate_as_promised`.
//
// Nothing else is widened: multiplying out (a - b) c, or 1 - t^2 for 1/cosh^2, is less accurate.
#pragma once

#include <gradproof/scalar/running.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <type_traits>

namespace gradproof::scalar {

/// What a pullback of the catalogue may be off by, in units of u |g|.
inline constexpr double kPromisedUnits = 8;

/// A value of type T with a bound on what rounding may cost any equally accurate way to it.
template <class T>
class Regrouped {
public:
    using Value = T;

    Regrouped() = default;
    template <Literal Number>
    Regrouped(Number value) : Regrouped(Running<T>(value)) {}
    /// One term of whatever sums it enters.
    Regrouped(const Running<T>& term)
        : total_(term),
          passed_(term.bound()),
          mass_(size(term.value()) + 2 * term.bound()),
          factors_(size(term.value())) {}

    [[nodiscard]] T value() const { return total_.value(); }
    [[nodiscard]] double bound() const { return total_.bound(); }
    [[nodiscard]] Ledger* ledger() const { return total_.ledger(); }
    [[nodiscard]] const Running<T>& running() const { return total_; }

    friend Regrouped operator-(const Regrouped& a) { return a.with_total(-a.total_); }
    friend Regrouped operator+(const Regrouped& a) { return a; }
    friend Regrouped operator+(const Regrouped& a, const Regrouped& b) {
        if (exactly_zero(a)) return b.with_total(a.total_ + b.total_);
        if (exactly_zero(b)) return a.with_total(a.total_ + b.total_);
        Regrouped sum;
        sum.terms_ = a.terms_ + b.terms_;
        sum.passed_ = (a.passed_ + b.passed_) * kUp;
        sum.mass_ = (a.mass_ + b.mass_) * kUp;
        const T value = a.value() + b.value();
        const double parts = sum.passed_ + gamma(sum.terms_ - 2) * sum.mass_;
        // |A + B| is within `parts` of the exact sum, which is within parts + u |value| of `value`.
        const double last = kUnit * ((1 + kUnit) * size(value) + 2 * parts);
        const bool finite = std::isfinite(parts) && sum.mass_ <= kLargest;
        Ledger* ledger = a.ledger() != nullptr ? a.ledger() : b.ledger();
        sum.total_ = Running<T>(value, finite ? (parts + last) * kUp : kInfinity, ledger);
        sum.factors_ = Factors(size(value));
        return sum;
    }
    friend Regrouped operator-(const Regrouped& a, const Regrouped& b) { return a + (-b); }
    friend Regrouped operator*(const Regrouped& a, const Regrouped& b) {
        if (a.is_unit()) return b.with_total(a.total_ * b.total_);
        if (b.is_unit()) return a.with_total(a.total_ * b.total_);
        return in_two_operations(a.total_ * b.total_, a.factors_.times(b.factors_));
    }
    friend Regrouped operator/(const Regrouped& a, const Regrouped& b) {
        if (b.is_unit()) return a.with_total(a.total_ / b.total_);
        return in_two_operations(a.total_ / b.total_, a.factors_.times(b.factors_.reciprocal()));
    }

    /// Zero that was multiplied with nothing; 0 times what overflows in another order is not.
    friend bool plain_zero(const Regrouped& a) { return exactly_zero(a) && a.factors_.count == 1; }
    /// The bound raised to 8 u |value|, unless the value is exact.
    friend Regrouped as_accurate_as_promised(const Regrouped& a) {
        const double promised = kPromisedUnits * kUnit * size(a.value());
        const double rest = promised - a.bound();
        if (a.bound() == 0 || !(rest > 0)) return a;
        Regrouped result = a;
        result.passed_ = (a.passed_ + rest) * kUp;
        result.total_ = Running<T>(a.value(), promised * kUp, a.ledger());
        return result;
    }

    friend bool operator<(const Regrouped& a, const Regrouped& b) { return a.total_ < b.total_; }
    friend bool operator>(const Regrouped& a, const Regrouped& b) { return a.total_ > b.total_; }
    friend bool operator<=(const Regrouped& a, const Regrouped& b) { return a.total_ <= b.total_; }
    friend bool operator>=(const Regrouped& a, const Regrouped& b) { return a.total_ >= b.total_; }
    friend bool operator==(const Regrouped& a, const Regrouped& b) { return a.total_ == b.total_; }
    friend bool operator!=(const Regrouped& a, const Regrouped& b) { return a.total_ != b.total_; }
    /// Zero in every order and as a part of every sum: 1 - 1 is not, its terms may end up elsewhere.
    friend bool exactly_zero(const Regrouped& a) { return a.mass_ == 0; }

private:
    static constexpr double kInfinity = std::numeric_limits<double>::infinity();
    static constexpr double kLargest = static_cast<double>(std::numeric_limits<T>::max()) / 16;
    static constexpr double kUnit = rounding::unit_roundoff<T>;
    // More than the roundings of one bound's own computation (at most eight operations of 2^-53).
    static constexpr double kUp = 1 + 0x1p-49;

    /// What a value was multiplied from.
    struct Factors {
        double count = 1;
        double below = 1;  // product of the factors below 1, perhaps 0
        double above = 1;  // of those above, perhaps infinite

        Factors() = default;
        explicit Factors(double factor)
            : below(factor < 1 ? factor : 1), above(factor > 1 ? factor : 1) {}
        [[nodiscard]] Factors times(const Factors& other) const {
            Factors product;
            product.count = count + other.count;
            product.below = below * other.below;
            product.above = above * other.above;
            return product;
        }
        [[nodiscard]] Factors reciprocal() const {
            Factors inverse = *this;
            inverse.below = 1 / above;
            inverse.above = 1 / below;
            return inverse;
        }
    };

    Running<T> total_{};
    double terms_ = 1;   // a double, for a chain of doublings has 2^60 of them
    double passed_ = 0;  // the terms' own errors
    double mass_ = 0;    // at least the sum of the terms' magnitudes in whichever computation
    Factors factors_;

    [[nodiscard]] static double size(T value) { return std::abs(static_cast<double>(value)); }
    [[nodiscard]] bool is_unit() const { return size(value()) == 1 && bound() == 0; }
    /// The same sum, negated or the like.
    [[nodiscard]] Regrouped with_total(const Running<T>& total) const {
        Regrouped result = *this;
        result.total_ = total;
        return result;
    }
    [[nodiscard]] static double gamma(double k) {
        const double ku = k * kUnit;
        return ku < 0.5 ? ku / (1 - ku) * kUp : kInfinity;
    }
    /// A product or quotient with the round-off of a second operation, its factors in any order. An
    /// exact one stays exact.
    [[nodiscard]] static Regrouped in_two_operations(const Running<T>& once,
                                                     const Factors& factors) {
        constexpr double smallest = std::numeric_limits<double>::denorm_min();
        double bound = once.bound();
        if (bound != 0 && std::isfinite(bound)) {
            bound += kUnit * (size(once.value()) + bound);
            if (!(factors.below > 2 * rounding::underflow_threshold<T>)) {
                bound +=
                    2 * factors.count * (rounding::underflow_unit<T> * factors.above + smallest);
            }
            bound *= kUp;
        }
        // 0 times what overflows is no 0.
        if (!(factors.above <= kLargest)) bound = kInfinity;
        Regrouped product = Running<T>(once.value(), bound, once.ledger());
        product.factors_ = factors;
        return product;
    }
};

/// A slope s(x), `slope` its formula in `Running<T>`: what the operand's error passes on, and for the
/// formula itself 8 u (|s| + |x s'(x)|), the second part as an error of 8 u |x| in the operand.
template <class T, class Slope>
[[nodiscard]] Regrouped<T> slope_by_any_formula(const Running<T>& x, Slope slope) {
    constexpr double allowed = kPromisedUnits * rounding::unit_roundoff<T>;
    constexpr double up = 1 + 0x1p-49;
    const double blur = allowed * std::abs(static_cast<double>(x.value()));
    const Running<T> s = slope(Running<T>(x.value(), (x.bound() + blur) * up));
    // What this formula's own roundings leave of the 8 u |s|.
    const double own = slope(Running<T>(x.value(), 0)).bound();
    const double rest = allowed * std::abs(static_cast<double>(s.value())) * up - own;
    return Running<T>(s.value(), (s.bound() + std::max(rest, 0.0)) * up, x.ledger());
}

}  // namespace gradproof::scalar
