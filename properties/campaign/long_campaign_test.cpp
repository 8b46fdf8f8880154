// A million cases: the driver's memory stays as it is. And what isolation costs.
#include "../folder.hpp"
#include "some_campaign.hpp"

#include <gradproof/campaign/schedule.hpp>
#include <gradproof/laws/ask.hpp>
#include <gradproof/subject/forked.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include <unistd.h>

#include <gtest/gtest.h>

namespace gradproof::campaign {
namespace {

namespace fs = std::filesystem;
using gradproof::testing::Folder;
using Clock = std::chrono::steady_clock;

/// As good as no law: asks for one answer.
constexpr laws::Law kBareVjp{
    "bare vjp",
    [](const subject::ProgramSubject& subject, const cases::Case& drawn, std::uint64_t) {
        check::Report report;
        report.counts.entries = subject.answer(drawn, drawn.cotangent).gradient.size();
        return report;
    }};

[[nodiscard]] Offer library_with(const laws::Law& law) {
    Offer offer;
    offer.greeting.name = "the library";
    offer.make = [](const subject::Limits&) { return std::make_unique<subject::Backprop>(); };
    offer.laws = {law};
    return offer;
}

TEST(AMillionCases, leave_the_drivers_memory_as_it_is) {
    constexpr std::uint64_t all = 1'000'000;
    const Folder folder;
    const Offer offer = library_with(kBareVjp);
    Journal journal = Journal::begin(folder.path() / "out", some_settings());
    Plan plan = cases_alone(all);
    plan.jobs = 2;
    std::vector<std::uint64_t> resident;
    plan.progress = [&](const Sight& sight) {
        while (sight.cases >= (resident.size() + 1) * (all / 10)) {
            resident.push_back(subject::resident_memory(::getpid()));
            std::printf("%8llu cases: %.1f MiB\n", static_cast<unsigned long long>(sight.cases),
                        static_cast<double>(resident.back()) / (1 << 20));
        }
    };
    run(offer, journal, plan);
    EXPECT_EQ(journal.account().tally().cases, all);
    ASSERT_GE(resident.size(), 9U);
    EXPECT_LT(resident.back(), resident.front() + (8ULL << 20));
}

TEST(AGibibyteForEachAnswer, is_found_with_the_limits_that_nobody_set) {
    const Folder folder;
    const Offer offer = some_offer(planted_large_leak().make);
    Journal journal = Journal::begin(folder.path() / "out", some_settings());
    Plan plan = cases_alone(2000);
    plan.stop = [&] { return !journal.account().findings().empty(); };
    run(offer, journal, plan);
    ASSERT_EQ(journal.account().findings().size(), 1U);
    const ToldFinding& finding = journal.account().findings().front().finding;
    EXPECT_EQ(finding.signature.kind, planted_large_leak().kind) << finding.file;
    EXPECT_EQ(finding.signature.primitives, std::set<std::string>{"tanh"}) << finding.file;
}

/// Cases a second of a campaign of one job.
[[nodiscard]] double isolated(const Offer& offer, const fs::path& out, std::uint64_t cases) {
    Journal journal = Journal::begin(out, some_settings(7));
    const auto start = Clock::now();
    run(offer, journal, cases_alone(cases));
    return static_cast<double>(cases) / std::chrono::duration<double>(Clock::now() - start).count();
}

/// The same cases in this process.
[[nodiscard]] double in_process(const Offer& offer, const fs::path& out, std::uint64_t cases) {
    std::vector<Span> spans;
    static_cast<void>(read_journal(out, [&](const Line& line) {
        if (const auto* done = std::get_if<DoneSpan>(&line)) spans.push_back(done->span);
    }));
    const Settings settings = some_settings(7);
    const Schedule schedule(settings, offer);
    const subject::Backprop subject;
    Coverage coverage;
    check::Counts counts;
    const auto start = Clock::now();
    for (const Span& span : spans) {
        for (std::uint64_t index = span.from; index < span.to; ++index) {
            const Draw draw = schedule.draw(span, index);
            coverage.add(draw.drawn);
            counts += laws::ask(offer.laws[0], subject, draw.drawn, draw.law_seed).counts;
        }
    }
    EXPECT_GT(counts.entries, 0U);
    return static_cast<double>(cases) / std::chrono::duration<double>(Clock::now() - start).count();
}

void compare(const std::string& what, const laws::Law& law, std::uint64_t cases) {
    const Folder folder;
    const Offer offer = library_with(law);
    std::array<double, 5> with{}, without{}, ratio{};
    for (std::size_t k = 0; k < with.size(); ++k) {
        const fs::path out = folder.path() / std::to_string(k);
        with[k] = isolated(offer, out, cases);
        without[k] = in_process(offer, out, cases);
        ratio[k] = with[k] / without[k];
    }
    for (auto* figures : {&with, &without, &ratio}) std::ranges::sort(*figures);
    std::printf(
        "%s, %llu cases in batches of %llu, median of 5 interleaved runs: %.0f cases a second "
        "isolated, %.0f in process; ratio %.2f (%.2f to %.2f)\n",
        what.c_str(), static_cast<unsigned long long>(cases),
        static_cast<unsigned long long>(kBlock), with[2], without[2], ratio[2], ratio[0], ratio[4]);
}

TEST(Isolation, costs_as_much_as_is_printed_here) {
    compare("vjp against the oracle", *laws::find_law("vjp agrees with finite differences"), 5000);
    compare("bare vjp", kBareVjp, 50'000);
}

}  // namespace
}  // namespace gradproof::campaign
