// Campaigns as a whole: how much is done, what going on means, how shards come together.
#include "../folder.hpp"
#include "some_campaign.hpp"

#include <gradproof/campaign/merge.hpp>
#include <gradproof/campaign/summary.hpp>
#include <gradproof/case/file.hpp>

#include <filesystem>
#include <set>
#include <string>

#include <gtest/gtest.h>

namespace gradproof::campaign {
namespace {

namespace fs = std::filesystem;
using gradproof::testing::Folder;

[[nodiscard]] Offer failing_offer() { return some_offer(planted("throws").make); }

/// Two laws, so that it takes no time.
[[nodiscard]] Offer quick(Offer offer) {
    std::erase_if(offer.laws, [](const laws::Law& law) {
        return law.name != "vjp agrees with finite differences" &&
               law.name != "a zero cotangent gives exactly zero";
    });
    return offer;
}

[[nodiscard]] std::set<std::string> names_of(const Account& account) {
    std::set<std::string> names;
    for (const Met& met : account.findings()) names.insert(met.finding.name);
    return names;
}

[[nodiscard]] std::uint64_t times_met(const Account& account) {
    std::uint64_t sum = 0;
    for (const Met& met : account.findings()) sum += 1 + met.again;
    return sum;
}

TEST(ACampaign, draws_as_many_cases_as_it_is_asked_for_whatever_its_runs) {
    const Folder folder;
    const Offer offer = quick(sound_offer());
    {
        Journal journal = Journal::begin(folder.path() / "out", some_settings());
        run(offer, journal, cases_alone(130));
        EXPECT_EQ(journal.account().tally().cases, 130U);
        run(offer, journal, cases_alone(130));
        EXPECT_EQ(journal.account().tally().cases, 130U);
    }
    Journal journal = Journal::resume(folder.path() / "out");
    run(offer, journal, cases_alone(350));
    EXPECT_EQ(journal.account().tally().cases, 350U);
    EXPECT_EQ(read_journal(folder.path() / "out").tally().cases, 350U);
    EXPECT_EQ(journal.account().ground().gaps().size(), 1U);
    EXPECT_EQ(journal.account().ground().next_block(), 4U);
}

TEST(ACampaign, counts_every_failing_case_as_a_finding_or_as_one_once_more) {
    const Folder folder;
    const Offer offer = quick(failing_offer());
    Journal journal = Journal::begin(folder.path() / "out", some_settings());
    Plan plan = cases_alone(150);
    plan.jobs = 2;
    run(offer, journal, plan);
    EXPECT_GT(journal.account().tally().failing, 10U);
    EXPECT_EQ(times_met(journal.account()), journal.account().tally().failing);
    EXPECT_LT(journal.account().findings().size(), 5U);
}

TEST(ACampaign, that_is_stopped_does_the_rest_of_its_blocks_when_it_goes_on) {
    const Folder folder;
    const Offer offer = quick(failing_offer());
    Plan plan = cases_alone(300);
    plan.jobs = 2;
    int looks = 0;
    plan.stop = [&] { return ++looks > 8; };
    std::size_t runs = 0;
    for (; runs < 200; ++runs, looks = 0) {
        Journal journal = runs == 0 ? Journal::begin(folder.path() / "out", some_settings())
                                    : Journal::resume(folder.path() / "out");
        if (journal.account().tally().cases >= 300) break;
        run(offer, journal, plan);
    }
    EXPECT_GT(runs, 1U);
    const Account account = read_journal(folder.path() / "out");
    EXPECT_EQ(account.tally().cases, 300U);
    EXPECT_TRUE(account.ground().gaps().empty());
    EXPECT_EQ(account.ground().next_block(), 3U);
    EXPECT_EQ(times_met(account), account.tally().failing);
}

TEST(ACampaign, gives_its_workers_up_for_fresh_ones) {
    const Folder folder;
    const Offer offer = quick(sound_offer());
    Journal journal = Journal::begin(folder.path() / "out", some_settings());
    Plan plan = cases_alone(600);
    plan.spans_per_worker = 1;
    run(offer, journal, plan);
    EXPECT_EQ(journal.account().tally().cases, 600U);
}

TEST(Shards, merged_have_all_cases_and_each_finding_once) {
    const Folder folder;
    const Offer offer = quick(failing_offer());
    std::vector<fs::path> outs;
    std::uint64_t failing = 0;
    std::set<std::string> names;
    for (std::uint64_t i = 1; i <= 3; ++i) {
        Settings settings = some_settings();
        settings.shards = {3, {i}};
        outs.push_back(folder.path() / std::to_string(i));
        Journal journal = Journal::begin(outs.back(), settings);
        run(offer, journal, cases_alone(20 + 10 * i));
        failing += journal.account().tally().failing;
        names.merge(names_of(journal.account()));
    }
    const Journal whole = merge({outs[2], outs[0], outs[1]}, folder.path() / "whole");
    const Account& account = whole.account();
    EXPECT_EQ(account.tally().cases, 120U);
    EXPECT_EQ(account.tally().failing, failing);
    EXPECT_EQ(times_met(account), failing);
    EXPECT_EQ(to_text(account.settings()->shards), "1,2,3/3");
    EXPECT_TRUE(std::ranges::includes(names, names_of(account)));
    for (const Met& met : account.findings())
        EXPECT_EQ(cases::read_whole(whole.file_of(met.finding), 1U << 20U), met.finding.file);
    const Account read = read_journal(folder.path() / "whole");
    EXPECT_EQ(names_of(read), names_of(account));
    EXPECT_EQ(times_met(read), failing);
}

TEST(Shards, of_other_campaigns_or_given_twice_are_not_merged) {
    const Folder folder;
    const auto begun = [&](const std::string& name, std::uint64_t seed, Shards shards) {
        Settings settings = some_settings(seed);
        settings.shards = std::move(shards);
        static_cast<void>(Journal::begin(folder.path() / name, settings));
        return folder.path() / name;
    };
    const fs::path first = begun("first", 1, {2, {1}}), second = begun("second", 1, {2, {2}}),
                   other_seed = begun("other_seed", 2, {2, {2}}),
                   other_count = begun("other_count", 1, {3, {2}});
    const auto refusal = [&](const std::vector<fs::path>& folders) -> std::string {
        try {
            static_cast<void>(merge(folders, folder.path() / "out"));
        } catch (const std::invalid_argument& error) {
            return error.what();
        }
        return "none";
    };
    EXPECT_NE(refusal({first, other_seed}).find("--seed is 2 here and 1 there"), std::string::npos);
    EXPECT_NE(refusal({first, other_count}).find("same number of shards"), std::string::npos);
    EXPECT_NE(refusal({first, second, first}).find("given twice"), std::string::npos);
    EXPECT_EQ(refusal({first, second}), "none");
    EXPECT_NE(refusal({first, second}).find("holds a campaign already"), std::string::npos);
}

TEST(ASummary, names_each_finding_its_diagnosis_and_the_line_that_shows_it_again) {
    const Folder folder;
    const Offer offer = quick(some_offer(planted("loses_a_sign").make));
    Settings settings = some_settings();
    settings.command = {"python3", "my shim.py"};
    Journal journal = Journal::begin(folder.path() / "out", settings);
    run(offer, journal, cases_alone(20));
    std::string text;
    for (const std::string& line :
         to_lines(journal.account(), {1, "all cases are done"}, folder.path() / "out"))
        text += line + "\n";
    EXPECT_EQ(text.find("wrong: a subject: 1 finding\n"), 0U) << text;
    EXPECT_NE(text.find("1. tanh: vjp agrees with finite differences: wrong sign; met "),
              std::string::npos)
        << text;
    EXPECT_NE(text.find("   diagnosis: minus the derivative\n"), std::string::npos) << text;
    EXPECT_NE(text.find(".json -- python3 'my shim.py'\n"), std::string::npos) << text;
    EXPECT_NE(text.find("5 of "), std::string::npos) << text;
}

}  // namespace
}  // namespace gradproof::campaign
