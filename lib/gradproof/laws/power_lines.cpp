// The power in words: what survives first, then the table and the shares.
#include <gradproof/laws/power.hpp>

#include <gradproof/laws/percent.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace gradproof::laws {

namespace {

using Lines = std::vector<std::string>;

[[nodiscard]] std::string verdict_line(const Power& power) {
    if (power.broken) {
        return fmt::format(
            "wrong: {} itself breaks a law, \"{}\" in {}; nothing is said of the suite's power",
            power.subject, power.broken->report.law, power.broken->source);
    }
    const auto tried = [&](const SightsOfError& error) {
        return std::all_of(error.sights.begin(), error.sights.end(), [&](const Sight& s) {
            return !s.claimed || !power.too_seldom(error, s);
        });
    };
    const auto planted = std::count_if(power.errors.begin(), power.errors.end(), tried);
    if (power.stopped) return fmt::format("interrupted after {} cases", power.shares.cases);
    const std::size_t missing = power.shortcomings().size();
    if (missing > 0) {
        return fmt::format("too weak: {} of what the laws and generators for {} claim {} not so",
                           missing, power.subject, missing == 1 ? "is" : "are");
    }
    return fmt::format(
        "holds: all {} kinds of error planted in {} are seen by every law that claims to", planted,
        power.subject);
}

/// How small an error was seen; where no number was finite, how it was not.
[[nodiscard]] std::string size_of(const Sight& sight) {
    if (sight.all.seen == 0) return "-";
    if (std::isinf(sight.smallest)) return "infinite";
    if (sight.smallest < 1e5) return fmt::format("{:.2g}", sight.smallest);
    return fmt::format("{:.0e}", sight.smallest);
}

constexpr auto kRow = "  {:<29} {:<36} {:>8} {:>9} {:>9} {:>9}";

void add_table(Lines& lines, const Power& power) {
    lines.push_back(
        fmt::format(kRow, "planted error", "seen by", "planted", "seen", "cases to", "smallest"));
    lines.push_back(
        fmt::format(kRow, "", "(* claims to)", "in cases", "", "detection", "(budgets)"));
    for (const SightsOfError& error : power.errors) {
        std::string_view name = error.name;
        for (const Sight& sight : error.sights) {
            if (!sight.claimed && sight.all.seen == 0) continue;
            const auto median = sight.median_detection();
            lines.push_back(
                fmt::format(kRow, name, fmt::format("{}{}", sight.law, sight.claimed ? " *" : ""),
                            sight.asked ? std::to_string(sight.all.planted) : "not asked",
                            percent(sight.all.seen, sight.all.planted),
                            median ? std::to_string(*median) : "-", size_of(sight)));
            name = "";
        }
    }
}

/// Claims that were not put to the test.
void add_untried(Lines& lines, const Power& power) {
    std::string names;
    for (const SightsOfError& error : power.errors) {
        const bool untried = std::any_of(
            error.sights.begin(), error.sights.end(),
            [&](const Sight& s) { return s.claimed && s.asked && power.too_seldom(error, s); });
        if (untried) names += fmt::format("{}\"{}\"", names.empty() ? "" : ", ", error.name);
    }
    if (names.empty()) return;
    lines.push_back(
        fmt::format("Not tried, as fewer than {} cases gave it something to change: {}.",
                    kEnoughPlanted, names));
}

void add_shares(Lines& lines, const Shares& shares) {
    const check::Counts& c = shares.counts;
    const std::size_t numbers = c.entries + c.directions;
    lines.push_back(fmt::format(
        "Of {} numbers of the sound subject: powerless {}, out of range {}, within rounding of a "
        "kink {}, undecided {}.",
        numbers, percent(c.powerless, numbers), percent(c.out_of_range, numbers),
        percent(c.near_kink, numbers), percent(c.undecided, numbers)));
    lines.push_back(fmt::format(
        "Of {} cases: undecided {}, vacuous {} (at most {} %); with a zero cotangent {}, with a "
        "zero gradient on purpose {}.",
        shares.cases, percent(shares.undecided, shares.cases),
        percent(shares.vacuous, shares.cases), 100 * kMostVacuous,
        percent(shares.zero_cotangents, shares.cases),
        percent(shares.zeros_on_purpose, shares.cases)));
    lines.push_back(fmt::format("Discarded: {} draws, {} (at most {} %).", shares.discarded,
                                percent(shares.discarded, shares.cases + shares.discarded),
                                100 * kMostDiscarded));
}

}  // namespace

Lines to_lines(const Power& power) {
    Lines lines{verdict_line(power)};
    if (power.broken) {
        for (const std::string& line : check::to_lines(power.broken->report)) {
            lines.push_back("  " + line);
        }
        lines.push_back("at");
        for (const std::string& line : power.broken->at) lines.push_back("  " + line);
        return lines;
    }
    if (!power.stopped) {
        for (const std::string& why : power.shortcomings()) lines.push_back("  - " + why);
    }
    lines.push_back("");
    add_table(lines, power);
    lines.push_back("");
    add_untried(lines, power);
    add_shares(lines, power.shares);
    return lines;
}

}  // namespace gradproof::laws
