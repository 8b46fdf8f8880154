// Setting a campaign up, showing how it goes, and ending it with the right code.
#include <gradproof/cli/fuzz.hpp>

#include <gradproof/campaign/campaign.hpp>
#include <gradproof/campaign/schedule.hpp>
#include <gradproof/campaign/summary.hpp>
#include <gradproof/cli/duration.hpp>
#include <gradproof/cli/exit_code.hpp>
#include <gradproof/cli/interrupt.hpp>
#include <gradproof/cli/printing.hpp>
#include <gradproof/cli/progress.hpp>
#include <gradproof/cli/settings.hpp>
#include <gradproof/cli/version.hpp>
#include <gradproof/primitives/catalogue.hpp>
#include <gradproof/subject/pipe_subject.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <sstream>
#include <stdexcept>
#include <thread>
#include <utility>

namespace gradproof::cli {

namespace {

using campaign::Account;
using campaign::Journal;
using campaign::Offer;

constexpr std::string_view kBuiltIn = "backprop";

/// What the request asks for beyond `before`, which is a campaign's that goes on, or a new one's.
[[nodiscard]] campaign::Settings wanted(const FuzzRequest& request, campaign::Settings before) {
    campaign::Settings settings = std::move(before);
    settings.gradproof = version();
    if (request.seed) settings.seed = *request.seed;
    if (request.shard) settings.shards = campaign::read_shard(*request.shard);
    if (request.subject && !request.stranger.command.empty())
        throw std::invalid_argument(
            "given both --subject and a command behind --; wanted one of them");
    if (request.subject) settings.subject = *request.subject, settings.command.clear();
    if (!request.stranger.command.empty()) settings.command = request.stranger.command;
    if (request.ops) settings.ops = *request.ops;
    if (request.numbers) settings.numbers = *request.numbers;
    const subject::Limits limits = request.stranger.limits();
    if (request.time_limit_given) settings.limits.answer = limits.answer;
    if (request.memory_limit_given) settings.limits.memory = limits.memory;
    return settings;
}

[[nodiscard]] Offer offer_of_command(const campaign::Settings& settings) {
    Offer offer;
    offer.in_process = false;
    offer.laws = campaign::laws_for_strangers();
    offer.make = [command = settings.command](const subject::Limits& limits) {
        return std::make_unique<subject::PipeSubject>(command, limits);
    };
    offer.greeting = subject::PipeSubject(settings.command, settings.limits).greeting();
    return offer;
}

[[nodiscard]] Offer offer_of_named(const std::string& name,
                                   const std::vector<NamedSubject>& subjects) {
    Offer offer;
    offer.greeting.name = name;
    offer.greeting.numbers = {scalar::Precision::binary64, scalar::Precision::binary32};
    if (name == kBuiltIn) {
        offer.laws = campaign::laws_for_library();
        offer.make = [](const subject::Limits&) { return std::make_unique<subject::Backprop>(); };
        return offer;
    }
    offer.laws = campaign::laws_for_strangers();
    std::string names(kBuiltIn);
    for (const NamedSubject& each : subjects) {
        names += ", " + each.name;
        if (each.name == name)
            offer.make = [make = each.make](const subject::Limits&) { return make(); };
    }
    if (!offer.make) {
        throw std::invalid_argument(fmt::format(
            "--subject: given {}, wanted one of {}; a program of your own goes behind --", name,
            names));
    }
    return offer;
}

/// Those of `--ops` that the subject takes.
void keep_to_ops(Offer& offer, const std::string& ops) {
    if (ops.empty()) return;
    const std::vector<const backprop::Primitive*> taken = campaign::primitives_of(offer);
    std::vector<const backprop::Primitive*> chosen;
    std::istringstream names(ops);
    for (std::string name; std::getline(names, name, ',');) {
        const backprop::Primitive& primitive = primitives::primitive(name);
        if (std::ranges::find(taken, &primitive) == taken.end())
            throw std::invalid_argument("--ops: given " + name +
                                        ", which the subject does not take");
        chosen.push_back(&primitive);
    }
    offer.greeting.primitives = std::move(chosen);
}

[[nodiscard]] Offer offer_of(campaign::Settings& settings,
                             const std::vector<NamedSubject>& subjects) {
    Offer offer = settings.command.empty() ? offer_of_named(settings.subject, subjects)
                                           : offer_of_command(settings);
    settings.subject = offer.greeting.name;
    keep_to_ops(offer, settings.ops);
    static_cast<void>(
        campaign::Schedule(settings, offer));  // refuses numbers that it does not take
    return offer;
}

struct SetUp {
    Journal journal;
    Offer offer;
};

[[nodiscard]] SetUp begin(const FuzzRequest& request, const std::vector<NamedSubject>& subjects) {
    campaign::Settings fresh;
    fresh.subject = kBuiltIn;
    fresh.seed = settled(request.seed, std::nullopt, 0).seed;
    if (!request.resume) {
        campaign::Settings settings = wanted(request, fresh);
        Offer offer = offer_of(settings, subjects);
        return {Journal::begin(request.out, settings), std::move(offer)};
    }
    Journal journal = Journal::resume(request.out);
    if (!journal.account().settings()) {
        throw std::invalid_argument(fmt::format(
            "--resume: the campaign in {} ended before its first line was written, and nothing is "
            "known of it; begin it by the same command without --resume",
            request.out));
    }
    campaign::Settings settings = wanted(request, *journal.account().settings());
    Offer offer = offer_of(settings, subjects);
    if (const auto other = campaign::difference(settings, *journal.account().settings())) {
        throw std::invalid_argument(
            fmt::format("--resume: {} in {}; give it as it was or leave it out, or begin anew in "
                        "another folder",
                        *other, request.out));
    }
    if (settings.shards.mine.size() != 1) {
        throw std::invalid_argument(
            fmt::format("--resume: {} is a merge of several; go on with those", request.out));
    }
    if (journal.cut_off() > 0) {
        complain(
            fmt::format("gradproof: the last {} bytes of the journal were not written to their "
                        "end, and were cut off; what they told of is done again\n",
                        journal.cut_off()));
    }
    return {std::move(journal), std::move(offer)};
}

[[nodiscard]] std::string progress_line(const campaign::Sight& sight, const campaign::Plan& plan,
                                        std::size_t primitives) {
    const campaign::Coverage& coverage = sight.account.tally().coverage;
    std::string line = fmt::format(
        "{} cases, {:.0f}/s, {} of {} primitives, {} pairs, {} finding{}", sight.cases, sight.rate,
        coverage.primitives_seen(), primitives, coverage.edges_seen(),
        sight.account.findings().size(), sight.account.findings().size() == 1 ? "" : "s");
    if (sight.findings_under_way > 0) line += fmt::format(" (+{})", sight.findings_under_way);
    using std::chrono::seconds;
    std::optional<double> left;
    if (plan.time) left = static_cast<double>(plan.time->count()) - sight.seconds;
    if (plan.cases && sight.rate > 0) {
        const double by_cases =
            static_cast<double>(*plan.cases - std::min(*plan.cases, sight.cases)) / sight.rate;
        left = std::min(left.value_or(by_cases), by_cases);
    }
    if (left)
        return line + ", " + clock_text(seconds(std::llround(std::max(*left, 0.0)))) + " left";
    return line + ", " + clock_text(seconds(std::llround(sight.seconds)));
}

[[nodiscard]] int exit_code_of(const Account& account, bool interrupted) {
    if (!account.findings().empty()) return kFindings;
    if (interrupted) return kInterrupted;
    return campaign::too_much_undecided(account) ? kUndecided : kHolds;
}

}  // namespace

int fuzz(const FuzzRequest& request, const std::vector<NamedSubject>& subjects) {
    campaign::Plan plan;
    if (request.time) plan.time = read_duration("--time", *request.time);
    plan.cases = request.cases;
    plan.jobs = request.jobs.value_or(std::max(1U, std::thread::hardware_concurrency()));
    SetUp set_up = begin(request, subjects);
    Journal& journal = set_up.journal;
    const campaign::Settings& settings = *journal.account().settings();
    complain(fmt::format("gradproof: {} in {}, seed {}\n", settings.subject, request.out,
                         settings.seed));

    const Interrupt interrupt;
    campaign::Ending ending;
    {
        Progress progress(1);
        const std::size_t primitives = campaign::primitives_of(set_up.offer).size();
        plan.stop = [] { return Interrupt::requested(); };
        plan.progress = [&](const campaign::Sight& sight) {
            progress.tell(progress_line(sight, plan, primitives));
        };
        plan.found = [&](const campaign::ToldFinding& finding) {
            progress.finish();
            complain(fmt::format("finding: {}\n  {}\n  {}\n", campaign::to_text(finding.signature),
                                 finding.headline,
                                 campaign::replay_line(settings, finding, request.out)));
        };
        try {
            campaign::run(set_up.offer, journal, plan);
        } catch (const campaign::UnsavedFinding& unsaved) {
            progress.finish();
            for (const std::string& file : unsaved.files()) {
                complain(fmt::format(
                    "gradproof: a finding could not be saved; its file would have been\n{}", file));
            }
            throw;
        }
    }
    const bool interrupted = Interrupt::requested();
    ending.exit_code = exit_code_of(journal.account(), interrupted);
    ending.reason = interrupted ? "interrupted; --resume goes on"
                    : plan.time && (!plan.cases || journal.account().tally().cases < *plan.cases)
                        ? "the time was up"
                        : "all cases are done";
    campaign::write_summary(journal.account(), ending, request.out);
    request.json ? print(campaign::to_json(journal.account(), ending, request.out) + "\n")
                 : print(campaign::to_lines(journal.account(), ending, request.out));
    return ending.exit_code;
}

}  // namespace gradproof::cli
