// The verification as text and as JSON.
#include <gradproof/case/case.hpp>
#include <gradproof/cli/exit_code.hpp>
#include <gradproof/cli/report_json.hpp>
#include <gradproof/cli/verify.hpp>
#include <gradproof/cli/version.hpp>
#include <gradproof/laws/percent.hpp>
#include <gradproof/laws/undecided_share.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace gradproof::cli {

namespace {

using laws::percent;
using Lines = std::vector<std::string>;

[[nodiscard]] std::string verdict_line(const Verification& v) {
    std::string line = "holds: the library";
    if (v.too_much_undecided()) line = "undecided: too many cases of the library";
    if (!v.library_holds()) line = "wrong: the library breaks a law";
    if (v.interrupted)
        line = "interrupted: " + line.substr(line.find(": ") + 2) + " as far as it was tried";
    for (const claims::Derivation& derivation : v.derivations) {
        const std::size_t errata = derivation.count(claims::Statement::Kind::erratum);
        line += fmt::format("; {}: {} errata, {}", derivation.title, errata,
                            derivation.holds() ? "all of them recorded" : "NOT the recorded ones");
    }
    return line;
}

void add_finding(Lines& lines, const Row& row) {
    const laws::Finding& finding = *row.finding;
    lines.push_back("");
    lines.push_back(
        fmt::format("Finding in {}, after {} cases, made simpler {} times in {} tries{}:", row.name,
                    finding.cases, finding.shrinks, finding.shrink_tries,
                    finding.cut_short ? ", which were cut short" : ""));
    for (const std::string& line : check::to_lines(finding.report)) lines.push_back("  " + line);
    lines.push_back("  the minimal case:");
    for (const std::string& line : cases::case_lines(finding.minimal))
        lines.push_back("    " + line);
    lines.push_back(
        row.not_saved.empty()
            ? fmt::format("  saved; once more with: gradproof replay {}", row.saved_as)
            : fmt::format("  not saved, its file is on standard error: {}", row.not_saved));
}

[[nodiscard]] Json to_json(const Row& row) {
    const check::Counts& c = row.counts;
    Json json{{"name", row.name},
              {"cases", row.cases},
              {"undecided_cases", row.undecided_cases},
              {"numbers", c.entries},
              {"directions", c.directions},
              {"agrees", c.agrees},
              {"inaccurate", c.inaccurate},
              {"wrong", c.wrong},
              {"nonsmooth", c.nonsmooth},
              {"undecided", c.undecided},
              {"powerless", c.powerless},
              {"out_of_range", c.out_of_range},
              {"not_offered", c.not_offered},
              {"within_rounding_of_a_kink", c.near_kink},
              {"largest_share_of_budget", c.largest_share},
              {"gradient_entries", row.gradient.weighed},
              {"sharp_gradient_entries", row.gradient.sharp},
              {"largest_error_in_ulps", row.gradient.largest_ulps}};
    if (row.finding) {
        json["finding"] = {{"law", row.finding->law->name},
                           {"file", row.saved_as},
                           {"not_saved", row.not_saved},
                           {"cases", row.finding->cases},
                           {"shrinks", row.finding->shrinks},
                           {"shrink_tries", row.finding->shrink_tries},
                           {"shrinking_cut_short", row.finding->cut_short},
                           {"minimal_case", cases::case_lines(row.finding->minimal)},
                           {"report", json_of(row.finding->report)}};
    }
    return json;
}

[[nodiscard]] Json to_json(const claims::Derivation& derivation) {
    Json statements = Json::array(), gone = Json::array();
    for (const claims::Statement& s : derivation.statements) {
        statements.push_back({{"id", s.id},
                              {"kind", claims::to_words(s.kind)},
                              {"claim", s.claim},
                              {"printed", s.printed},
                              {"truth", s.truth},
                              {"error_class", s.error_class},
                              {"recorded", s.recorded},
                              {"evidence", s.evidence}});
    }
    for (const claims::RecordedErratum& erratum : derivation.gone) gone.push_back(erratum.id);
    return {{"title", derivation.title},
            {"holds", derivation.holds()},
            {"setting", derivation.setting},
            {"statements", statements},
            {"recorded_errata_gone", gone}};
}

}  // namespace

