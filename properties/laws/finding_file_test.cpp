// Findings are kept: of every law, beside others of the same name, and whole where no file can be written.
#include "../failing_disk.hpp"
#include "../folder.hpp"
#include "../kept_finding.hpp"

#include <gradproof/case/file.hpp>
#include <gradproof/laws/finding_file.hpp>
#include <gradproof/laws/second_form_agrees.hpp>

#include <wrong_rules/wrong_rule.hpp>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <iterator>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace {

namespace fs = std::filesystem;
using namespace gradproof;
using fixtures::WrongRule;
using gradproof::testing::Folder;
using laws::Finding;
using laws::Kept;

/// The first wrong rule that is there for this law, but for the one that is wrong only after another
/// case, which no file holds.
[[nodiscard]] const WrongRule& rule_against(std::string_view law) {
    const auto& rules = fixtures::wrong_rules();
    return *std::find_if(rules.begin(), rules.end(), [&](const WrongRule& rule) {
        return rule.law == law && rule.name != "sweep: first gradient kept";
    });
}

[[nodiscard]] Finding finding_of(const WrongRule& rule) {
    return laws::search(*rule.subject(), rule.drawn, {1, 100, {laws::find_law(rule.law), 1}})
        .finding.value();
}
[[nodiscard]] const Finding& some_finding() {
    static const Finding finding = finding_of(fixtures::wrong_rules().front());
    return finding;
}

void expect_same(const cases::CaseFile& saved, const Finding& finding) {
    EXPECT_EQ(cases::write(saved.drawn), cases::write(finding.minimal));
    ASSERT_TRUE(saved.finding);
    EXPECT_EQ(saved.finding->law, finding.law->name);
    EXPECT_EQ(saved.finding->seed, finding.law_seed);
    EXPECT_EQ(saved.finding->report, check::to_lines(finding.report));
}

/// What cannot be written is handed back whole, and leaves nothing behind.
void expect_handed_back(const fs::path& folder, const std::string& reason,
                        const std::function<Kept()>& keep) {
    const Kept kept = keep();
    EXPECT_TRUE(kept.path.empty()) << kept.path;
    EXPECT_NE(kept.refusal.find(reason), std::string::npos) << kept.refusal;
    EXPECT_NE(kept.refusal.find((folder / "finding-").string()), std::string::npos) << kept.refusal;
    expect_same(cases::read(kept.text, "text"), some_finding());
    if (fs::exists(folder)) {
        EXPECT_EQ(std::distance(fs::directory_iterator(folder), fs::directory_iterator()), 0);
    }
}

TEST(AFinding, of_every_law_is_kept_and_refutes_again_from_its_file) {
    const Folder folder;
    for (const laws::Law& law : laws::all_laws()) {
        const WrongRule& rule = rule_against(law.name);
        const Finding finding = finding_of(rule);
        const Kept kept = laws::keep(finding, folder.path(), "0.1.0");
        ASSERT_EQ(kept.refusal, "") << law.name;
        const cases::CaseFile saved = cases::read_file(kept.path);
        expect_same(saved, finding);
        // That law asks the case's own primitive, and the one in a file is the catalogue's.
        if (law.name == laws::kSecondFormAgrees) continue;
        EXPECT_FALSE(law.holds(*rule.subject(), saved.drawn, saved.finding->seed).holds())
            << law.name << ": " << rule.name;
    }
}

TEST(AFinding, is_kept_beside_another_of_the_same_name) {
    const Folder folder;
    const fs::path first = laws::save(some_finding(), folder.path());
    const fs::path second = laws::save(some_finding(), folder.path());
    EXPECT_EQ(second.stem().string(), first.stem().string() + "-2");
    expect_same(cases::read_file(first), some_finding());
    expect_same(cases::read_file(second), some_finding());
}

TEST(AFinding, is_handed_back_whole_where_the_folder_is_not_there) {
    const Folder folder;
    const fs::path missing = folder.path() / "missing";
    expect_handed_back(missing, "No such file or directory",
                       [&] { return laws::keep(some_finding(), missing); });
}

TEST(AFinding, is_handed_back_whole_where_the_folder_may_not_be_written) {
    const Folder folder;
    fs::permissions(folder.path(), fs::perms::owner_read | fs::perms::owner_exec |
                                       fs::perms::others_read | fs::perms::others_exec);
    expect_handed_back(folder.path(), "Permission denied", [&] {
        const gradproof::testing::CommonUser user;
        return laws::keep(some_finding(), folder.path());
    });
}

TEST(AFinding, is_handed_back_whole_where_the_folder_may_not_even_be_looked_into) {
    const Folder folder;
    fs::permissions(folder.path(), fs::perms::none);
    expect_handed_back(folder.path(), "Permission denied", [&] {
        const gradproof::testing::CommonUser user;
        return laws::keep(some_finding(), folder.path());
    });
    fs::permissions(folder.path(), fs::perms::owner_all);
}

TEST(AFinding, is_handed_back_whole_where_the_disk_is_full) {
    const Folder folder;
    expect_handed_back(folder.path(), "make room, or choose another place", [&] {
        const gradproof::testing::FullDisk full(50);
        return laws::keep(some_finding(), folder.path());
    });
}

TEST(AFinding, of_a_test_is_kept_where_GRADPROOF_CASE_DIR_says_or_stands_in_its_message) {
    const Folder folder;
    const char* before = std::getenv("GRADPROOF_CASE_DIR");
    const std::string restored = before == nullptr ? "" : before;
    setenv("GRADPROOF_CASE_DIR", folder.path().c_str(), 1);
    const std::string saved = gradproof::testing::kept(some_finding());
    setenv("GRADPROOF_CASE_DIR", (folder.path() / "missing").c_str(), 1);
    const std::string unsaved = gradproof::testing::kept(some_finding());
    before == nullptr ? unsetenv("GRADPROOF_CASE_DIR")
                      : setenv("GRADPROOF_CASE_DIR", restored.c_str(), 1);

    EXPECT_EQ(saved.find("saved as " + folder.path().string() + "/finding-"), 0U) << saved;
    EXPECT_EQ(std::distance(fs::directory_iterator(folder.path()), fs::directory_iterator()), 1);
    EXPECT_EQ(unsaved.find("not saved: "), 0U) << unsaved;
    ASSERT_NE(unsaved.find("\n{"), std::string::npos) << unsaved;
    expect_same(cases::read(unsaved.substr(unsaved.find("\n{") + 1), "message"), some_finding());
}

TEST(AFinding, that_no_file_can_hold_is_handed_back_in_words) {
    const Folder folder;
    Finding finding = some_finding();
    finding.minimal.cotangent.push_back(7);
    const Kept kept = laws::keep(finding, folder.path());
    EXPECT_NE(kept.refusal.find("the cotangent has"), std::string::npos) << kept.refusal;
    EXPECT_NE(kept.text.find("7]\n"), std::string::npos) << kept.text;
}

}  // namespace
