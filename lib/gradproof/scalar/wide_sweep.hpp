// A gradient's formula in wide numbers: as sharp as 100 digits make it, or else 1000.
#pragma once

#include <gradproof/scalar/wide_entry.hpp>
#include <gradproof/scalar/witness.hpp>

#include <cstddef>
#include <type_traits>
#include <utility>
#include <vector>

namespace gradproof::scalar {

/// The value of a witness with its proven bound.
template <unsigned Digits>
[[nodiscard]] WideEntry wide_entry(const Witness<Digits>& number) {
    using Number = Witness<Digits>;
    WideEntry entry{true, Wide<50>(number.value()), 0};
    const Magnitude rounding =
        number.bound() + Number::size(number.value()) * Magnitude::power_of_two(-kWideBits<50>);
    entry.bound = rounding.mantissa();
    mpfr_mul_2si(entry.bound.backend().data(), entry.bound.backend().data(), rounding.exponent(),
                 MPFR_RNDU);
    return entry;
}

/// What `sweep(digits)` gives, a vector of `Witness<digits>`, `digits` an `integral_constant`: with
/// bounds that are small against the values where 1000 digits do, not known where a comparison or the
/// range stops even those.
template <class Sweep>
[[nodiscard]] std::vector<WideEntry> wide_sweep(std::size_t count, Sweep sweep) {
    open_exponent_range();
    std::vector<WideEntry> best(count);
    const auto attempt = [&]<unsigned Digits>(std::integral_constant<unsigned, Digits> digits) {
        try {
            std::vector<WideEntry> entries;
            for (const Witness<Digits>& number : sweep(digits)) {
                entries.push_back(wide_entry(number));
            }
            best = std::move(entries);
        } catch (const UndecidedComparison&) {
            return false;
        } catch (const LeftRange&) {
            return false;
        } catch (const LeftDomain&) {
            return false;
        }
        for (const WideEntry& entry : best) {
            if (entry.bound > ldexp(abs(entry.value), -100)) return false;
        }
        return true;
    };
    if (!attempt(std::integral_constant<unsigned, 100>{})) {
        attempt(std::integral_constant<unsigned, 1000>{});
    }
    return best;
}

}  // namespace gradproof::scalar
