// A difference quotient in one wide type, with its whole bound and the proven part of it.
#pragma once

#include <gradproof/oracle/attempt.hpp>
#include <gradproof/scalar/witness.hpp>

#include <algorithm>
#include <cstdint>
#include <limits>

namespace gradproof::oracle {

/// A quotient with its whole bound, of which `round_off` is the proven part.
template <unsigned Digits>
struct Quotient {
    using Number = scalar::Witness<Digits>;
    using Value = scalar::Wide<Digits>;
    using Magnitude = scalar::Magnitude;

    Value value{};
    Magnitude bound{};
    Magnitude round_off{};

    [[nodiscard]] static Magnitude size(const Value& value) { return Number::size(value); }

    /// `gap` times 2^exponent.
    [[nodiscard]] static Quotient scaled(const Number& gap, std::int64_t exponent) {
        Quotient result;
        result.value = gap.value();
        mpfr_mul_2si(result.value.backend().data(), result.value.backend().data(), exponent,
                     MPFR_RNDN);
        result.round_off = gap.bound() * Magnitude::power_of_two(exponent);
        result.bound = result.round_off;
        return result;
    }
    /// The finer of two quotients; how far they lie apart bounds what its step still costs.
    [[nodiscard]] static Quotient refined(const Quotient& coarse, const Quotient& fine) {
        Quotient result = fine;
        result.round_off = std::max(coarse.round_off, fine.round_off);
        result.bound = Magnitude(2.0) * size(Value(coarse.value - fine.value)) + result.round_off;
        return result;
    }
    /// One value for two sides that agree within their bounds: the middle, reaching both.
    [[nodiscard]] static Quotient joined(const Quotient& f, const Quotient& b) {
        Quotient result;
        result.value = (f.value + b.value) / 2;
        result.round_off =
            std::max(f.round_off, b.round_off) + half_unit(f.value) + half_unit(b.value);
        result.bound = std::max(f.bound, b.bound) + size(Value(f.value - b.value)) +
                       half_unit(f.value) + half_unit(b.value);
        return result;
    }

    /// The quotient as it is handed out.
    [[nodiscard]] Estimate estimate() const {
        Estimate result;
        result.value = Real(value);
        // Handing the value out in 50 digits rounds it once more.
        const Magnitude handed_out = size(value) * Magnitude::power_of_two(-scalar::kWideBits<50>);
        result.bound = Real(as_value(bound + handed_out));
        return result;
    }
    [[nodiscard]] bool sharp_enough_for(double budget) const {
        return !(bound > acceptable(budget, size(value)));
    }

    /// The wish for a rung on which the bound is at most `wanted`.
    [[nodiscard]] Climb climb_for(const Magnitude& wanted) const {
        Climb climb{Unresolved::Reason::bound, 0, estimate()};
        if (round_off > wanted) climb.missing_bits = round_off.exponent() - wanted.exponent();
        return climb;
    }
    [[nodiscard]] Climb climb_for_budget(double budget) const {
        return climb_for(acceptable(budget, size(value)));
    }

private:
    [[nodiscard]] static Value as_value(const Magnitude& magnitude) {
        if (magnitude.is_infinite()) return std::numeric_limits<Value>::infinity();
        Value result(magnitude.mantissa());
        mpfr_mul_2si(result.backend().data(), result.backend().data(), magnitude.exponent(),
                     MPFR_RNDU);
        return result;
    }

    [[nodiscard]] static Magnitude half_unit(const Value& value) {
        return size(value) * Magnitude::power_of_two(-scalar::kWideBits<Digits>);
    }
};

}  // namespace gradproof::oracle
