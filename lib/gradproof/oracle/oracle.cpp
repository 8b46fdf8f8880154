// The climb over the rungs: the first that answers decides, the last one's reason is told.
#include <gradproof/oracle/oracle.hpp>

#include <gradproof/oracle/rung.hpp>
#include <gradproof/oracle/second_order.hpp>
#include <gradproof/scalar/ieee.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <stdexcept>
#include <string>
#include <type_traits>

namespace gradproof::oracle {

namespace {

[[noreturn]] void refuse(const std::string& what) {
    throw std::invalid_argument("gradproof oracle: " + what);
}

void require_finite(std::span<const double> numbers, const char* name) {
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        if (!std::isfinite(numbers[i])) {
            refuse(std::string(name) + "[" + std::to_string(i) + "] is " +
                   std::to_string(numbers[i]) +
                   ", wanted a finite number; a derivative exists only at finite points");
        }
    }
}

void require_fitting(const Point& point) {
    scalar::require_ieee_arithmetic();
    const std::size_t inputs = point.function.input_size(), outputs = point.function.output_size();
    if (point.inputs.size() != inputs) {
        refuse("given " + std::to_string(point.inputs.size()) + " inputs, the function wants " +
               std::to_string(inputs) + "; pass all inputs flat, one after another");
    }
    if (point.cotangent.size() != outputs) {
        refuse("given a cotangent of " + std::to_string(point.cotangent.size()) +
               " entries, the output has " + std::to_string(outputs) + "; pass one entry for each");
    }
    require_finite(point.inputs, "input");
    require_finite(point.cotangent, "cotangent");
}

void require_fitting(const Direction& direction, const Point& point) {
    if (direction.weights.size() != point.inputs.size()) {
        refuse("given a direction of " + std::to_string(direction.weights.size()) +
               " entries for " + std::to_string(point.inputs.size()) +
               " inputs; pass one weight for each");
    }
    require_finite(direction.weights, "direction");
}

/// An infinite budget asks for any bound.
void require_size(double size, const char* name) {
    if (!(size >= 0)) {
        refuse(std::string(name) + " is " + std::to_string(size) +
               ", wanted 0 or more; it is what an error may be");
    }
}

/// 2^ilogb|x|, as an exponent; 0 at x = 0.
[[nodiscard]] std::int64_t size_exponent(double x) { return x == 0 ? 0 : std::ilogb(x); }

[[nodiscard]] Direction single_entry(std::span<const double> inputs, std::size_t entry) {
    if (entry >= inputs.size()) {
        refuse("asked for input entry " + std::to_string(entry) + " of " +
               std::to_string(inputs.size()) + "; entries count from 0 over all inputs");
    }
    Direction direction{std::vector<double>(inputs.size(), 0.0), size_exponent(inputs[entry])};
    direction.weights[entry] = 1;
    return direction;
}

/// A rung as it is climbed: differences in `Digits` digits of order `Order` with a step of 2^-StepBits.
/// `ForRoundOff`: it repeats the rung below with a longer step, of use only where round-off decided there.
template <unsigned Digits, int StepBits, int Order, bool ForRoundOff = false>
struct Step {
    static constexpr unsigned digits = Digits;
    static constexpr int step_bits = StepBits;
    static constexpr bool for_round_off = ForRoundOff;
    /// What the step leaves for round-off.
    static constexpr std::int64_t spare_bits = scalar::kWideBits<Digits> - Order * StepBits;
};

/// Asks one rung after another; `Ask` takes the rung and whether it is the last, and returns its attempt.
template <class Rung, class... Higher, class Ask>
[[nodiscard]] Derivative climb(Ask ask, std::int64_t wanted_spare_bits = 0) {
    std::int64_t wanted = wanted_spare_bits;
    constexpr bool last = sizeof...(Higher) == 0;
    // A rung that the round-off alone rules out is not worth its evaluation.
    const bool of_use =
        Rung::spare_bits >= wanted_spare_bits && !(Rung::for_round_off && wanted_spare_bits == 0);
    if (last || of_use) {
        Attempt attempt = ask(Rung(), last);
        if (Derivative* answer = std::get_if<Derivative>(&attempt)) return *answer;
        const Climb& reached = std::get<Climb>(attempt);
        if constexpr (last) return Unresolved{reached.reason, reached.best};
        // Eight bits of doubt: a higher rung may happen to be exact where this one rounded.
        wanted = reached.missing_bits > 8 ? Rung::spare_bits + reached.missing_bits - 8 : 0;
    }
    if constexpr (!last) return climb<Higher...>(ask, wanted);
}

/// The climb, and at its top two more steps of 1000 digits: where a huge term drowns the difference a
/// longer one leaves more bits to round-off, where an intermediate is tiny a shorter one moves it less.
///
/// The longer step of 400 digits is just enough for what is lost in a tail: beside values of size 1 round-off
/// leaves 2^-(1329 - 200 - 7), below the 2^-1078 where double ends, at a tenth of what 1000 digits cost. The
/// shorter one comes first, because it sees kinks beside steeper slopes.
[[nodiscard]] Derivative along(const Point& point, const Direction& direction, double budget) {
    constexpr int longer = 200, longest = 120;
    Derivative answer = climb<Step<50, kStepBits<50>, 1>, Step<100, kStepBits<100>, 1>,
                              Step<400, kStepBits<400>, 1>, Step<400, longer, 1, true>,
                              Step<1000, kStepBits<1000>, 1>>([&]<class S>(S, bool last) {
        return Rung<S::digits>(point, last, S::step_bits).along(direction, budget);
    });
    const auto* open = std::get_if<Unresolved>(&answer);
    if (open == nullptr) return answer;
    int step_bits = 0;
    if (open->reason == Unresolved::Reason::bound) step_bits = longest;
    if (open->reason == Unresolved::Reason::moving) step_bits = 2 * kStepBits<1000>;
    if (step_bits == 0) return answer;
    Attempt attempt = Rung<1000>(point, false, step_bits).along(direction, budget);
    if (Derivative* found = std::get_if<Derivative>(&attempt)) return *found;
    return answer;
}

/// The same direction with steps of size 1 before they are scaled, where they are shorter.
[[nodiscard]] Direction with_long_steps(Direction direction) {
    double largest = 0;
    for (const double weight : direction.weights) largest = std::max(largest, std::abs(weight));
    if (largest > 0) {
        direction.step_exponent =
            std::max<std::int64_t>(direction.step_exponent, -std::ilogb(largest));
    }
    return direction;
}

/// The same in second order, where a step of 2^-k costs 2k bits. A tiny entry beside huge ones is moved by
/// more than itself at last: what depends on its size has moved too far then, and says so.
[[nodiscard]] Derivative second_order(const Point& point, const Direction& first,
                                      const Direction& second, bool same, double budget) {
    constexpr int longer = 100;  // squared, the step of first order
    Derivative answer = climb<Step<50, kMixedStepBits<50>, 2>, Step<100, kMixedStepBits<100>, 2>,
                              Step<400, kMixedStepBits<400>, 2>, Step<400, longer, 2, true>,
                              Step<1000, kMixedStepBits<1000>, 2>>([&]<class S>(S, bool) {
        return SecondOrder<S::digits>(point, S::step_bits).along(first, second, same, budget);
    });
    const auto* open = std::get_if<Unresolved>(&answer);
    if (open == nullptr || open->at_kink) return answer;
    constexpr int bits = static_cast<int>(scalar::kWideBits<1000>);
    std::optional<Derivative> found;
    const auto attempt = [&](const Direction& a, const Direction& b, int step_bits) {
        if (found) return;
        Attempt answered = SecondOrder<1000>(point, step_bits).along(a, b, same, budget);
        if (Derivative* resolved = std::get_if<Derivative>(&answered)) found = *resolved;
    };
    if (open->reason == Unresolved::Reason::bound) {
        attempt(first, second, bits / 8);
        attempt(with_long_steps(first), with_long_steps(second), bits / 8);
    } else if (open->reason == Unresolved::Reason::moving ||
               open->reason == Unresolved::Reason::domain) {
        attempt(first, second, bits / 3);
    }
    return found ? *found : answer;
}

}  // namespace

