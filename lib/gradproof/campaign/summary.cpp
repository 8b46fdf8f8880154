// Writing the summary as text and as JSON.
#include <gradproof/campaign/summary.hpp>

#include <gradproof/campaign/offer.hpp>
#include <gradproof/case/whole_file.hpp>
#include <gradproof/laws/percent.hpp>
#include <gradproof/laws/undecided_share.hpp>
#include <gradproof/primitives/catalogue.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <string_view>

namespace gradproof::campaign {

namespace {

using Lines = std::vector<std::string>;
using Json = nlohmann::ordered_json;

/// A word as a shell reads it.
[[nodiscard]] std::string quoted(const std::string& word) {
    constexpr std::string_view plain =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./=+:,@%";
    if (!word.empty() && word.find_first_not_of(plain) == std::string::npos) return word;
    std::string text = "'";
    for (const char c : word) text += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return text + "'";
}

[[nodiscard]] std::string percent(std::uint64_t part, std::uint64_t whole) {
    return laws::percent(part, whole, "none");
}

[[nodiscard]] double rate(const Account& account) {
    return account.seconds() > 0 ? static_cast<double>(account.tally().cases) / account.seconds()
                                 : 0;
}

[[nodiscard]] std::string verdict_line(const Account& account) {
    const std::string& subject = account.settings()->subject;
    const std::size_t count = account.findings().size();
    if (count > 0)
        return fmt::format("wrong: {}: {} finding{}", subject, count, count == 1 ? "" : "s");
    if (too_much_undecided(account)) return fmt::format("undecided: {}", subject);
    return fmt::format("holds: {}, as far as it was tried", subject);
}

void add_counts(Lines& lines, const Account& account) {
    const Tally& tally = account.tally();
    const check::Counts& c = tally.counts;
    const std::size_t all = std::max<std::size_t>(c.entries + c.directions, 1);
    lines.push_back(fmt::format(
        "  {} numbers checked; powerless {}, out of range {}, nonsmooth {}, "
        "undecided {}",
        c.entries + c.directions, percent(c.powerless, all), percent(c.out_of_range, all),
        percent(c.nonsmooth, all), percent(c.undecided, all)));
    lines.push_back(fmt::format(
        "  cases with a broken law {}, with a law that could not judge {}; "
        "questions that the subject does not take {}",
        percent(tally.failing, std::max<std::uint64_t>(tally.cases, 1)),
        percent(tally.undecided, std::max<std::uint64_t>(tally.cases, 1)), c.not_offered));
    if (tally.given_up > 0)
        lines.push_back(fmt::format("  {} cases given up by gradproof itself:", tally.given_up));
    for (const std::string& remark : account.remarks()) lines.push_back("    " + remark);
}

void add_coverage(Lines& lines, const Tally& tally) {
    const Coverage& coverage = tally.coverage;
    const std::size_t families = primitives::families().size();
    lines.push_back(fmt::format("  covered: {} of {} primitives, {} of {} pairs of families",
                                coverage.primitives_seen(), primitives::catalogue().size(),
                                coverage.edges_seen(), families * families));
    std::string text = "  cases with";
    for (std::size_t k = 0; k < coverage.forms.size(); ++k) {
        text += fmt::format("{} {} {}", k == 0 ? "" : ",",
                            generate::name(static_cast<generate::ProgramForm>(k)),
                            percent(coverage.forms[k], std::max<std::uint64_t>(tally.cases, 1)));
    }
    lines.push_back(text);
}

void add_finding(Lines& lines, std::size_t number, const Met& met, const Settings& settings,
                 const std::filesystem::path& folder) {
    const ToldFinding& f = met.finding;
    lines.push_back("");
    lines.push_back(fmt::format("{}. {}; met {} time{}{}", number, to_text(f.signature),
                                met.again + 1, met.again == 0 ? "" : "s",
                                f.cut_short ? ", not made simple to the end" : ""));
    lines.push_back("   " + f.headline);
    if (!f.diagnosis.empty()) lines.push_back("   diagnosis: " + f.diagnosis);
    lines.push_back("   " + replay_line(settings, f, folder));
}

[[nodiscard]] Json json_of(const Met& met, const Settings& settings,
                           const std::filesystem::path& folder) {
    const ToldFinding& f = met.finding;
    return {{"name", f.name},
            {"law", f.signature.law},
            {"kind", f.signature.kind},
            {"primitives", f.signature.primitives},
            {"headline", f.headline},
            {"diagnosis", f.diagnosis},
            {"met", met.again + 1},
            {"block", f.place.block},
            {"index", f.place.index},
            {"shrinks", f.shrinks},
            {"shrink_tries", f.tries},
            {"cut_short", f.cut_short},
            {"file", "findings/" + f.name + ".json"},
            {"replay", replay_line(settings, f, folder)}};
}

[[nodiscard]] Json shown(const Coverage& coverage) {
    Json forms = Json::object(), nodes = Json::object(), edges = Json::array();
    for (std::size_t k = 0; k < coverage.forms.size(); ++k)
        forms[std::string(generate::name(static_cast<generate::ProgramForm>(k)))] =
            coverage.forms[k];
    const auto& catalogue = primitives::catalogue();
    for (std::size_t k = 0; k < catalogue.size(); ++k)
        if (coverage.nodes[k] > 0) nodes[std::string(catalogue[k].name)] = coverage.nodes[k];
    const std::vector<std::string_view> families = primitives::families();
    for (std::size_t from = 0; from < families.size(); ++from)
        for (std::size_t to = 0; to < families.size(); ++to)
            if (const std::uint64_t count = coverage.edges[from][to]; count > 0)
                edges.push_back({{"from", families[from]}, {"to", families[to]}, {"nodes", count}});
    return {{"primitives", coverage.primitives_seen()},
            {"pairs_of_families", coverage.edges_seen()},
            {"forms", forms},
            {"nodes", nodes},
            {"edges", edges}};
}

}  // namespace

bool too_much_undecided(const Account& account) {
    const Tally& tally = account.tally();
    const bool nothing_checked =
        tally.cases > 0 && tally.counts.entries + tally.counts.directions == 0;
    return nothing_checked || laws::too_much_undecided(tally.undecided, tally.cases);
}

std::string replay_line(const Settings& settings, const ToldFinding& finding,
                        const std::filesystem::path& folder) {
    std::string line =
        "gradproof replay " + quoted((folder / "findings" / (finding.name + ".json")).string());
    if (!settings.command.empty()) line += " --";
    for (const std::string& word : settings.command) line += " " + quoted(word);
    return line;
}

Lines to_lines(const Account& account, const Ending& ending, const std::filesystem::path& folder) {
    const Settings& settings = *account.settings();
    Lines lines{verdict_line(account)};
    lines.push_back(
        fmt::format("  gradproof {}, seed {}, shard {}: {} cases in {:.0f} s, {:.1f} a "
                    "second; {}",
                    settings.gradproof, settings.seed, to_text(settings.shards),
                    account.tally().cases, account.seconds(), rate(account), ending.reason));
    add_counts(lines, account);
    add_coverage(lines, account.tally());
    std::vector<Met> findings = account.findings();
    std::ranges::stable_sort(findings, {}, [](const Met& met) { return met.finding.name; });
    for (std::size_t k = 0; k < findings.size(); ++k)
        add_finding(lines, k + 1, findings[k], settings, folder);
    return lines;
}

std::string to_json(const Account& account, const Ending& ending,
                    const std::filesystem::path& folder) {
    const Settings& settings = *account.settings();
    const Tally& tally = account.tally();
    const check::Counts& c = tally.counts;
    Json findings = Json::array();
    for (const Met& met : account.findings()) findings.push_back(json_of(met, settings, folder));
    const Json json{{"format", "gradproof campaign summary"},
                    {"version", 1},
                    {"gradproof", settings.gradproof},
                    {"exit_code", ending.exit_code},
                    {"ended", ending.reason},
                    {"subject", settings.subject},
                    {"command", settings.command},
                    {"seed", settings.seed},
                    {"shard", to_text(settings.shards)},
                    {"ops", settings.ops},
                    {"numbers", settings.numbers},
                    {"cases", tally.cases},
                    {"seconds", account.seconds()},
                    {"cases_per_second", rate(account)},
                    {"failing_cases", tally.failing},
                    {"undecided_cases", tally.undecided},
                    {"given_up_cases", tally.given_up},
                    {"given_up_because", account.remarks()},
                    {"numbers_checked", c.entries + c.directions},
                    {"powerless", c.powerless},
                    {"out_of_range", c.out_of_range},
                    {"nonsmooth", c.nonsmooth},
                    {"undecided", c.undecided},
                    {"not_offered", c.not_offered},
                    {"coverage", shown(tally.coverage)},
                    {"findings", findings}};
    return json.dump(2, ' ', false, Json::error_handler_t::replace);
}

void write_summary(const Account& account, const Ending& ending,
                   const std::filesystem::path& folder) {
    cases::replace_whole(folder / "summary.json", to_json(account, ending, folder) + "\n");
}

}  // namespace gradproof::campaign
