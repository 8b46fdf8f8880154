// The journal: what was written is read, what is torn is cut off, what was changed is refused, and nothing is
// there twice.
#include "../failing_disk.hpp"
#include "../folder.hpp"
#include "../says.hpp"
#include "some_campaign.hpp"

#include <gradproof/campaign/checksum.hpp>
#include <gradproof/campaign/journal.hpp>
#include <gradproof/case/file.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>

#include <gtest/gtest.h>

namespace gradproof::campaign {
namespace {

namespace fs = std::filesystem;
using gradproof::testing::Folder;
using gradproof::testing::FullDisk;

[[nodiscard]] ToldFinding some_finding(const std::string& primitive = "tanh") {
    ToldFinding finding;
    finding.signature = {"vjp agrees with finite differences", "wrong sign", {"add", primitive}};
    finding.name = file_stem(finding.signature);
    finding.headline = "wrong: \"it\"\tbreaks\n\u00e4\u2028";
    finding.diagnosis = "minus the derivative";
    finding.place = {17, 5};
    finding.tries = 40;
    finding.shrinks = 3;
    finding.file = "{\n  \"format\": \"gradproof case\"\n}\n";
    return finding;
}

[[nodiscard]] DoneSpan some_span(std::uint64_t block = 0, std::uint64_t from = 0,
                                 std::uint64_t to = kBlock) {
    DoneSpan done;
    done.span = {block, from, to, {"tanh", "add"}};
    done.tally.cases = to - from;
    done.tally.failing = 2;
    done.tally.undecided = 1;
    done.tally.given_up = 1;
    done.tally.counts.entries = 1234;
    done.tally.counts.largest_share = 0.1;
    done.tally.coverage.forms[3] = 7;
    done.tally.coverage.nodes[5] = 8;
    done.tally.coverage.edges[2][6] = 9;
    done.remarks = {"block 0, case 3: a law threw"};
    done.seconds = 1.5;
    return done;
}

[[nodiscard]] std::string text_of(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}
void put(const fs::path& path, const std::string& text) {
    std::ofstream(path, std::ios::binary) << text;
}

template <class Call>
[[nodiscard]] std::string refusal_of(Call call) {
    try {
        static_cast<void>(call());
    } catch (const std::exception& refusal) {
        return refusal.what();
    }
    return "none";
}
/// A journal with a finding between two spans.
void write_journal(const fs::path& folder) {
    Journal journal = Journal::begin(folder, some_settings());
    journal.add(some_span(0));
    journal.add(some_finding());
    DoneSpan again = some_span(1);
    again.again = {{some_finding().name, 3}};
    journal.add(again);
}

void expect_settings(const Settings& settings) {
    EXPECT_EQ(difference(settings, some_settings()), std::nullopt);
}

TEST(AJournal, is_read_as_it_was_written) {
    const Folder folder;
    write_journal(folder.path());
    const Account account = read_journal(folder.path());
    expect_settings(*account.settings());
    ASSERT_EQ(account.findings().size(), 1U);
    EXPECT_EQ(account.findings()[0].finding, some_finding());
    EXPECT_EQ(account.findings()[0].again, 3U);
    EXPECT_EQ(account.tally().cases, 200U);
    EXPECT_EQ(account.tally().failing, 4U);
    EXPECT_EQ(account.tally().undecided, 2U);
    EXPECT_EQ(account.tally().given_up, 2U);
    EXPECT_EQ(account.tally().counts.entries, 2468U);
    EXPECT_EQ(account.tally().counts.largest_share, 0.1);
    EXPECT_EQ(account.tally().coverage.forms[3], 14U);
    EXPECT_EQ(account.tally().coverage.nodes[5], 16U);
    EXPECT_EQ(account.tally().coverage.edges[2][6], 18U);
    EXPECT_EQ(account.remarks().size(), 2U);
    EXPECT_EQ(account.seconds(), 3);
    EXPECT_EQ(account.ground().next_block(), 2U);
}

TEST(AJournal, has_a_file_for_each_finding_with_its_text) {
    const Folder folder;
    write_journal(folder.path());
    const fs::path file = folder.path() / "findings" / (some_finding().name + ".json");
    EXPECT_EQ(text_of(file), some_finding().file);
    EXPECT_EQ(std::distance(fs::directory_iterator(folder.path() / "findings"), {}), 1);
}

TEST(AJournal, that_is_torn_anywhere_goes_on_with_its_whole_lines) {
    const Folder folder;
    write_journal(folder.path() / "whole");
    const std::string whole = text_of(folder.path() / "whole" / "journal.jsonl");
    const fs::path torn = folder.path() / "torn", file = torn / "journal.jsonl";
    fs::create_directories(torn);
    for (std::size_t bytes = 0; bytes <= whole.size(); ++bytes) {
        put(file, whole.substr(0, bytes));
        const std::size_t end = whole.substr(0, bytes).rfind('\n');
        const std::size_t sound = end == std::string::npos ? 0 : end + 1;
        const Journal journal = Journal::resume(torn);
        ASSERT_EQ(journal.cut_off(), bytes - sound);
        ASSERT_EQ(text_of(file), whole.substr(0, sound));
    }
}

TEST(AJournal, that_was_changed_before_its_end_is_refused) {
    const Folder folder;
    write_journal(folder.path());
    const fs::path file = folder.path() / "journal.jsonl";
    const std::string whole = text_of(file);
    const std::size_t last_line = whole.rfind('\n', whole.size() - 2) + 1;
    for (std::size_t at = 0; at < last_line; at += 7) {
        std::string changed = whole;
        changed[at] = changed[at] == 'x' ? 'y' : 'x';
        put(file, changed);
        const std::string refusal = refusal_of([&] { return Journal::resume(folder.path()); });
        ASSERT_TRUE(says(refusal, "it was changed")) << at << ": " << refusal;
        ASSERT_EQ(text_of(file), changed);
    }
}

TEST(AJournal, that_is_no_longer_one_is_refused_and_left_alone) {
    const Folder folder;
    write_journal(folder.path());
    const fs::path file = folder.path() / "journal.jsonl";
    const std::string whole = text_of(file);
    std::string with_returns;
    for (const char c : whole) with_returns += c == '\n' ? std::string("\r\n") : std::string(1, c);
    for (const std::string& changed :
         {std::string(whole.size(), '\0'), with_returns, std::string(), whole.substr(0, 50)}) {
        put(file, changed);
        EXPECT_THROW(static_cast<void>(Journal::resume(folder.path())), std::invalid_argument);
        EXPECT_THROW(static_cast<void>(Journal::begin(folder.path(), some_settings())),
                     std::invalid_argument);
        EXPECT_EQ(text_of(file), changed);
    }
}

TEST(AJournal, of_another_format_or_version_is_refused) {
    const Folder folder;
    const std::string refusal = refusal_of([&] {
        write_journal(folder.path());
        const fs::path file = folder.path() / "journal.jsonl";
        std::string line = text_of(file);
        line = line.substr(0, line.find(",\"sum\""));
        line.replace(line.find("\"version\":1"), 11, "\"version\":2");
        std::ostringstream sum;
        sum << std::hex;
        sum.width(16);
        sum.fill('0');
        sum << checksum(line + "}");
        put(file, line + ",\"sum\":\"" + sum.str() + "\"}\n");
        return Journal::resume(folder.path());
    });
    EXPECT_TRUE(says(refusal, "wanted \"gradproof campaign\" version 1")) << refusal;
}

TEST(AJournal, is_not_begun_where_there_is_one_and_not_resumed_where_there_is_none) {
    const Folder folder;
    const fs::path out = folder.path() / "out";
    EXPECT_TRUE(says(refusal_of([&] { return Journal::resume(out); }), "holds no campaign"));
    write_journal(out);
    const std::string before = text_of(out / "journal.jsonl");
    EXPECT_TRUE(says(refusal_of([&] { return Journal::begin(out, some_settings()); }), "--resume"));
    EXPECT_EQ(text_of(out / "journal.jsonl"), before);
}

TEST(AJournal, is_no_two_campaigns_at_a_time) {
    const Folder folder;
    const Journal first = Journal::begin(folder.path(), some_settings());
    EXPECT_TRUE(says(refusal_of([&] { return Journal::resume(folder.path()); }),
                     "another campaign is at work"));
    EXPECT_TRUE(says(refusal_of([&] { return Journal::begin(folder.path(), some_settings()); }),
                     "another campaign is at work"));
}

TEST(AJournal, writes_the_files_that_are_missing_when_it_goes_on_and_takes_temporary_ones_away) {
    const Folder folder;
    write_journal(folder.path());
    const fs::path findings = folder.path() / "findings";
    fs::remove_all(findings);
    EXPECT_EQ(Journal::resume(folder.path()).account().findings().size(), 1U);
    put(findings / ".gradproof-12-3.tmp", "half a ca");
    const Journal journal = Journal::resume(folder.path());
    EXPECT_EQ(text_of(journal.file_of(some_finding())), some_finding().file);
    EXPECT_EQ(std::distance(fs::directory_iterator(findings), {}), 1);
}

TEST(AJournal, on_a_full_disk_says_so_and_stays_sound_wherever_it_was_full) {
    const Folder folder;
    write_journal(folder.path() / "whole");
    const std::size_t largest = fs::file_size(folder.path() / "whole" / "journal.jsonl");
    for (std::size_t bytes = 0; bytes < largest; bytes += 101) {
        const fs::path out = folder.path() / std::to_string(bytes);
        std::string refusal;
        {
            const FullDisk full(bytes);
            refusal = refusal_of([&] {
                write_journal(out);
                return 0;
            });
        }
        ASSERT_TRUE(says(refusal, "make room")) << bytes << ": " << refusal;
        ASSERT_TRUE(says(refusal, out.string())) << refusal;
        const std::string text = text_of(out / "journal.jsonl");
        ASSERT_TRUE(text.empty() || text.back() == '\n') << bytes;
        Journal journal = Journal::resume(out);
        ASSERT_EQ(journal.cut_off(), 0U);
        if (!journal.account().settings()) journal.add(some_settings());
        if (journal.account().findings().empty()) journal.add(some_finding());
        ASSERT_EQ(text_of(journal.file_of(some_finding())), some_finding().file);
    }
}

TEST(AFindingThatCannotBeSaved, is_handed_on_whole) {
    const Folder folder;
    Journal journal = Journal::begin(folder.path(), some_settings());
    const FullDisk full(fs::file_size(folder.path() / "journal.jsonl") + 20);
    try {
        journal.add(some_finding());
        FAIL() << "it was saved";
    } catch (const UnsavedFinding& unsaved) {
        EXPECT_EQ(unsaved.files(), std::vector{some_finding().file});
        EXPECT_TRUE(journal.account().findings().empty());
    }
}

TEST(AnAccount, refuses_cases_that_are_done_and_findings_that_are_there) {
    Account account;
    EXPECT_TRUE(says(refusal_of([&] { return account.add(some_span()), 0; }), "settings"));
    account.add(some_settings());
    account.add(some_span(0, 10, 20));
    EXPECT_TRUE(says(refusal_of([&] { return account.add(some_span(0, 19, 30)), 0; }), "twice"));
    account.add(some_finding());
    EXPECT_TRUE(says(refusal_of([&] { return account.add(some_finding()), 0; }), "twice"));
}

TEST(AnAccount, takes_a_finding_for_a_known_one_whose_primitives_it_has_among_others) {
    Account account;
    account.add(some_settings());
    account.add(some_finding("tanh"));
    ToldFinding more = some_finding("tanh");
    more.signature.primitives.insert("exp");
    EXPECT_NE(account.known(more), nullptr);
    EXPECT_EQ(account.known(some_finding("exp")), nullptr);
    more.signature.kind = "wrong";
    EXPECT_EQ(account.known(more), nullptr);
    more.cut_short = true;
    EXPECT_NE(account.known(more), nullptr);
    more.fault = true;
    EXPECT_EQ(account.known(more), nullptr);
    more = some_finding("tanh");
    more.signature.law = "a gradient stays finite in range";
    EXPECT_EQ(account.known(more), nullptr);
}

TEST(AnAccount, takes_no_more_than_ten_findings_of_a_kind_in_programs_of_several_primitives) {
    Account account;
    account.add(some_settings());
    const auto of = [](std::set<std::string> primitives) {
        ToldFinding finding = some_finding();
        finding.signature.primitives = std::move(primitives);
        finding.name = file_stem(finding.signature);
        return finding;
    };
    for (const auto* name : {"a", "b", "c", "d", "e", "f", "g", "h", "i", "j"}) {
        const ToldFinding finding = of({name, std::string("other than ") + name});
        EXPECT_EQ(account.known(finding), nullptr);
        account.add(finding);
    }
    const ToldFinding* alike = account.known(of({"d", "z"}));
    ASSERT_NE(alike, nullptr);
    EXPECT_TRUE(alike->signature.primitives.contains("d"));
    EXPECT_EQ(account.known(of({"z"})), nullptr);
}

}  // namespace
}  // namespace gradproof::campaign
