// Running the proof of power with progress, until done or interrupted.
#include <gradproof/cli/power.hpp>

#include <gradproof/cli/exit_code.hpp>
#include <gradproof/cli/interrupt.hpp>
#include <gradproof/cli/progress.hpp>
#include <gradproof/cli/report_json.hpp>
#include <gradproof/cli/version.hpp>
#include <gradproof/generate/net_case.hpp>
#include <gradproof/generate/primitive_case.hpp>
#include <gradproof/primitives/catalogue.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <chrono>
#include <cmath>

namespace gradproof::cli {

namespace {

/// Each source draws from a seed of its own, the one it has in `verify`, where random programs come before the
/// nets.
[[nodiscard]] std::vector<laws::Source> sources_of(std::uint64_t seed, std::string_view only) {
    const std::vector<backprop::Primitive>& all = primitives::catalogue();
    const backprop::Primitive* chosen = only.empty() ? nullptr : &primitives::primitive(only);
    std::vector<laws::Source> sources;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (chosen != nullptr && chosen != &all[i]) continue;
        sources.push_back({std::string(all[i].name), generate::primitive_case(all[i]), seed + i});
    }
    if (chosen == nullptr) {
        sources.push_back({"small nets", generate::net_case(), seed + all.size() + 1});
    }
    return sources;
}

[[nodiscard]] Json finite(double number) {
    return std::isfinite(number) ? Json(number) : Json("inf");
}

[[nodiscard]] Json to_json(const laws::Sight& sight, const std::vector<std::string>& sources) {
    Json json{{"law", sight.law},
              {"claims_to_see_it", sight.claimed},
              {"asked", sight.asked},
              {"planted", sight.all.planted},
              {"seen", sight.all.seen},
              {"cases_to_detection", nullptr},
              {"smallest_seen_in_budgets", nullptr}};
    if (const auto median = sight.median_detection()) json["cases_to_detection"] = *median;
    if (sight.all.seen > 0) json["smallest_seen_in_budgets"] = finite(sight.smallest);
    Json by_source = Json::array();
    for (std::size_t s = 0; s < sources.size(); ++s) {
        by_source.push_back({{"source", sources[s]},
                             {"planted", sight.sources[s].planted},
                             {"seen", sight.sources[s].seen}});
    }
    json["sources"] = by_source;
    return json;
}

[[nodiscard]] Json to_json(const laws::Shares& shares) {
    const check::Counts& c = shares.counts;
    return {{"numbers", c.entries + c.directions},
            {"powerless", c.powerless},
            {"out_of_range", c.out_of_range},
            {"within_rounding_of_a_kink", c.near_kink},
            {"undecided", c.undecided},
            {"cases", shares.cases},
            {"undecided_cases", shares.undecided},
            {"vacuous_cases", shares.vacuous},
            {"zero_cotangent_cases", shares.zero_cotangents},
            {"zero_on_purpose_cases", shares.zeros_on_purpose},
            {"discarded_draws", shares.discarded},
            {"most_vacuous", laws::kMostVacuous},
            {"most_discarded", laws::kMostDiscarded}};
}

}  // namespace

int PowerRun::exit_code() const {
    if (power.broken) return kFindings;
    if (power.stopped) return kInterrupted;
    return power.holds() ? kHolds : kFindings;
}

PowerRun prove_power(const Settings& settings, std::string_view only) {
    const auto start = std::chrono::steady_clock::now();
    laws::PowerPlan plan;
    plan.seed = settings.seed;
    plan.cases = settings.cases;
    plan.laws = laws::all_laws();
    plan.sources = sources_of(settings.seed, only);
    plan.errors = laws::all_program_errors(primitives::catalogue());
    plan.all_must_be_planted = only.empty();
    const std::size_t all = plan.rounds * plan.cases * plan.sources.size();
    PowerRun run;
    run.settings = settings;
    const Interrupt interrupt;
    {
        Progress progress(1);
        progress.begin("planting errors");
        plan.progress = [&](std::size_t done) {
            progress.update(done, all);
            return !Interrupt::requested();
        };
        run.power = laws::power(subject::Backprop(), plan);
    }
    run.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return run;
}

std::vector<std::string> to_lines(const PowerRun& run) {
    std::vector<std::string> lines = laws::to_lines(run.power);
    lines.insert(
        lines.begin() + 1,
        fmt::format(
            "gradproof {}, seed {}: {} rounds of {} cases from each of {} sources, {} errors "
            "planted in each, {:.1f} s",
            version(), run.settings.seed, run.power.rounds, run.settings.cases,
            run.power.sources.size(), run.power.errors.size(), run.seconds));
    if (run.power.broken) {
        lines.push_back(
            fmt::format("Run `gradproof verify --seed {}` first: it makes the case "
                        "simpler and saves it.",
                        run.settings.seed));
    } else {
        lines.push_back("Generators fit shapes before they draw numbers, and throw no case away.");
    }
    return lines;
}

std::string to_json(const PowerRun& run) {
    const laws::Power& power = run.power;
    Json errors = Json::array();
    for (const laws::SightsOfError& error : power.errors) {
        Json sights = Json::array();
        for (const laws::Sight& sight : error.sights) {
            sights.push_back(to_json(sight, power.sources));
        }
        errors.push_back({{"name", error.name}, {"does", error.does}, {"laws", sights}});
    }
    Json report{{"format", "gradproof power"},
                {"version", 1},
                {"gradproof", version()},
                {"verdict", run.exit_code() == kHolds ? "holds" : "does not hold"},
                {"exit_code", run.exit_code()},
                {"seed", run.settings.seed},
                {"rounds", power.rounds},
                {"cases", run.settings.cases},
                {"seconds", run.seconds},
                {"interrupted", power.stopped},
                {"subject", power.subject},
                {"shortcomings", power.stopped ? std::vector<std::string>() : power.shortcomings()},
                {"planted_errors", errors},
                {"shares", to_json(power.shares)}};
    if (power.broken) {
        report["sound_subject_breaks"] = {{"law", power.broken->report.law},
                                          {"source", power.broken->source},
                                          {"report", check::to_lines(power.broken->report)},
                                          {"case", power.broken->at}};
    }
    return report.dump(2, ' ', false, Json::error_handler_t::replace);
}

}  // namespace gradproof::cli
