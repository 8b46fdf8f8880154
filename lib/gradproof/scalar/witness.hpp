// The witness: a wide value with a proven rounding bound, which records what the oracle must know
// to trust itself: how far intermediates move, how comparisons come out, what depends on the input.
#pragma once

#include <gradproof/scalar/error_function.hpp>
#include <gradproof/scalar/identity.hpp>
#include <gradproof/scalar/log_gamma.hpp>
#include <gradproof/scalar/magnitude.hpp>
#include <gradproof/scalar/number_types.hpp>
#include <gradproof/scalar/propagation.hpp>
#include <gradproof/scalar/rounding.hpp>
#include <gradproof/scalar/wide.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <vector>

namespace gradproof::scalar {

/// Thrown by an evaluation at a point where the function is not defined: log(-1), 1/0.
struct LeftDomain {};
/// Thrown where a comparison lies within its operands' rounding bounds: a wider type must decide it.
struct UndecidedComparison {};
/// Thrown where an intermediate exceeds even the wide type's range.
struct LeftRange {};

/// One recorded step of an evaluation.
struct Event {
    enum class Kind : std::int8_t { value, angle, comparison };
    double mantissa =
        0;  ///< of the value, in [1/2, 1) with its sign; of an angle, its bound; of a comparison, -1, 0, 1
    std::int64_t exponent = 0;  ///< of the value; of an angle, its place in `Trace::angles`
    Kind kind = Kind::value;
    bool linear = false;  ///< a value that is linear in earlier ones, and that nothing has bent
};

/// What one evaluation met that depends on the perturbed inputs, in order.
template <unsigned Digits>
struct Trace {
    std::vector<Event> events;
    std::vector<Wide<Digits>> angles;  ///< operands of periodic functions, which count absolutely
    bool tied = false;                 ///< a comparison that depends on the input was an exact tie
    /// Numbers of events before each operation whose operand lies on the closed edge of its domain.
    std::vector<std::size_t> edges;
    /// Exact ties come out as the same comparison did in this trace: so the limit of one side is
    /// evaluated at the tie itself.
    const Trace* followed = nullptr;

    /// Records how a comparison came out, which it returns. Throws `UndecidedComparison` where the trace that
    /// is followed has gone another way: its ties would be those of other numbers.
    int decided(int sign) {
        tied = tied || sign == 0;
        if (followed != nullptr && events.size() < followed->events.size()) {
            const Event& there = followed->events[events.size()];
            const int other = static_cast<int>(there.mantissa);
            if (there.kind != Event::Kind::comparison || (sign != 0 && sign != other))
                throw UndecidedComparison{};
            sign = other;
        }
        events.push_back({static_cast<double>(sign), 0, Event::Kind::comparison});
        return sign;
    }
    void clear() { *this = Trace(); }
};

/// A wide value, a proven bound on its rounding error, and whether it depends on the input.
///
/// MPFR's inexact flag makes exact operations free of error, so that ties are decided exactly.
template <unsigned Digits>
class Witness {
public:
    using Value = Wide<Digits>;

    Witness() = default;
    template <Literal Number>
    Witness(Number value) : value_(value) {}
    /// An input of the function: exact; `dependent` where it is perturbed.
    Witness(const Value& value, Trace<Digits>* trace, bool dependent)
        : value_(value), trace_(trace), dependent_(dependent) {}

    /// A constant that is known to within `bound`: of a series, what was left out.
    Witness(const Value& value, const Magnitude& bound) : value_(value), bound_(bound) {}
    /// The same number in another width, as a constant.
    template <unsigned Other>
    explicit Witness(const Witness<Other>& other) : bound_(other.bound()) {
        const int inexact = mpfr_set(raw(), other.value().backend().data(), MPFR_RNDN);
        if (inexact != 0) bound_ = bound_ + Magnitude(1, last_place() - 1);
    }

    [[nodiscard]] const Value& value() const { return value_; }
    [[nodiscard]] const Magnitude& bound() const { return bound_; }
    [[nodiscard]] bool dependent() const { return dependent_; }