std::string_view to_words(Unresolved::Reason reason) {
    switch (reason) {
        case Unresolved::Reason::comparison:
            return "a comparison stays open within the smallest step";
        case Unresolved::Reason::moving:
            return "an intermediate varies too much over the smallest step";
        case Unresolved::Reason::domain: return "the domain ends within the smallest step";
        case Unresolved::Reason::range:
            return "an intermediate leaves the range of 1000-digit numbers";
        case Unresolved::Reason::inexact:
            return "the step needs more than 1000 digits beside the input";
        case Unresolved::Reason::bound: return "the bound stays above what the budget asks for";
    }
    return "";
}

Derivative derivative(const Point& point, const Direction& direction, double budget) {
    require_fitting(point);
    require_fitting(direction, point);
    require_size(budget, "budget");
    return along(point, direction, budget);
}

Derivative derivative(const Point& point, std::size_t entry, double budget) {
    require_fitting(point);
    require_size(budget, "budget");
    return along(point, single_entry(point.inputs, entry), budget);
}

std::vector<Derivative> gradient(const Point& point, std::span<const double> budgets) {
    require_fitting(point);
    if (budgets.size() != point.inputs.size()) {
        refuse("given " + std::to_string(budgets.size()) + " budgets for " +
               std::to_string(point.inputs.size()) + " inputs; pass one for each");
    }
    std::vector<Derivative> entries;
    entries.reserve(budgets.size());
    for (std::size_t entry = 0; entry < budgets.size(); ++entry) {
        entries.push_back(derivative(point, entry, budgets[entry]));
    }
    return entries;
}

