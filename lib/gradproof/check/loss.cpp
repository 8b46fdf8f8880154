// The evidence for each cause, asked for in the order in which it convinces.
#include <gradproof/check/loss.hpp>

#include <gradproof/check/check.hpp>
#include <gradproof/check/elsewhere.hpp>
#include <gradproof/check/judgement.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

namespace gradproof::check {

namespace {

using oracle::Real;
using subject::Trial;

/// Enough for several to fail, and several to agree, of a mistake that shows at half of them.
constexpr std::size_t kPoints = 8;
/// Fewer points that agree, or share a ratio, are a coincidence.
constexpr std::size_t kSeveral = 3;
/// The ratio is read off one answer and held against others, each off by its budget: what a product of
/// the two may differ by, and as much again for a subject that rounds in another order.
constexpr int kBudgetsOfARatio = 4;
/// Powers of two from size 1 within which an input at which the answer agrees is looked for.
constexpr int kFarthest = 8;
/// Bits that a number may have beyond the right ones and still be a small multiple of a power of two:
/// the product with a slope and a cotangent that are powers of two or sums of two adds that many.
constexpr double kMoreBits = 3;
/// And that a full significand must miss, or any number would do: fewer come up by chance in 1 of 64.
constexpr double kFewerBits = 6;

[[nodiscard]] bool fails(const Entry& entry) {
    return entry.verdict >= Verdict::inaccurate && !entry.at_kink && entry.truth.has_value();
}

/// |answer - truth| in units of what the reference works with there: the truth, or its largest terms.
[[nodiscard]] double relative_loss(const Entry& entry, double unit_roundoff) {
    if (!std::isfinite(entry.subject)) return 1;
    const Real gap = abs(Real(entry.subject) - entry.truth->value);
    const Real size =
        std::max(Real(abs(entry.truth->value)), Real(entry.budget) / Real(unit_roundoff));
    return size == 0 ? 1 : Real(gap / size).convert_to<double>();
}

/// |answer - truth| in units of the truth, at most 1.
[[nodiscard]] double share_lost(const Entry& entry) {
    if (!std::isfinite(entry.subject) || entry.truth->value == 0) return 1;
    const Real share =
        abs(Real(entry.subject) - entry.truth->value) / Real(abs(entry.truth->value));
    return std::min(share.convert_to<double>(), 1.0);
}

/// Whether entry is `ratio` times its truth, as far as its budget tells.
[[nodiscard]] bool has_ratio(const Entry& entry, const Real& ratio) {
    if (!std::isfinite(entry.subject) || entry.truth->value == 0) return false;
    const Real allowed = (Real(entry.budget) + entry.truth->bound) * abs(ratio);
    return abs(Real(entry.subject) - ratio * entry.truth->value) <= kBudgetsOfARatio * allowed;
}

/// Significant bits of a finite number that is not 0.
[[nodiscard]] int significant_bits(double value) {
    int exponent = 0;
    auto mantissa = static_cast<std::int64_t>(std::ldexp(std::frexp(value, &exponent), 53));
    int bits = 53;
    for (; bits > 0 && mantissa % 2 == 0; mantissa /= 2) --bits;
    return bits;
}

/// 0, not finite, or with hardly more significant bits than are right: a small multiple of the spacing
/// of some larger number that it was subtracted from.
[[nodiscard]] bool quantised(const Entry& entry, double unit_roundoff) {
    if (!std::isfinite(entry.subject) || entry.subject == 0) return true;
    const Real gap = abs(Real(entry.subject) - entry.truth->value);
    const double relative = Real(gap / abs(entry.truth->value)).convert_to<double>();
    const double right = std::max(0.0, -std::log2(relative));
    const double digits = -std::log2(2 * unit_roundoff);
    return significant_bits(entry.subject) <= std::min(right + kMoreBits, digits - kFewerBits);
}

enum class Cause { formula, rounding, open };

struct CauseFound {
    Cause cause = Cause::open;
    std::string evidence;
};

[[nodiscard]] CauseFound cause_of(const Trial& trial, const Report& report) {
    const double u = unit_roundoff(trial.precision());
    const double half_of_the_digits = std::sqrt(u);
    std::vector<Entry> failing;
    for (const Entry& entry : report.entries) {
        if (fails(entry)) failing.push_back(entry);
    }
    if (moderate(trial)) {
        for (const Entry& entry : failing) {
            if (relative_loss(entry, u) > half_of_the_digits) return {Cause::formula, {}};
        }
    }
    std::size_t agreeing = 0, failing_points = 0, with_ratio = 0;
    std::optional<Real> ratio;
    for (const auto& point : moderate_points(trial, kPoints)) {
        const Report there = gradient(*point);
        if (there.holds()) {
            agreeing += there.counts.agrees > there.counts.powerless ? 1 : 0;
            continue;
        }
        ++failing_points;
        bool same = true;
        for (const Entry& entry : there.entries) {
            if (!fails(entry)) continue;
            if (relative_loss(entry, u) > half_of_the_digits) {
                return {Cause::formula,
                        "more than half of its digits are missing at points of moderate size, too"};
            }
            if (!ratio && entry.truth->value != 0) {
                ratio = Real(entry.subject) / entry.truth->value;
            }
            same = same && ratio && has_ratio(entry, *ratio);
        }
        with_ratio += same ? 1 : 0;
    }
    if (with_ratio >= kSeveral && with_ratio == failing_points) {
        const Real off = *ratio - 1;
        return {Cause::formula,
                fmt::format("it is 1 {} {} times the derivative at each of {} points",
                            off < 0 ? "-" : "+", Real(abs(off)).str(3), with_ratio)};
    }
    const std::string agreement = fmt::format("it agrees at {} of {} points of moderate size",
                                              agreeing, agreeing + failing_points);
    const auto lost = [&](const Entry& entry) { return quantised(entry, u); };
    if (agreeing >= kSeveral && std::all_of(failing.begin(), failing.end(), lost)) {
        return {Cause::rounding, agreement};
    }
    return {Cause::open, agreeing > 0 ? agreement : std::string()};
}

void append(std::string& remark, const std::string& more) {
    if (more.empty()) return;
    remark += (remark.empty() ? "" : "; ") + more;
}

/// The number with its exponent moved towards 0 so that `exponent` is left.
[[nodiscard]] double with_exponent(double x, int exponent) {
    return std::ldexp(x, exponent - std::ilogb(x));
}

/// The index of a gradient entry by its name.
[[nodiscard]] std::size_t index_of(const Trial& trial, const std::string& name) {
    std::size_t i = 0;
    while (i < trial.inputs().size() && trial.entry_name(i) != name) ++i;
    return i;
}

/// Whether the wide formula has told of every failing entry what it is.
[[nodiscard]] bool formula_is_known(const Trial& trial, const Report& report) {
    const std::vector<scalar::WideEntry> formula = trial.formula();
    return std::all_of(report.entries.begin(), report.entries.end(), [&](const Entry& entry) {
        if (!fails(entry)) return true;
        const std::size_t i = index_of(trial, entry.name);
        return i < formula.size() && formula[i].known;
    });
}

[[nodiscard]] std::size_t worst(const Trial& trial, const Report& report) {
    const Entry* found = nullptr;
    for (const Entry& entry : report.entries) {
        if (!fails(entry)) continue;
        if (found == nullptr || entry.digits_lost > found->digits_lost) found = &entry;
    }
    return found == nullptr ? trial.inputs().size() : index_of(trial, found->name);
}

}  // namespace

std::optional<std::string> onset(const Trial& trial, std::size_t entry) {
    const double x = trial.inputs()[entry];
    if (x == 0 || std::ilogb(x) == 0) return std::nullopt;
    const std::string name = trial.entry_name(entry);
    // What is lost of the entry where its input has that exponent; 1 where all is.
    const auto loss = [&](int exponent) {
        std::vector<double> inputs(trial.inputs().begin(), trial.inputs().end());
        inputs[entry] = with_exponent(x, exponent);
        const auto moved =
            trial.at(std::move(inputs), {trial.cotangent().begin(), trial.cotangent().end()});
        if (moved == nullptr) return 1.0;
        for (const Entry& e : gradient(*moved).entries) {
            if (e.name == name && fails(e)) return share_lost(e);
        }
        return 0.0;
    };
    // Where the answer still agrees: at size 1, or on the other side of it.
    const int exponent = std::ilogb(x), away = exponent > 0 ? -1 : 1;
    int agreeing = 0;
    while (std::abs(agreeing) < kFarthest && loss(agreeing) > 0) agreeing += away;
    if (loss(agreeing) > 0 || !(loss(exponent) > 0)) return std::nullopt;
    // The first exponent from there towards that of x at which more than `share` is lost.
    const auto first = [&](double share) {
        int lost = exponent, kept = agreeing;
        while (std::abs(lost - kept) > 1) {
            const int middle = kept + (lost - kept) / 2;
            (loss(middle) > share ? lost : kept) = middle;
        }
        return std::abs(with_exponent(x, lost));
    };
    const char* from = exponent > 0 ? "from" : "downwards from";
    std::string words = fmt::format("{} |{}| = {:.2g} on", from, name, first(0));
    constexpr double nearly_all = 0.5;
    if (loss(exponent) > nearly_all) {
        words += fmt::format(", all of them {} {:.2g} on", from, first(nearly_all));
    }
    return words;
}

Report with_cause(const Trial& trial, Report report) {
    if (report.holds() || report.entries.empty()) return report;
    const auto any = std::any_of(report.entries.begin(), report.entries.end(), fails);
    if (!any || report.fails_only_at_kinks()) return report;
    if (report.verdict == Verdict::wrong && !formula_is_known(trial, report)) {
        const CauseFound found = cause_of(trial, report);
        append(report.remark, found.evidence);
        if (found.cause == Cause::formula) return report;
        const bool rounding = found.cause == Cause::rounding;
        report.verdict = rounding ? Verdict::inaccurate : Verdict::undecided;
        report.lost = !rounding;
        for (Entry& entry : report.entries) {
            if (!fails(entry)) continue;
            entry = inaccurate(std::move(entry), trial.precision());
            if (rounding && !std::isfinite(entry.subject)) {
                entry.remark = "an intermediate leaves the range of the format";
            } else if (rounding) {
                entry.remark = "rounding loses " + digits_in_words(entry, trial.precision());
            } else {
                entry.verdict = Verdict::undecided;
                entry.remark = fmt::format("lost, cause not decidable: {}",
                                           digits_in_words(entry, trial.precision()));
            }
        }
        (rounding ? report.counts.inaccurate : report.counts.undecided) += report.counts.wrong;
        report.counts.wrong = 0;
    }
    if (report.verdict != Verdict::inaccurate) return report;
    const std::size_t entry = worst(trial, report);
    if (entry == trial.inputs().size()) return report;
    if (const auto begin = onset(trial, entry)) append(report.remark, "digits are lost " + *begin);
    return report;
}

}  // namespace gradproof::check