    friend Witness operator-(const Witness& a) {
        Witness r = a;
        mpfr_neg(r.raw(), r.raw(), MPFR_RNDN);
        return r.made_by(identity::kNegated, a.identity());
    }
    friend Witness operator+(const Witness& a) { return a; }
    friend Witness operator+(const Witness& a, const Witness& b) {
        Witness r = of(a, b);
        const int inexact = mpfr_add(r.raw(), a.raw(), b.raw(), MPFR_RNDN);
        Witness& sum = r.linear(a.bound_ + b.bound_, inexact).made_by(identity::kSum, a, b);
        if (a.is_exact_zero()) sum.identity_ = b.identity_;
        if (b.is_exact_zero()) sum.identity_ = a.identity_;
        return sum;
    }
    friend Witness operator-(const Witness& a, const Witness& b) {
        Witness r = of(a, b);
        const int inexact = mpfr_sub(r.raw(), a.raw(), b.raw(), MPFR_RNDN);
        const Magnitude passed = a.same_number(b) ? Magnitude() : a.bound_ + b.bound_;
        return r.linear(passed, inexact).made_by(identity::kDifference, a, b);
    }
    friend Witness operator*(const Witness& a, const Witness& b) {
        const bool bends = a.dependent_ && b.dependent_;
        Witness r = bends ? entered(a, b) : of(a, b);
        const int inexact = mpfr_mul(r.raw(), a.raw(), b.raw(), MPFR_RNDN);
        // Only a zero that is itself independent clears dependence: x (x - 1) at 1 is not constant.
        if (a.is_constant_zero() || b.is_constant_zero()) r.dependent_ = false;
        Magnitude passed;
        if (!b.bound_.is_zero()) passed = passed + size(a) * b.bound_ + a.bound_ * b.bound_;
        if (!a.bound_.is_zero()) passed = passed + size(b) * a.bound_;
        Witness& product = bends ? r.finished(passed, inexact, 1) : r.linear(passed, inexact);
        return product.made_by(identity::kProduct, a, b);
    }
    friend Witness operator/(const Witness& a, const Witness& b) {
        b.require_nonzero();
        Witness r = b.dependent_ ? entered(a, b) : of(a, b);
        const int inexact = mpfr_div(r.raw(), a.raw(), b.raw(), MPFR_RNDN);
        if (a.is_constant_zero()) r.dependent_ = false;
        Magnitude passed;
        if (!a.same_number(b) && (!a.bound_.is_zero() || !b.bound_.is_zero())) {
            const Magnitude ratio = size(r) * Magnitude(1 + 0x1p-40);
            passed = (a.bound_ + ratio * b.bound_) / shortened(size(b), b.bound_);
        }
        Witness& quotient =
            b.dependent_ ? r.finished(passed, inexact, 1) : r.linear(passed, inexact);
        return quotient.made_by(identity::kQuotient, a, b);
    }
    Witness& operator+=(const Witness& b) { return *this = *this + b; }
    Witness& operator-=(const Witness& b) { return *this = *this - b; }
    Witness& operator*=(const Witness& b) { return *this = *this * b; }
    Witness& operator/=(const Witness& b) { return *this = *this / b; }

    // clang-format off
    friend bool operator<(const Witness& a, const Witness& b) { return compare(a, b) < 0; }
    friend bool operator>(const Witness& a, const Witness& b) { return compare(a, b) > 0; }
    friend bool operator<=(const Witness& a, const Witness& b) { return compare(a, b) <= 0; }
    friend bool operator>=(const Witness& a, const Witness& b) { return compare(a, b) >= 0; }
    friend bool operator==(const Witness& a, const Witness& b) { return compare(a, b) == 0; }
    friend bool operator!=(const Witness& a, const Witness& b) { return compare(a, b) != 0; }

