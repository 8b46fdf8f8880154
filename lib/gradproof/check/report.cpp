// The text of reports, and their counts.
#include <gradproof/check/report.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace gradproof::check {

namespace {

/// The shortest decimal that round-trips; a NaN has no sign that matters.
[[nodiscard]] std::string shortest(double value) {
    return std::isnan(value) ? "nan" : fmt::format("{}", value);
}

[[nodiscard]] std::string rounded(double value) {
    if (std::isinf(value)) return "inf";
    if (std::isnan(value)) return "none";  // where the slope is infinite
    return value != 0 && (value < 0.01 || value >= 1e6) ? fmt::format("{:.2e}", value)
                                                        : fmt::format("{:.3g}", value);
}

[[nodiscard]] std::string truth_of(const Entry& entry) {
    return entry.truth ? entry.truth->value.str(17) : "none";
}

[[nodiscard]] std::string headline(const Report& report) {
    std::string line = fmt::format("{}: {} ", to_words(report.verdict), report.subject);
    switch (report.verdict) {
        case Verdict::wrong:
        case Verdict::inaccurate: line += fmt::format("breaks \"{}\"", report.law); break;
        case Verdict::undecided:
            line += fmt::format("{} \"{}\"", report.lost ? "breaks" : "could not be judged by",
                                report.law);
            break;
        case Verdict::nonsmooth:
            line += fmt::format("holds \"{}\" at a nonsmooth point", report.law);
            break;
        case Verdict::agrees: line += fmt::format("holds \"{}\"", report.law); break;
    }
    if (report.fault) return line + fmt::format(": it {}", to_words(*report.fault));
    const auto worst =
        std::find_if(report.entries.begin(), report.entries.end(),
                     [&](const Entry& entry) { return entry.verdict == report.verdict; });
    if (!report.holds() && worst != report.entries.end()) {
        line += fmt::format(" at {}: {} where the oracle has {}", worst->name,
                            shortest(worst->subject), truth_of(*worst));
    }
    return line;
}

}  // namespace

void Counts::add(const Entry& entry, double unit_roundoff) {
    ++entries;
    switch (entry.verdict) {
        case Verdict::agrees: ++agrees; break;
        case Verdict::nonsmooth: ++nonsmooth; break;
        case Verdict::undecided:
            undecided += entry.standing == Standing::out_of_range ? 0 : 1;
            break;
        case Verdict::inaccurate: ++inaccurate; break;
        case Verdict::wrong: ++wrong; break;
    }
    switch (entry.standing) {
        case Standing::judged: break;
        case Standing::powerless: ++powerless; break;
        case Standing::out_of_range: ++out_of_range; break;
        case Standing::near_kink: ++near_kink; break;
    }
    const bool agreeing = entry.verdict == Verdict::agrees || entry.verdict == Verdict::nonsmooth;
    judged += agreeing && entry.standing == Standing::judged ? 1 : 0;
    if (entry.verdict != Verdict::agrees || !std::isfinite(entry.share)) return;
    if (entry.standing == Standing::near_kink) return;  // held against a hull, not the truth
    largest_share = std::max(largest_share, entry.share);
    if (!entry.truth || entry.truth->value == 0 || entry.standing != Standing::judged) return;
    ++weighed;
    if (oracle::Real(entry.budget) > kSharp * unit_roundoff * abs(entry.truth->value)) return;
    ++sharp;
    largest_ulps = std::max(largest_ulps, entry.ulps);
}

void Counts::add_direction(bool is_powerless, double share) {
    ++directions;
    ++(is_powerless ? powerless : judged);
    largest_share = std::max(largest_share, share);
}

Counts& Counts::operator+=(const Counts& other) {
    entries += other.entries;
    directions += other.directions;
    group_tests += other.group_tests;
    agrees += other.agrees;
    nonsmooth += other.nonsmooth;
    undecided += other.undecided;
    inaccurate += other.inaccurate;
    wrong += other.wrong;
    powerless += other.powerless;
    out_of_range += other.out_of_range;
    near_kink += other.near_kink;
    judged += other.judged;
    weighed += other.weighed;
    sharp += other.sharp;
    not_offered += other.not_offered;
    largest_share = std::max(largest_share, other.largest_share);
    largest_ulps = std::max(largest_ulps, other.largest_ulps);
    return *this;
}

std::string_view to_words(Verdict verdict) {
    switch (verdict) {
        case Verdict::agrees: return "agrees";
        case Verdict::nonsmooth: return "nonsmooth";
        case Verdict::undecided: return "undecided";
        case Verdict::inaccurate: return "inaccurate";
        case Verdict::wrong: return "wrong";
    }
    return "";
}

std::string_view to_words(Standing standing) {
    switch (standing) {
        case Standing::judged: return "";
        case Standing::powerless: return "powerless: the budget is above |g|/8";
        case Standing::out_of_range: return "out of range of the subject's type";
        case Standing::near_kink: return "within rounding of a kink";
    }
    return "";
}

bool Report::fails_only_at_kinks() const {
    std::size_t failing = 0;
    for (const Entry& entry : entries) {
        if (entry.verdict < Verdict::inaccurate) continue;
        if (!entry.at_kink) return false;
        ++failing;
    }
    return failing > 0 || no_side;
}

bool same_kind(const Report& first, const Report& simpler) {
    return !simpler.holds() && simpler.verdict == first.verdict && simpler.fault == first.fault &&
           simpler.fails_only_at_kinks() == first.fails_only_at_kinks();
}

namespace {

[[nodiscard]] std::vector<std::string> headline_and_table(const Report& report) {
    std::vector<std::string> lines{headline(report)};
    if (!report.remark.empty()) lines.push_back("  " + report.remark);
    if (report.entries.empty()) return lines;
    constexpr auto row = "  {:<10} {:>12} {:>24} {:>24} {:>10} {:>12} {:>10}  {}";
    lines.push_back(fmt::format(row, "entry", "primal", "subject", "oracle", "ulps", "allowed",
                                "of it", "verdict"));
    constexpr std::size_t most = 12;
    for (std::size_t i = 0; i < std::min(report.entries.size(), most); ++i) {
        const Entry& entry = report.entries[i];
        std::string verdict(to_words(entry.verdict));
        if (entry.standing != Standing::judged)
            verdict += fmt::format(" ({})", to_words(entry.standing));
        if (!entry.remark.empty()) verdict += fmt::format(" ({})", entry.remark);
        lines.push_back(fmt::format(row, entry.name, entry.primal ? shortest(*entry.primal) : "",
                                    shortest(entry.subject), truth_of(entry), rounded(entry.ulps),
                                    rounded(entry.budget), rounded(entry.share), verdict));
    }
    if (report.entries.size() > most)
        lines.push_back(fmt::format("  ... and {} more", report.entries.size() - most));
    return lines;
}

}  // namespace

std::vector<std::string> to_lines(const Report& report) {
    std::vector<std::string> lines = headline_and_table(report);
    if (!report.diagnosis) return lines;
    for (const std::string& line : to_lines(*report.diagnosis)) lines.push_back("  " + line);
    return lines;
}

}  // namespace gradproof::check