std::vector<std::vector<Derivative>> jacobian(const callable::Callable& function,
                                              std::span<const double> inputs) {
    std::vector<std::vector<Derivative>> rows;
    const std::vector<double> budgets(inputs.size(), 0.0);
    for (std::size_t k = 0; k < function.output_size(); ++k) {
        std::vector<double> cotangent(function.output_size(), 0.0);
        cotangent[k] = 1;
        rows.push_back(gradient({function, inputs, cotangent}, budgets));
    }
    return rows;
}

Derivative second_derivative(const Point& point, std::size_t first, std::size_t second,
                             double budget) {
    require_fitting(point);
    require_size(budget, "budget");
    const Direction along_first = single_entry(point.inputs, first);
    const Direction along_second = single_entry(point.inputs, second);
    return second_order(point, along_first, along_second, first == second, budget);
}

Derivative second_derivative(const Point& point, const Direction& first, const Direction& second,
                             double budget) {
    require_fitting(point);
    require_fitting(first, point);
    require_fitting(second, point);
    require_size(budget, "budget");
    return second_order(point, first, second, false, budget);
}

Derivative value(const Point& point, double tolerance) {
    require_fitting(point);
    require_size(tolerance, "tolerance");
    return climb<Step<50, 0, 0>, Step<100, 0, 0>, Step<400, 0, 0>, Step<1000, 0, 0>>(
        [&]<class S>(S, bool) { return Rung<S::digits>(point).primal(tolerance); });
}

std::vector<Derivative> values(const callable::Callable& function, std::span<const double> inputs,
                               std::span<const double> tolerances) {
    std::vector<double> cotangent(function.output_size(), 0.0);
    if (tolerances.size() != cotangent.size()) {
        refuse("given " + std::to_string(tolerances.size()) + " tolerances for " +
               std::to_string(cotangent.size()) + " outputs; pass one for each");
    }
    const Point point{function, inputs, cotangent};
    require_fitting(point);
    for (const double tolerance : tolerances) require_size(tolerance, "tolerance");
    std::vector<Derivative> all;
    // One evaluation answers for most of them, each of the others climbs alone.
    for (const Attempt& attempt : Rung<50>(point).outputs(tolerances)) {
        const std::size_t k = all.size();
        if (const Derivative* answer = std::get_if<Derivative>(&attempt)) {
            all.push_back(*answer);
            continue;
        }
        cotangent[k] = 1;
        all.push_back(value(point, tolerances[k]));
        cotangent[k] = 0;
    }
    return all;
}

}  // namespace gradproof::oracle
