// Whatever a subject does in this process, it is found, named, made simple, and the campaign goes on.
#include "../folder.hpp"
#include "some_campaign.hpp"

#include <gradproof/case/file.hpp>

#include <gtest/gtest.h>

namespace gradproof::campaign {
namespace {

using gradproof::testing::Folder;

class APlantedSubject : public ::testing::TestWithParam<Planted> {};

/// Limits that a planted subject meets soon, and a sound one never does.
[[nodiscard]] Settings tight_settings(const std::string& name) {
    Settings settings = some_settings();
    if (name == "hangs") settings.limits.answer = std::chrono::milliseconds(500);
    if (name == "leaks") settings.limits.memory = 96ULL << 20;
    settings.limits.output = 1ULL << 20;
    return settings;
}

TEST_P(APlantedSubject, is_found_named_and_made_as_simple_as_it_goes) {
    const Folder folder;
    const Offer offer = some_offer(GetParam().make);
    Journal journal = Journal::begin(folder.path() / "out", tight_settings(GetParam().name));
    Plan plan = cases_alone(2000);
    plan.stop = [&] { return !journal.account().findings().empty(); };
    campaign::run(offer, journal, plan);

    ASSERT_EQ(journal.account().findings().size(), 1U);
    const ToldFinding& finding = journal.account().findings().front().finding;
    EXPECT_EQ(finding.signature.kind, GetParam().kind) << finding.file;
    EXPECT_TRUE(GetParam().law.empty() || finding.signature.law == GetParam().law) << finding.file;
    EXPECT_EQ(finding.signature.primitives, std::set<std::string>{"tanh"});
    const cases::CaseFile saved = cases::read_file(journal.file_of(finding));
    EXPECT_EQ(cases::flat_inputs(saved.drawn).size(), 1U) << finding.file;
    EXPECT_EQ(saved.finding->subject, "a planted subject");
    EXPECT_FALSE(finding.cut_short) << finding.file;
}

/// One whose cases cost little.
class ACheapPlantedSubject : public APlantedSubject {};

TEST_P(ACheapPlantedSubject, does_not_keep_a_campaign_from_its_other_cases) {
    const Folder folder;
    const Offer offer = some_offer(GetParam().make);
    Journal journal = Journal::begin(folder.path() / "out", tight_settings(GetParam().name));
    campaign::run(offer, journal, cases_alone(12));
    EXPECT_EQ(journal.account().tally().cases, 12U);
    EXPECT_GT(journal.account().tally().failing, 1U);
    EXPECT_LT(journal.account().tally().failing, 12U);
    EXPECT_EQ(journal.account().tally().given_up, 0U);
}

[[nodiscard]] std::string name_of(const ::testing::TestParamInfo<Planted>& info) {
    return info.param.name;
}
INSTANTIATE_TEST_SUITE_P(ThatDoesNotAnswer, APlantedSubject, ::testing::ValuesIn(planted_faults()),
                         name_of);
INSTANTIATE_TEST_SUITE_P(ThatDoesWrong, APlantedSubject, ::testing::ValuesIn(planted_mistakes()),
                         name_of);
INSTANTIATE_TEST_SUITE_P(Once, ACheapPlantedSubject,
                         ::testing::Values(planted("segfaults"), planted("exits"),
                                           planted("throws"), planted("floods"),
                                           planted("writes_to_its_input"), planted("keeps_state")),
                         name_of);

TEST(ASoundSubject, gives_no_finding) {
    const Folder folder;
    const Offer offer = sound_offer();
    Journal journal = Journal::begin(folder.path() / "out", some_settings());
    campaign::run(offer, journal, cases_alone(300));
    EXPECT_TRUE(journal.account().findings().empty());
    EXPECT_EQ(journal.account().tally().cases, 300U);
    EXPECT_EQ(journal.account().tally().coverage.primitives_seen(), 5U);
}

TEST(ASubjectThatCannotBeMade, ends_the_campaign_with_a_word) {
    const Folder folder;
    Offer offer = sound_offer();
    offer.make = [](const subject::Limits&) -> std::unique_ptr<subject::ProgramSubject> {
        throw std::runtime_error("there is no such subject");
    };
    Journal journal = Journal::begin(folder.path() / "out", some_settings());
    try {
        campaign::run(offer, journal, cases_alone(10));
        FAIL() << "it ran";
    } catch (const std::invalid_argument& refusal) {
        EXPECT_NE(std::string(refusal.what()).find("there is no such subject"), std::string::npos);
    }
}

}  // namespace
}  // namespace gradproof::campaign