    /// A decision like any comparison: what depends on the input is tied where it is 0.
    // clang-format on
    friend bool exactly_zero(const Witness& a) {
        const bool zero = a.is_exact_zero();
        if (a.dependent_ && a.trace_ != nullptr) return a.trace_->decided(zero ? 0 : 1) == 0;
        return zero;
    }
    friend Witness detached(const Witness& a) {
        a.enter();
        return Witness(a.value_, a.trace_, false);
    }
    /// The same value and dependence, off the record: the steps of an opaque operation are nobody's
    /// intermediates, its inner comparisons no kinks. `on_record` ends such an operation.
    friend Witness unrecorded(const Witness& a) {
        a.enter();
        return as_output(a);
    }
    /// The same of a result that no operation takes any more: how far it moves need not be known.
    friend Witness as_output(const Witness& a) {
        Witness r = a;
        r.trace_ = nullptr;
        r.linear_ = false;
        return r;
    }
    friend bool recorded(const Witness& a) { return a.trace_ != nullptr; }
    friend Witness on_record(const Witness& result, const Witness& operand) {
        Witness r = result;
        r.trace_ = operand.trace_;
        r.linear_ = false;
        if (r.dependent_ && r.trace_ != nullptr) r.record();
        return r;
    }
    friend bool precedes(const Witness& a, const Witness& b) {
        return mpfr_less_p(a.raw(), b.raw()) != 0;
    }

    // clang-format off
    friend Witness exp(const Witness& x) { return x.through(mpfr_exp, propagation::exp<Magnitude>); }
    friend Witness expm1(const Witness& x) { return x.through(mpfr_expm1, propagation::expm1<Magnitude>); }
    friend Witness log(const Witness& x) { return x.require_above(0), x.through(mpfr_log, propagation::log<Magnitude>); }
    friend Witness log1p(const Witness& x) { return x.require_above(-1), x.through(mpfr_log1p, propagation::log1p<Magnitude>, 1, propagation::Edge::minus_one); }
    friend Witness sqrt(const Witness& x) { return x.require_at_least(0), x.through(mpfr_sqrt, propagation::sqrt<Magnitude>); }
    friend Witness cbrt(const Witness& x) { return x.through(mpfr_cbrt, propagation::cbrt<Magnitude>); }
    friend Witness sin(const Witness& x) { return x.as_angle().through(mpfr_sin, wave); }
    friend Witness cos(const Witness& x) { return x.as_angle().through(mpfr_cos, wave); }
    friend Witness tan(const Witness& x) { return x.as_angle().through(mpfr_tan, propagation::tan<Magnitude>); }
    friend Witness asin(const Witness& x) { return x.require_within_one(), x.through(mpfr_asin, propagation::arcsine<Magnitude>, 1, propagation::Edge::both_ones); }
    friend Witness acos(const Witness& x) { return x.require_within_one(), x.through(mpfr_acos, propagation::arcsine<Magnitude>, 1, propagation::Edge::both_ones); }
    friend Witness atan(const Witness& x) { return x.through(mpfr_atan, propagation::atan<Magnitude>); }
    friend Witness sinh(const Witness& x) { return x.through(mpfr_sinh, propagation::sinh<Magnitude>); }
    friend Witness cosh(const Witness& x) { return x.through(mpfr_cosh, propagation::cosh<Magnitude>); }
    friend Witness tanh(const Witness& x) { return x.through(mpfr_tanh, propagation::tanh<Magnitude>); }
    friend Witness asinh(const Witness& x) { return x.through(mpfr_asinh, propagation::asinh<Magnitude>); }
    friend Witness acosh(const Witness& x) { return x.require_at_least(1), x.through(mpfr_acosh, propagation::acosh<Magnitude>, 1, propagation::Edge::one); }
    friend Witness erf(const Witness& x) { return x.through(error_function, propagation::error_function<Magnitude>, 2); }
    friend Witness erfc(const Witness& x) { return x.through(complementary_error_function, propagation::error_function<Magnitude>, 2); }
    // clang-format on
    friend Witness atanh(const Witness& x) {
        x.require_above(-1);
        (-x).require_above(-1);
        return x.through(mpfr_atanh, propagation::atanh<Magnitude>, 1,
                         propagation::Edge::both_ones);
    }
    /// The square is exact in twice the digits; where it leaves the range the result is the 0 next to it.
    friend Witness gaussian(const Witness& x) {
        return x.through(
            [](mpfr_ptr r, mpfr_srcptr v, mpfr_rnd_t mode) {
                mpfr_t square;
                mpfr_init2(square, 2 * mpfr_get_prec(v));
                mpfr_sqr(square, v, mode);
                mpfr_neg(square, square, mode);
                const int inexact = mpfr_exp(r, square, mode);
                const bool in_range = mpfr_number_p(square) != 0;
                mpfr_clear(square);
                return in_range ? inexact : 1;
            },
            propagation::gaussian<Magnitude>);
    }
    friend Witness lgamma(const Witness& x) {
        x.require_above(0);
        Witness r = entered(x, x);
        const LogGamma found = log_gamma(r.raw(), x.raw(), MPFR_RNDN);
        Magnitude passed;
        if (!x.bound_.is_zero()) {
            passed = propagation::lgamma(
                propagation::Operand<Magnitude>{size(x), false, x.bound_, {}, {}});
        }
        if (!found.exact_but_rounded)
            passed = passed + Magnitude::power_of_two(found.error_exponent);
        return r.finished(passed, found.inexact, 1).made_by(__builtin_LINE(), x.identity());
    }
    friend Witness digamma(const Witness& x) {
        return x.require_above(0), x.through(mpfr_digamma, propagation::digamma<Magnitude>);
    }
    /// The cut y = 0, x <= 0 is outside the domain: there the angle jumps from -pi to pi.
    friend Witness atan2(const Witness& y, const Witness& x) {
        if (y.is_exact_zero()) {
            if (x.decided_sign(Witness(0)) <= 0) throw LeftDomain{};
        } else if (mpfr_sgn(x.raw()) <= 0 || shortened(size(x), x.bound_).is_zero()) {
            y.require_nonzero();
        }
        Witness r = entered(y, x);
        const int inexact = mpfr_atan2(r.raw(), y.raw(), x.raw(), MPFR_RNDN);
        Magnitude passed;
        if (!y.bound_.is_zero() || !x.bound_.is_zero()) {
            const propagation::Operand<Magnitude> up{
                size(y), mpfr_sgn(y.raw()) < 0, y.bound_, {}, {}};
            const propagation::Operand<Magnitude> right{
                size(x), mpfr_sgn(x.raw()) < 0, x.bound_, {}, {}};
            passed = propagation::atan2(up, right);
        }
        return r.finished(passed, inexact, 1).made_by(__builtin_LINE(), y, x);
    }