Lines to_lines(const Verification& v) {
    Lines lines{verdict_line(v), ""};
    const check::Counts sum = v.totals();
    lines.push_back(
        fmt::format("gradproof {}, seed {}: {} cases for each row, {} laws on each case, "
                    "{} numbers checked in {:.1f} s",
                    version(), v.settings.seed, v.settings.cases, laws::all_laws().size(),
                    sum.entries + sum.directions, v.seconds));
    lines.push_back(
        "against differences in 50 to 1000 digits. An error is given as a share of what rounding "
        "may cost there.");
    lines.push_back("");
    constexpr auto row_format = "  {:<22} {:>8} {:>9} {:>6} {:>9} {:>10} {:>10} {:>10} {:>10}";
    lines.push_back(fmt::format(row_format, "", "numbers", "largest", "in", "sharp", "nonsmooth",
                                "powerless", "out of", "undecided"));
    lines.push_back(fmt::format(row_format, "", "checked", "error", "ulps", "entries", "points", "",
                                "range", ""));
    for (const Row& row : v.rows) {
        const check::Counts& c = row.counts;
        const std::size_t all = c.entries + c.directions;
        lines.push_back(fmt::format(
            row_format, row.name, all, fmt::format("{:.1f} %", 100 * c.largest_share),
            row.gradient.sharp == 0 ? "-" : fmt::format("{:.1f}", row.gradient.largest_ulps),
            percent(row.gradient.sharp, row.gradient.weighed), percent(c.nonsmooth, all),
            percent(c.powerless, all), percent(c.out_of_range, all), percent(c.undecided, all)));
    }
    lines.push_back("");
    lines.push_back(
        fmt::format("  ulps: the largest error of a sharp entry of a gradient, against the oracle. "
                    "Sharp are those "
                    "where rounding may cost at most {} u |g|,",
                    check::kSharp));
    lines.push_back(
        "  here as a share of all entries that were judged and are not 0; elsewhere an error says "
        "more "
        "of conditioning than of the rule.");
    lines.push_back("");
    lines.push_back("The laws:");
    for (const laws::Law& law : laws::all_laws()) lines.push_back(fmt::format("  - {}", law.name));
    lines.push_back("What could not be judged, and why:");
    lines.push_back(
        "  - powerless: rounding may cost more than an eighth of the number; the formula was "
        "checked in wide numbers");
    lines.push_back(
        "  - out of range: the number, or a step on the way to it, over- or underflows in double");
    lines.push_back(
        "  - nonsmooth points were judged: by the declared conventions, and within rounding of a "
        "kink by "
        "all branches that rounding leaves open");
    lines.push_back(
        "  - undecided: the oracle could not resolve it, or more comparisons are within rounding "
        "than "
        "can be looked at");
    if (sum.not_offered > 0) {
        lines.push_back(fmt::format(
            "  - not offered: {} questions went unasked, for want of forward mode or second order",
            sum.not_offered));
    }
    for (const Row& row : v.rows) {
        if (row.finding) add_finding(lines, row);
    }
    for (const claims::Derivation& derivation : v.derivations) {
        lines.push_back("");
        for (const std::string& line : claims::to_lines(derivation)) lines.push_back(line);
    }
    if (v.interrupted) lines.push_back("Interrupted: what was not reached is not in this report.");
    for (const Row& row : v.rows) {
        if (!laws::too_much_undecided(row.undecided_cases, row.cases)) continue;
        lines.push_back(
            fmt::format("{}: {} of {} cases could not be decided, more than the {} % that may.",
                        row.name, row.undecided_cases, row.cases, 100 * laws::kAllowedUndecided));
    }
    return lines;
}

std::string to_json(const Verification& v) {
    Json rows = Json::array(), derivations = Json::array(), law_names = Json::array();
    for (const Row& row : v.rows) rows.push_back(to_json(row));
    for (const claims::Derivation& derivation : v.derivations)
        derivations.push_back(to_json(derivation));
    for (const laws::Law& law : laws::all_laws()) law_names.push_back(law.name);
    const Json report{{"format", "gradproof verification"},
                      {"version", 1},
                      {"gradproof", version()},
                      {"verdict", v.exit_code() == kHolds ? "holds" : "does not hold"},
                      {"exit_code", v.exit_code()},
                      {"seed", v.settings.seed},
                      {"cases", v.settings.cases},
                      {"seconds", v.seconds},
                      {"interrupted", v.interrupted},
                      {"laws", law_names},
                      {"library", rows},
                      {"derivations", derivations}};
    return report.dump(2, ' ', false, Json::error_handler_t::replace);
}

}  // namespace gradproof::cli
