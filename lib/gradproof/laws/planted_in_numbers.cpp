// Planted errors that change numbers of one answer.
#include <gradproof/laws/planted_error.hpp>

#include <gradproof/generate/precision.hpp>
#include <gradproof/laws/finite_in_range.hpp>
#include <gradproof/laws/primal_agrees.hpp>
#include <gradproof/laws/pullback_is_linear.hpp>
#include <gradproof/laws/vjp_agrees.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <optional>

namespace gradproof::laws {

namespace {

using cases::Answer;

/// The entries of one input, from first to last (not included).
struct Range {
    std::size_t first = 0, last = 0;
};

[[nodiscard]] Range entries_of(const Asked& asked, std::size_t input) {
    Range range;
    for (std::size_t i = 0; i <= input; ++i) {
        range.first = range.last;
        range.last += scalar::element_count(asked.shapes[i]);
    }
    return range;
}

/// One of the indices for which `fits` holds, nothing where there is none.
template <class Fits>
[[nodiscard]] std::optional<std::size_t> picked(std::uint64_t seed, std::size_t count, Fits fits) {
    for (std::size_t k = 0; k < count; ++k) {
        const std::size_t i = static_cast<std::size_t>((seed + k) % count);
        if (fits(i)) return i;
    }
    return std::nullopt;
}

[[nodiscard]] auto not_zero(const std::vector<double>& gradient) {
    return [&gradient](std::size_t i) { return gradient[i] != 0; };
}

/// Zeros keep theirs, which nobody is to see.
void turn(double& number) {
    if (number != 0) number = -number;
}

void turn_all_signs(const Asked&, Answer& answer, std::uint64_t) {
    for (double& g : answer.gradient) turn(g);
}

void turn_signs_of_one_input(const Asked& asked, Answer& answer, std::uint64_t seed) {
    if (asked.shapes.empty()) return;
    const Range range = entries_of(asked, seed % asked.shapes.size());
    for (std::size_t i = range.first; i < range.last; ++i) turn(answer.gradient[i]);
}

void zero_one_entry(const Asked&, Answer& answer, std::uint64_t seed) {
    if (const auto i = picked(seed, answer.gradient.size(), not_zero(answer.gradient))) {
        answer.gradient[*i] = 0;
    }
}

void zero_one_input(const Asked& asked, Answer& answer, std::uint64_t seed) {
    if (asked.shapes.empty()) return;
    const Range range = entries_of(asked, seed % asked.shapes.size());
    for (std::size_t i = range.first; i < range.last; ++i) answer.gradient[i] = 0;
}

void swap_two_entries(const Asked&, Answer& answer, std::uint64_t seed) {
    std::vector<double>& g = answer.gradient;
    if (g.empty()) return;
    const std::size_t i = seed % g.size();
    const auto k = picked(seed + 1, g.size(), [&](std::size_t other) { return g[other] != g[i]; });
    if (k) std::swap(g[i], g[*k]);
}

/// Row-major numbers laid out column by column.
void transpose_one_matrix(const Asked& asked, Answer& answer, std::uint64_t seed) {
    const auto input = picked(seed, asked.shapes.size(),
                              [&](std::size_t i) { return asked.shapes[i].size() == 2; });
    if (!input) return;
    const std::size_t rows = asked.shapes[*input][0], columns = asked.shapes[*input][1];
    const std::size_t first = entries_of(asked, *input).first;
    const std::vector<double> right = answer.gradient;
    for (std::size_t i = 0; i < rows; ++i) {
        for (std::size_t j = 0; j < columns; ++j) {
            answer.gradient[first + j * rows + i] = right[first + i * columns + j];
        }
    }
}

void put_nan(const Asked&, Answer& answer, std::uint64_t seed) {
    if (answer.gradient.empty()) return;
    answer.gradient[seed % answer.gradient.size()] = std::numeric_limits<double>::quiet_NaN();
}

/// Eight bits fewer than float's 24 where the answer itself is float.
void narrow(const Asked& asked, Answer& answer, std::uint64_t) {
    for (double& g : answer.gradient) {
        if (!std::isfinite(g) || g == 0) continue;
        if (asked.precision == scalar::Precision::binary64) {
            g = static_cast<double>(static_cast<float>(g));
        } else {
            int exponent = 0;
            const double mantissa = std::frexp(g, &exponent);
            g = std::ldexp(std::trunc(std::ldexp(mantissa, 16)), exponent - 16);
        }
    }
}

[[nodiscard]] double largest_finite(const std::vector<double>& gradient) {
    double largest = 0;
    for (const double g : gradient) {
        if (std::isfinite(g)) largest = std::max(largest, std::abs(g));
    }
    return largest;
}

/// As a sum or a slope of order one loses it: 1 - y where y is nearly 1, and the like.
void lose_small_entries(const Asked& asked, Answer& answer, std::uint64_t) {
    const double u = std::ldexp(1.0, asked.precision == scalar::Precision::binary64 ? -53 : -24);
    const double kept = u * std::max(1.0, largest_finite(answer.gradient));
    for (double& g : answer.gradient) {
        if (std::abs(g) < kept) g = 0;
    }
}

/// As a square on the way loses it, which underflows.
void lose_tiny_entries(const Asked& asked, Answer& answer, std::uint64_t) {
    const double kept = std::sqrt(generate::smallest_normal(asked.precision));
    for (double& g : answer.gradient) {
        if (std::abs(g) < kept) g = 0;
    }
}

/// Not that of the sum, which has no gradient after a softmax: then no two answers would differ.
void ignore_cotangent(const Asked& asked, Answer& answer, std::uint64_t) {
    std::vector<double> fixed(asked.cotangent.size());
    std::iota(fixed.begin(), fixed.end(), 1.0);
    answer.gradient = asked.sound(fixed).gradient;
}

void ignore_one_cotangent(const Asked& asked, Answer& answer, std::uint64_t seed) {
    std::vector<double> u(asked.cotangent.begin(), asked.cotangent.end());
    const auto k = picked(seed, u.size(), not_zero(u));
    if (!k) return;
    u[*k] = 0;
    answer.gradient = asked.sound(u).gradient;
}

void take_sizes_of_cotangent(const Asked& asked, Answer& answer, std::uint64_t) {
    std::vector<double> u(asked.cotangent.begin(), asked.cotangent.end());
    for (double& number : u) number = std::abs(number);
    answer.gradient = asked.sound(u).gradient;
}

/// The smallest number: whatever a bound allows, it is not exactly zero.
void answer_nothing_with_something(const Asked& asked, Answer& answer, std::uint64_t seed) {
    const bool zero = std::all_of(asked.cotangent.begin(), asked.cotangent.end(),
                                  [](double u) { return u == 0; });
    if (!zero || answer.gradient.empty()) return;
    answer.gradient[seed % answer.gradient.size()] = generate::smallest_subnormal(asked.precision);
}

/// An entry that rounding costs something, but not so much that a zero would agree.
[[nodiscard]] bool powerful(const scalar::Allowance& g) {
    return g.bound > 0 && std::isfinite(g.bound) && g.bound <= std::abs(g.reference) / 8;
}

/// A direction sees about n budgets of one entry: its weights are powers of two within a factor 2 of
/// one over the budget, so it allows up to 2 n of them; the sound answer may use as many the other way.
void put_entry_off(const Asked& asked, Answer& answer, std::uint64_t seed) {
    const std::vector<scalar::Allowance>& g = asked.budget().gradient;
    const auto i = picked(seed, g.size(), [&](std::size_t k) { return powerful(g[k]); });
    if (!i) return;
    const double off = 4 * static_cast<double>(g.size()) * g[*i].bound;
    answer.gradient[*i] += (seed >> 62) % 2 == 0 ? off : -off;
}

/// What of 1 to 1024 budgets is seen is what is measured. An exact entry has no budget, and stays.
void scale_all(const Asked& asked, Answer& answer, std::uint64_t seed) {
    const std::vector<scalar::Allowance>& g = asked.budget().gradient;
    double budget = 0;
    for (const scalar::Allowance& entry : g) {
        if (powerful(entry)) budget = std::max(budget, entry.bound / std::abs(entry.reference));
    }
    const double factor = 1 + std::ldexp(budget, static_cast<int>((seed >> 32) % 11));
    for (std::size_t i = 0; i < g.size(); ++i) {
        if (g[i].bound > 0) answer.gradient[i] *= factor;
    }
}

/// A sound primal may be as far off to the other side as its budget says.
void put_primal_off(const Asked& asked, Answer& answer, std::uint64_t seed) {
    const std::vector<scalar::Allowance>& y = asked.budget().primal;
    const auto k = picked(seed, y.size(), [&](std::size_t i) { return powerful(y[i]); });
    if (k) answer.primal[*k] += 4 * y[*k].bound;
}

[[nodiscard]] PlantedError planted(std::string_view name, std::string_view does,
                                   std::vector<std::string_view> claimed_by,
                                   void (*spoil)(const Asked&, Answer&, std::uint64_t),
                                   bool anywhere = false) {
    return {name, does, std::move(claimed_by),
            [spoil](std::uint64_t seed) -> Spoil {
                return [spoil, seed](const Asked& asked, Answer& answer) {
                    spoil(asked, answer, seed);
                };
            },
            anywhere};
}

}  // namespace

// clang-format off
std::vector<PlantedError> errors_in_numbers() {
    return {
        planted("every sign turned", "the whole gradient has the other sign", {kVjpAgrees}, turn_all_signs, true),
        planted("signs of one input turned", "one input's gradient has the other sign", {kVjpAgrees}, turn_signs_of_one_input, true),
        planted("one entry zeroed", "one entry that is not 0 is answered as 0", {kVjpAgrees}, zero_one_entry, true),
        planted("a path missing", "one input's gradient is answered as 0", {kVjpAgrees}, zero_one_input),
        planted("two entries swapped", "two entries that differ are answered in each other's place", {kVjpAgrees}, swap_two_entries),
        planted("a matrix transposed", "one matrix's gradient is laid out column by column", {kVjpAgrees}, transpose_one_matrix),
        planted("NaN in one entry", "one entry is NaN", {kVjpAgrees, kPullbackIsLinear, kZeroCotangentGivesZero, kFiniteInRange}, put_nan, true),
        planted("rounded to a narrower type", "doubles are rounded to float, floats to 16 bits", {kVjpAgrees}, narrow),
        planted("small entries lost", "what is below the unit round-off, or below it times the largest entry, is 0", {kVjpAgrees}, lose_small_entries),
        planted("tiny entries lost", "what is below the root of the smallest normal number is 0", {kVjpAgrees}, lose_tiny_entries),
        planted("one entry off by 4 n budgets", "one of n entries is off by 4 n of its budgets", {kVjpAgrees}, put_entry_off),
        planted("scaled by 1 to 1024 budgets", "all entries that rounding touches are too large by 2^0 to 2^10 of the largest relative budget", {kVjpAgrees}, scale_all),
        planted("cotangent ignored", "the gradient is that for the cotangent 1, 2, 3, ...", {kVjpAgrees, kPullbackIsLinear, kZeroCotangentGivesZero}, ignore_cotangent),
        planted("one cotangent ignored", "one entry of the cotangent is taken as 0", {kVjpAgrees}, ignore_one_cotangent),
        planted("cotangent without signs", "the magnitudes of the cotangent are taken for it", {kVjpAgrees, kPullbackIsLinear}, take_sizes_of_cotangent),
        planted("not zero for a zero cotangent", "one entry is the smallest number where the cotangent is 0", {kZeroCotangentGivesZero}, answer_nothing_with_something),
        planted("primal off by 4 budgets", "one output is off by 4 of its budgets", {kPrimalAgrees}, put_primal_off),
    };
}
// clang-format on

}  // namespace gradproof::laws