    /// One opaque operation: which side of 0 it is computed on is no comparison of the function's.
    /// t/(1 + t) or 1/(1 + t) with t = exp(-|x|) has three roundings, of which t's counts at most once.
    friend Witness sigmoid(const Witness& x) {
        return x.through(
            [](mpfr_ptr r, mpfr_srcptr v, mpfr_rnd_t mode) {
                Value t = decayed(v, mode);
                mpfr_ptr raw_t = t.backend().data();
                if (mpfr_zero_p(v) != 0) return mpfr_div_ui(r, raw_t, 2, mode);  // exact
                Value sum;
                mpfr_add_ui(sum.backend().data(), raw_t, 1, mode);
                if (mpfr_signbit(v) != 0) {
                    mpfr_div(r, raw_t, sum.backend().data(), mode);
                } else {
                    mpfr_ui_div(r, 1, sum.backend().data(), mode);
                }
                return 1;
            },
            propagation::sigmoid<Magnitude>, 4);
    }
    /// max(x, 0) + log1p(exp(-|x|)), one opaque operation: three roundings, all terms positive.
    friend Witness softplus(const Witness& x) {
        return x.through(
            [](mpfr_ptr r, mpfr_srcptr v, mpfr_rnd_t mode) {
                Value t = decayed(v, mode);
                mpfr_ptr raw_t = t.backend().data();
                mpfr_log1p(raw_t, raw_t, mode);
                if (mpfr_signbit(v) != 0) {
                    mpfr_set(r, raw_t, mode);
                } else {
                    mpfr_add(r, raw_t, v, mode);
                }
                return 1;
            },
            propagation::softplus<Magnitude>, 4);
    }
    friend Witness pow(const Witness& x, const Witness& y) {
        const bool integer_power = mpfr_integer_p(y.raw()) != 0 && y.bound_.is_zero();
        if (!integer_power) {
            // A negative base has whole exponents only, and rounding may hide that this is one.
            if (!y.bound_.is_zero() && x.decided_sign(Witness(0)) < 0) y.require_no_integer();
            x.require_at_least(0);
        }
        if (mpfr_sgn(y.raw()) < 0) x.require_nonzero();
        Witness r = entered(x, y);
        const int inexact = mpfr_pow(r.raw(), x.raw(), y.raw(), MPFR_RNDN);
        const propagation::Operand<Magnitude> base{
            size(x), mpfr_sgn(x.raw()) < 0, x.bound_, size(r) * Magnitude(1 + 0x1p-40), {}};
        const propagation::Operand<Magnitude> exponent{
            size(y), mpfr_sgn(y.raw()) < 0, y.bound_, {}, {}};
        return r.finished(propagation::pow(base, exponent), inexact, 1)
            .made_by(__builtin_LINE(), x, y);
    }
    friend Witness hypot(const Witness& x, const Witness& y) {
        Witness r = entered(x, y);
        const int inexact = mpfr_hypot(r.raw(), x.raw(), y.raw(), MPFR_RNDN);
        return r.finished(x.bound_ + y.bound_, inexact, 1).made_by(__builtin_LINE(), x, y);
    }
    friend Witness abs(const Witness& x) { return x < Witness(0) ? -x : x; }
    friend Witness fabs(const Witness& x) { return abs(x); }
    friend Witness max(const Witness& a, const Witness& b) { return a < b ? b : a; }
    /// Compares with the nearest whole number only, and only next to it: elsewhere nothing ties.
    friend Witness floor(const Witness& x) {
        const auto whole = [](const Value& value) { return Witness(value, nullptr, false); };
        Value nearest;
        mpfr_round(nearest.backend().data(), x.value_.backend().data());
        if (abs(x.value_ - nearest) < Value(rounding::kNextToWhole)) {
            return x < whole(nearest) ? whole(nearest - 1) : whole(nearest);
        }
        if (!(x.bound_ < Magnitude(rounding::kNextToWhole / 2))) throw UndecidedComparison();
        mpfr_floor(nearest.backend().data(), x.value_.backend().data());
        return whole(nearest);
    }
    friend Witness min(const Witness& a, const Witness& b) { return b < a ? b : a; }

