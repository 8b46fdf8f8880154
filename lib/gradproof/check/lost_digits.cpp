// Losses of digits: answers that are right to the precision of float32, and answers that are off by the
// rounding of something larger than themselves.
#include <gradproof/check/hypotheses.hpp>

#include <gradproof/check/rounding_loss.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace gradproof::check {

namespace {

constexpr double kFloatRoundoff = 0x1p-24;
/// Entries without which a loss is a guess.
constexpr std::size_t kEnoughEntries = 3;

/// Whether `answer` is what a few roundings to float make of `truth`, at the ends of its range too.
[[nodiscard]] bool through_float(double answer, double truth) {
    using Float = std::numeric_limits<float>;
    if (!std::isfinite(answer)) {
        return std::isinf(answer) && std::signbit(answer) == std::signbit(truth) &&
               std::abs(truth) > (1 - 4 * kFloatRoundoff) * static_cast<double>(Float::max());
    }
    return std::abs(answer - truth) <=
           4 * (kFloatRoundoff * std::abs(truth) + static_cast<double>(Float::denorm_min()));
}

[[nodiscard]] bool is_float(double x) { return static_cast<double>(static_cast<float>(x)) == x; }

/// What a narrower type has left its marks on.
struct Narrowed {
    std::size_t failing = 0;
    std::size_t shown = 0;   ///< answers that are neither 0 nor infinite, in operands that fail
    std::size_t floats = 0;  ///< those that are float32 numbers
    std::size_t coarse = 0;  ///< those whose error is far above one of double
    double largest = 0;      ///< relative error
};

/// False where an entry fails in another way.
[[nodiscard]] bool narrowed(const Facts& f, const Scope& scope, Narrowed& seen) {
    if (f.zero.fails() || f.unit_roundoff >= kFloatRoundoff) return false;
    for (std::size_t i = 0; i < f.inputs.size(); ++i) {
        const double answer = f.drawn.answer[i], truth = f.drawn.truth[i];
        if (!f.drawn.comparable[i] || !scope.names.contains(f.operand_of(i).name)) continue;
        if (f.drawn.failing[i]) {
            if (!std::isfinite(truth) || !through_float(answer, truth)) return false;
            ++seen.failing;
        }
        if (answer == 0 || !std::isfinite(answer) || truth == 0) continue;
        const double error = std::abs(answer / truth - 1);
        ++seen.shown;
        seen.floats += is_float(answer) ? 1 : 0;
        seen.coarse += error > 0x1p-12 * kFloatRoundoff ? 1 : 0;
        seen.largest = std::max(seen.largest, error);
    }
    return true;
}

[[nodiscard]] std::optional<Explanation> narrow(std::span<const Facts> facts) {
    const Scope scope = failing_scope(facts);
    Narrowed seen;
    for (const Facts& f : facts) {
        if (!narrowed(f, scope, seen)) return std::nullopt;
    }
    if (seen.failing == 0 || seen.shown < kEnoughEntries || seen.coarse == 0) return std::nullopt;
    const bool floats = seen.floats == seen.shown;
    // Sums of float32 numbers are none themselves, but nearly all of them are off by as much.
    if (!floats && 4 * seen.coarse < 3 * seen.shown) return std::nullopt;
    return Explanation{
        Mistake::narrow_type,
        floats ? "the precision of float32: every answer is a float32 number"
               : "the precision of float32",
        fmt::format("{} of {} entries are wrong, the largest relative error is {:.2g}",
                    seen.failing, seen.shown, seen.largest)};
}

/// Whether the subject's own formula, evaluated wide, has the truth in every failing entry; none where
/// there is no formula.
[[nodiscard]] std::optional<bool> formula_holds(const Facts& f) {
    const std::vector<cases::WideEntry> formula = f.trial().formula();
    if (formula.size() != f.inputs.size()) return std::nullopt;
    for (std::size_t i = 0; i < formula.size(); ++i) {
        if (!f.drawn.failing[i]) continue;
        if (!formula[i].known) return std::nullopt;
        const double value = formula[i].value.convert_to<double>();
        if (!(std::abs(value - f.drawn.truth[i]) <=
              f.drawn.allowed[i] + f.unit_roundoff * std::abs(value)))
            return false;
    }
    return true;
}

[[nodiscard]] std::optional<Explanation> cancelled(std::span<const Facts> facts) {
    double digits = 0;
    std::size_t entries = 0, sound = 0, points = 0;
    bool all_known = true;  // by the formula itself, and not by its answers
    for (const Facts& f : facts) {
        if (f.zero.fails()) return std::nullopt;
        const std::optional<bool> holds = f.drawn.fails() ? formula_holds(f) : std::nullopt;
        if (holds == false) return std::nullopt;
        const bool known = holds == true;
        all_known = all_known && (known || !f.drawn.fails());
        points += f.drawn.fails() ? 1 : 0;
        const double size = largest_on_the_way(f);
        for (std::size_t i = 0; i < f.inputs.size(); ++i) {
            const double truth = std::abs(f.drawn.truth[i]),
                         gap = std::abs(f.drawn.answer[i] - f.drawn.truth[i]);
            // Where nothing is large, the answer is right but for a few digits.
            sound += f.drawn.comparable[i] && truth != 0 && gap <= 0x1p-10 * truth ? 1 : 0;
            if (!f.drawn.failing[i]) continue;
            if (!std::isfinite(f.drawn.truth[i])) return std::nullopt;
            if (!known && !std::isinf(size) && !lost_by_rounding(f, i, size)) return std::nullopt;
            const double lost = gap / std::max(f.unit_roundoff * truth, 1e-300);
            if (std::isfinite(gap)) digits = std::max(digits, std::log10(std::max(lost, 1.0)));
            ++entries;
        }
    }
    if (entries == 0 || (!all_known && sound < kEnoughEntries)) return std::nullopt;
    const double all = -std::log10(facts.front().unit_roundoff);
    const std::string lost = digits >= all - 1 ? "every digit is"
                             : digits <= 1     ? "a digit is"
                                           : fmt::format("{:.0f} digits are", std::ceil(digits));
    if (all_known) {
        return Explanation{
            Mistake::cancellation,
            "cancellation: right in wide numbers, and " + lost + " lost where it is worst",
            count_of(entries, points) + ", at each of which the formula itself has the truth"};
    }
    return Explanation{
        Mistake::cancellation,
        "cancellation: the formula is right, and " + lost + " lost where it is worst",
        fmt::format("{}, each off by no more than {:.0f} roundings of the largest "
                    "number on the way; {} other entries have their leading digits",
                    count_of(entries, points), kRoundings, sound)};
}

}  // namespace

std::vector<Explanation> lost_digits(std::span<const Facts> facts) {
    if (auto explanation = narrow(facts)) return {std::move(*explanation)};
    if (auto explanation = cancelled(facts)) return {std::move(*explanation)};
    return {};
}

}  // namespace gradproof::check