    /// |a| rounded away from zero.
    [[nodiscard]] static Magnitude size(const Value& a) {
        mpfr_srcptr raw = a.backend().data();
        if (mpfr_regular_p(raw) == 0)
            return mpfr_zero_p(raw) != 0 ? Magnitude() : Magnitude::infinity();
        long exponent = 0;
        const double mantissa = mpfr_get_d_2exp(&exponent, raw, MPFR_RNDA);
        return Magnitude(mantissa < 0 ? -mantissa : mantissa, exponent);
    }

private:
    Value value_{};
    Magnitude bound_{};
    Trace<Digits>* trace_ = nullptr;
    std::uint64_t identity_ = 0;  // of a value that is not exact; 0 is nobody's
    bool dependent_ = false;
    bool linear_ = false;    // in earlier values; the event says whether anything has bent it since
    std::size_t event_ = 0;  // the place of that event

    [[nodiscard]] std::uint64_t identity() const {
        return bound_.is_zero() ? identity::of(value_) : identity_;
    }
    /// Two that are computed alike from the same numbers; they differ though their identities agree in
    /// one of 2^63 such questions.
    [[nodiscard]] bool same_number(const Witness& other) const {
        return !bound_.is_zero() && identity_ != 0 && identity_ == other.identity_ &&
               mpfr_equal_p(raw(), other.raw()) != 0;
    }
    [[nodiscard]] Witness& made_by(identity::Operation operation, std::uint64_t operand) {
        if (!bound_.is_zero()) identity_ = identity::of(operation, operand);
        return *this;
    }
    [[nodiscard]] Witness& made_by(identity::Operation operation, const Witness& a,
                                   const Witness& b) {
        if (!bound_.is_zero()) identity_ = identity::of(operation, a.identity(), b.identity());
        return *this;
    }
    [[nodiscard]] bool is_exact_zero() const { return mpfr_zero_p(raw()) != 0 && bound_.is_zero(); }
    [[nodiscard]] bool is_constant_zero() const { return !dependent_ && is_exact_zero(); }
    [[nodiscard]] mpfr_ptr raw() { return value_.backend().data(); }
    [[nodiscard]] mpfr_srcptr raw() const { return value_.backend().data(); }
    /// exp(-|v|).
    [[nodiscard]] static Value decayed(mpfr_srcptr v, mpfr_rnd_t mode) {
        Value t;
        mpfr_ptr raw_t = t.backend().data();
        mpfr_abs(raw_t, v, mode);
        mpfr_neg(raw_t, raw_t, mode);
        mpfr_exp(raw_t, raw_t, mode);
        return t;
    }
    [[nodiscard]] static Magnitude size(const Witness& a) { return size(a.value_); }
    [[nodiscard]] static Magnitude wave(const propagation::Operand<Magnitude>& x) {
        return propagation::wave(x, Magnitude(1.0));
    }
    [[nodiscard]] static Witness of(const Witness& a, const Witness& b) {
        Witness r;
        r.trace_ = a.trace_ != nullptr ? a.trace_ : b.trace_;
        r.dependent_ = a.dependent_ || b.dependent_;
        return r;
    }
    /// `of(a, b)` for an operation that bends: how far its operands move counts.
    [[nodiscard]] static Witness entered(const Witness& a, const Witness& b) {
        a.enter();
        b.enter();
        return of(a, b);
    }
    void enter() const {
        if (linear_) trace_->events[event_].linear = false;
    }
    /// Adds the operation's own rounding (in halves of a unit in the last place), and records it.
    [[nodiscard]] Witness& finished(const Magnitude& passed, int inexact, int half_units) {
        round(passed, inexact, half_units);
        if (dependent_ && trace_ != nullptr) record();
        return *this;
    }
    /// The same for what is linear in its operands: that has no terms to neglect, however far it moves.
    [[nodiscard]] Witness& linear(const Magnitude& passed, int inexact) {
        round(passed, inexact, 1);
        linear_ = dependent_ && trace_ != nullptr;
        if (!linear_) return *this;
        event_ = trace_->events.size();
        record();
        trace_->events[event_].linear = true;
        return *this;
    }
    void round(const Magnitude& passed, int inexact, int half_units) {
        if (mpfr_number_p(raw()) == 0 || passed.is_infinite()) throw LeftRange{};
        bound_ = passed;
        if (inexact != 0) bound_ = bound_ + Magnitude(half_units, last_place() - 1);
    }
    /// A value within its own bound counts as the 0 that it may be: sin(2 pi n) with a rounded pi.
    void record() const {
        long exponent = 0;
        double mantissa = mpfr_get_d_2exp(&exponent, raw(), MPFR_RNDN);
        if (!bound_.is_zero() && Magnitude(std::abs(mantissa), exponent) <= bound_) mantissa = 0;
        trace_->events.push_back({mantissa, exponent, Event::Kind::value});
    }
    /// Exponent of a unit in the last place; of a result that underflowed to 0 or to the smallest
    /// number, the exponent of that number.
    [[nodiscard]] std::int64_t last_place() const {
        if (mpfr_zero_p(raw()) != 0 || mpfr_get_exp(raw()) == mpfr_get_emin())
            return mpfr_get_emin();
        return mpfr_get_exp(raw()) - mpfr_get_prec(raw());
    }
    /// Distance from the edge of a domain that the value is known to lie in.
    [[nodiscard]] Magnitude inside(propagation::Edge edge) const {
        Value distance;
        mpfr_ptr d = distance.backend().data();
        switch (edge) {
            case propagation::Edge::none: return {};
            case propagation::Edge::minus_one: mpfr_add_si(d, raw(), 1, MPFR_RNDZ); break;
            case propagation::Edge::both_ones:
                mpfr_abs(d, raw(), MPFR_RNDN), mpfr_ui_sub(d, 1, d, MPFR_RNDZ);
                break;
            case propagation::Edge::one: mpfr_sub_si(d, raw(), 1, MPFR_RNDZ); break;
        }
        return size(distance);
    }
    /// Each function is told from the others by the line that it is called in.
    template <class Function, class Propagate>
    [[nodiscard]] Witness through(Function function, Propagate propagate, int half_units = 1,
                                  propagation::Edge edge = propagation::Edge::none,
                                  identity::Operation called_in = __builtin_LINE()) const {
        Witness r = entered(*this, *this);
        const int inexact = function(r.raw(), raw(), MPFR_RNDN);
        Magnitude passed;
        if (!bound_.is_zero()) {
            const Magnitude result = size(r) * Magnitude(1 + 0x1p-40);
            passed = propagate(propagation::Operand<Magnitude>{size(*this), mpfr_sgn(raw()) < 0,
                                                               bound_, result, inside(edge)});
        }
        return r.finished(passed, inexact, half_units).made_by(called_in, identity());
    }
    /// An angle is reduced with as many digits of pi as it has before the point: MPFR would take hours
    /// over sin(exp(exp(20))), and abort for want of memory at sin(exp(exp(30))).
    [[nodiscard]] const Witness& as_angle() const {
        constexpr mpfr_exp_t kLargestExponent = 1L << 16;
        if (mpfr_regular_p(raw()) != 0 && mpfr_get_exp(raw()) > kLargestExponent) throw LeftRange{};
        if (dependent_ && trace_ != nullptr) {
            trace_->events.push_back({bound_.to_double(),
                                      static_cast<std::int64_t>(trace_->angles.size()),
                                      Event::Kind::angle});
            trace_->angles.push_back(value_);
        }
        return *this;
    }
    /// The sign of *this - b where the bounds decide it.
    [[nodiscard]] int decided_sign(const Witness& b) const {
        const int sign = mpfr_cmp(raw(), b.raw());
        const Magnitude errors = bound_ + b.bound_;
        if (errors.is_zero()) return (sign > 0) - (sign < 0);
        if (same_number(b)) return 0;
        Value gap;
        mpfr_sub(gap.backend().data(), raw(), b.raw(), MPFR_RNDZ);
        // The size rounds away from zero, so a margin larger than that rounding is asked for.
        if (!(size(gap) > errors * Magnitude(1 + 0x1p-40))) throw UndecidedComparison{};
        return (sign > 0) - (sign < 0);
    }
    [[nodiscard]] static int compare(const Witness& a, const Witness& b) {
        const int sign = a.decided_sign(b);
        if (a.dependent_ || b.dependent_) {
            if (Trace<Digits>* trace = a.trace_ != nullptr ? a.trace_ : b.trace_) {
                return trace->decided(sign);
            }
        }
        return sign;
    }
    void require_above(int edge) const {
        if (decided_sign(Witness(edge)) <= 0) throw LeftDomain{};
    }
    void require_at_least(int edge) const {
        const int sign = decided_sign(Witness(edge));
        if (sign < 0) throw LeftDomain{};
        if (sign == 0 && dependent_ && trace_ != nullptr)
            trace_->edges.push_back(trace_->events.size());
    }
    void require_within_one() const {
        require_at_least(-1);
        (-*this).require_at_least(-1);
    }
    void require_no_integer() const {
        Witness nearest;
        mpfr_rint(nearest.raw(), raw(), MPFR_RNDN);
        static_cast<void>(decided_sign(nearest));
    }
    void require_nonzero() const {
        if (decided_sign(Witness(0)) == 0) throw LeftDomain{};
    }
};

}  // namespace gradproof::scalar
