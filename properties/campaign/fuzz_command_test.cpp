// gradproof fuzz and gradproof merge from the command line: codes, reports, what is said to bad use.
#include "../cli/command_run.hpp"
#include "../failing_disk.hpp"
#include "../folder.hpp"
#include "../says.hpp"
#include "planted_subjects.hpp"

#include <gradproof/campaign/journal.hpp>
#include <gradproof/case/file.hpp>
#include <gradproof/case/whole_file.hpp>
#include <gradproof/cli/duration.hpp>
#include <gradproof/cli/exit_code.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <sys/mount.h>
#include <unistd.h>

#include <gtest/gtest.h>

namespace gradproof::cli {
namespace {

namespace fs = std::filesystem;
using gradproof::testing::Folder;

[[nodiscard]] CommandRun run_fuzz(const fs::path& out, std::vector<const char*> arguments) {
    const std::string folder = out.string();
    arguments.insert(arguments.begin(), {"fuzz", "--out", folder.c_str()});
    arguments.insert(arguments.begin(), "gradproof");
    std::vector<NamedSubject> subjects;
    for (const auto* list : {&campaign::planted_faults(), &campaign::planted_mistakes()})
        for (const campaign::Planted& planted : *list)
            subjects.push_back({planted.name, planted.make});
    ::testing::internal::CaptureStdout();
    ::testing::internal::CaptureStderr();
    CommandRun result;
    result.code = run(static_cast<int>(arguments.size()), arguments.data(), {}, subjects);
    result.output = ::testing::internal::GetCapturedStdout();
    result.errors = ::testing::internal::GetCapturedStderr();
    return result;
}

/// What a call says to standard error: in a pipe, since a file would be on the full disk, too.
template <class Call>
[[nodiscard]] std::string errors_of(Call call) {
    std::array<int, 2> ends{};
    if (::pipe(ends.data()) != 0) throw std::runtime_error("no pipe");
    const int before = ::dup(STDERR_FILENO);
    ::dup2(ends[1], STDERR_FILENO);
    ::close(ends[1]);
    call();
    ::dup2(before, STDERR_FILENO);
    ::close(before);
    std::array<char, 65536> text{};  // as much as a pipe holds
    const ssize_t count = ::read(ends[0], text.data(), text.size());
    ::close(ends[0]);
    return {text.data(), static_cast<std::size_t>(std::max<ssize_t>(count, 0))};
}

constexpr const char* kFew = "tanh,exp,add";

TEST(Fuzz, holds_for_the_library_and_writes_a_summary) {
    const Folder folder;
    const CommandRun result = run_fuzz(folder.path() / "out", {"--cases", "150", "--seed", "3"});
    EXPECT_EQ(result.code, kHolds) << result.output << result.errors;
    EXPECT_TRUE(says(result.output, "holds: backprop, as far as it was tried\n")) << result.output;
    EXPECT_TRUE(says(result.output, "seed 3, shard 1/1: 150 cases in ")) << result.output;
    const auto json =
        nlohmann::json::parse(cases::read_whole(folder.path() / "out" / "summary.json", 1U << 24U));
    EXPECT_EQ(json.at("format"), "gradproof campaign summary");
    EXPECT_EQ(json.at("cases"), 150);
    EXPECT_EQ(json.at("exit_code"), kHolds);
}

TEST(Fuzz, tells_each_finding_once_it_is_saved_and_all_of_them_at_the_end) {
    const Folder folder;
    const fs::path out = folder.path() / "out";
    const CommandRun result = run_fuzz(out, {"--subject", "throws", "--ops", kFew, "--cases", "100",
                                             "--seed", "1", "--jobs", "1"});
    EXPECT_EQ(result.code, kFindings);
    EXPECT_TRUE(says(result.errors,
                     "finding: tanh: primal agrees with its wide value: reported an error\n"))
        << result.errors;
    EXPECT_TRUE(result.output.starts_with("wrong: throws: 1 finding\n")) << result.output;
    const campaign::Account account = campaign::read_journal(out);
    const std::string file =
        (out / "findings" / (account.findings().at(0).finding.name + ".json")).string();
    EXPECT_TRUE(says(result.output, "gradproof replay " + file + "\n")) << result.output;
    EXPECT_TRUE(cases::read_file(file).finding.has_value());
}

TEST(Fuzz, prints_nothing_but_json_to_standard_output_where_that_is_wanted) {
    const Folder folder;
    const CommandRun result =
        run_fuzz(folder.path() / "out",
                 {"--subject", "throws", "--ops", kFew, "--cases", "50", "--seed", "1", "--json"});
    EXPECT_EQ(result.code, kFindings);
    const auto json = nlohmann::json::parse(result.output);
    EXPECT_EQ(json.at("findings").at(0).at("kind"), "reported an error");
    EXPECT_EQ(json.at("exit_code"), kFindings);
}

TEST(Fuzz, goes_on_with_what_it_was_and_refuses_anything_else) {
    const Folder folder;
    const fs::path out = folder.path() / "out";
    EXPECT_EQ(run_fuzz(out, {"--cases", "50", "--seed", "3", "--ops", kFew}).code, kHolds);
    const CommandRun again = run_fuzz(out, {"--cases", "50"});
    EXPECT_EQ(again.code, kBadUse);
    EXPECT_TRUE(says(again.errors, "--resume")) << again.errors;
    for (const auto& [arguments, word] :
         std::vector<std::pair<std::vector<const char*>, std::string>>{
             {{"--seed", "4"}, "--seed is 4 here and 3 there"},
             {{"--ops", "tanh"}, "--ops is tanh here and tanh,exp,add there"},
             {{"--shard", "1/2"}, "--shard is 1/2 here and 1/1 there"},
             {{"--numbers", "binary32"}, "--numbers is binary32 here and all there"},
             {{"--time-limit", "3"}, "--time-limit (ms) is 3000 here and 10000 there"},
             {{"--subject", "throws"}, "the subject is throws here and backprop there"}}) {
        std::vector<const char*> all{"--resume", "--cases", "60"};
        all.insert(all.end(), arguments.begin(), arguments.end());
        const CommandRun other = run_fuzz(out, all);
        EXPECT_EQ(other.code, kBadUse) << word;
        EXPECT_TRUE(says(other.errors, word)) << other.errors;
    }
    EXPECT_EQ(run_fuzz(out, {"--resume", "--cases", "120"}).code, kHolds);
    EXPECT_EQ(campaign::read_journal(out).tally().cases, 120U);
}

TEST(Fuzz, says_what_was_wanted_to_bad_use) {
    const Folder folder;
    const fs::path out = folder.path() / "out";
    for (const auto& [arguments, word] :
         std::vector<std::pair<std::vector<const char*>, std::string>>{
             {{"--time", "5 minutes"}, "such as 90s, 10m or 1h30m"},
             {{"--shard", "3/2"}, "I/N"},
             {{"--ops", "tanh,unheard_of"}, "unknown primitive \"unheard_of\""},
             {{"--subject", "unheard_of"}, "wanted one of backprop, segfaults"},
             {{"--resume"}, "holds no campaign"},
             {{"--time-limit", "nan"}, "wanted a number"},
             {{"--jobs", "0"}, "--jobs"},
             {{"--", "/no/such/program"}, "could not be started"},
             {{"--"}, "after it"}}) {
        const CommandRun result = run_fuzz(out, arguments);
        EXPECT_EQ(result.code, kBadUse) << word;
        EXPECT_TRUE(says(result.errors, word)) << result.errors;
    }
    EXPECT_FALSE(fs::exists(out / "journal.jsonl"));
}

TEST(Fuzz, ends_with_code_4_and_its_summary_when_interrupted) {
    const Folder folder;
    std::thread interrupting([] {
        std::this_thread::sleep_for(std::chrono::milliseconds(300));
        std::raise(SIGINT);
    });
    const CommandRun result = run_fuzz(folder.path() / "out", {"--time", "1h", "--seed", "1"});
    interrupting.join();
    EXPECT_EQ(result.code, kInterrupted) << result.errors;
    EXPECT_TRUE(says(result.output, "interrupted; --resume goes on")) << result.output;
    EXPECT_TRUE(fs::exists(folder.path() / "out" / "summary.json"));
}

/// A subject in sh that takes tanh; `body` follows its greeting.
[[nodiscard]] std::string shim(const Folder& folder, const std::string& name,
                               const std::string& body) {
    const std::string path = (folder.path() / "shim").string();
    cases::replace_whole(path, "#!/bin/sh\necho '{\"gradproof\":1,\"name\":\"" + name +
                                   "\",\"primitives\":[\"tanh\"],\"nodes\":1,\"rank\":0}'\n" +
                                   body);
    fs::permissions(path, fs::perms::owner_all);
    return path;
}

constexpr const char* kTakesNothing = R"(
while read -r question; do
    id=${question#*:}
    echo "{\"id\":${id%%,*},\"unsupported\":\"no\"}"
done
)";

TEST(Fuzz, keeps_the_finding_of_a_subject_that_does_not_start_again) {
    const Folder folder;
    const std::string once = shim(folder, "once", R"(
read -r question || exit 0
rm "$0"
kill -s SEGV $$
)");
    const CommandRun result =
        run_fuzz(folder.path() / "out", {"--cases", "2", "--jobs", "1", "--", once.c_str()});
    EXPECT_EQ(result.code, kFindings) << result.output << result.errors;
    EXPECT_TRUE(says(result.output, "once: 1 finding\n")) << result.output;
    EXPECT_TRUE(says(result.output, "crashed")) << result.output;
}

TEST(Fuzz, is_undecided_on_a_subject_that_takes_nothing) {
    const Folder folder;
    const std::string never = shim(folder, "never", kTakesNothing);
    const CommandRun result =
        run_fuzz(folder.path() / "out", {"--cases", "5", "--jobs", "1", "--", never.c_str()});
    EXPECT_EQ(result.code, kUndecided) << result.output << result.errors;
    EXPECT_TRUE(result.output.starts_with("undecided: never")) << result.output;
}

TEST(Fuzz, does_not_go_on_with_a_campaign_of_which_nothing_is_known) {
    const Folder folder;
    cases::replace_whole(folder.path() / "journal.jsonl", "");
    const CommandRun result = run_fuzz(folder.path(), {"--resume", "--cases", "5"});
    EXPECT_EQ(result.code, kBadUse);
    EXPECT_TRUE(says(result.errors, "without --resume")) << result.errors;
}

TEST(Fuzz, leaves_nothing_behind_that_its_subject_has_started) {
    const Folder folder;
    const std::string told = (folder.path() / "helper").string();
    const std::string helped =
        shim(folder, "with a helper", "sleep 300 &\necho $! >> " + told + kTakesNothing);
    (void)run_fuzz(folder.path() / "out", {"--cases", "5", "--jobs", "1", "--", helped.c_str()});
    std::istringstream helpers(cases::read_whole(told, 1000));
    int count = 0;
    for (pid_t helper = 0; helpers >> helper; ++count) {
        // As long as nobody has waited for it, it is a zombie of ours or of init.
        std::ifstream state("/proc/" + std::to_string(helper) + "/stat");
        std::string number, name, letter;
        if (state >> number >> name >> letter) {
            EXPECT_EQ(letter, "Z");
        }
    }
    EXPECT_GE(count, 2);
}

TEST(Fuzz, on_a_full_disk_ends_with_code_5_and_shows_what_it_could_not_save) {
    const Folder folder;
    const fs::path out = folder.path() / "out";
    int code = 0;
    const std::string folder_name = out.string();
    const std::vector<const char*> arguments{"gradproof", "fuzz",   "--out",  folder_name.c_str(),
                                             "--subject", "throws", "--ops",  "tanh",
                                             "--cases",   "100",    "--seed", "1",
                                             "--jobs",    "2"};
    const std::string errors = errors_of([&] {
        const gradproof::testing::FullDisk full(700);
        code = run(static_cast<int>(arguments.size()), arguments.data(), {},
                   {{"throws", campaign::planted("throws").make}});
    });
    EXPECT_EQ(code, kInputOutput) << errors;
    EXPECT_TRUE(says(errors, "make room, then go on with --resume")) << errors;
    std::size_t shown = 0;
    for (std::size_t begin = errors.find("\n{"); begin != std::string::npos;
         begin = errors.find("\n{", begin + 1)) {
        const std::size_t end = errors.find("\n}\n", begin);
        const cases::CaseFile file =
            cases::read(errors.substr(begin + 1, end + 2 - begin), "standard error");
        EXPECT_EQ(file.finding->law, "primal agrees with its wide value");
        ++shown;
    }
    EXPECT_GE(shown, 1U) << errors;

    const CommandRun resumed = run_fuzz(out, {"--resume", "--cases", "100"});
    EXPECT_EQ(resumed.code, kFindings) << resumed.errors;
    EXPECT_EQ(campaign::read_journal(out).findings().size(), 1U);
}

/// A disk of so many bytes in memory, for those who may mount one.
class SmallDisk {
public:
    explicit SmallDisk(fs::path at) : at_(std::move(at)) {
        fs::create_directories(at_);
        mounted_ = ::mount("tmpfs", at_.c_str(), "tmpfs", 0, "size=16k") == 0;
    }
    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;
    ~SmallDisk() {
        if (mounted_) ::umount(at_.c_str());
    }
    [[nodiscard]] bool mounted() const { return mounted_; }
    /// Makes room.
    [[nodiscard]] bool grow() const {
        return ::mount("tmpfs", at_.c_str(), "tmpfs", MS_REMOUNT, "size=4m") == 0;
    }

private:
    fs::path at_;
    bool mounted_ = false;
};

TEST(Fuzz, that_filled_its_disk_goes_on_once_there_is_room) {
    const Folder folder;
    const fs::path out = folder.path() / "disk" / "out";
    const SmallDisk disk(folder.path() / "disk");
    if (!disk.mounted()) GTEST_SKIP() << "only root may mount a small disk";
    const CommandRun full = run_fuzz(out, {"--subject", "throws", "--ops", kFew, "--cases", "3000",
                                           "--seed", "1", "--jobs", "2"});
    EXPECT_EQ(full.code, kInputOutput) << full.errors;
    EXPECT_TRUE(says(full.errors, "No space left on device; make room")) << full.errors;
    const campaign::Account before = campaign::read_journal(out);
    EXPECT_GT(before.tally().cases, 0U);
    EXPECT_LT(before.tally().cases, 3000U);
    ASSERT_EQ(before.findings().size(), 1U);

    ASSERT_TRUE(disk.grow());
    const CommandRun resumed = run_fuzz(out, {"--resume", "--cases", "3000"});
    EXPECT_EQ(resumed.code, kFindings) << resumed.errors;
    EXPECT_FALSE(says(resumed.errors, "cut off")) << resumed.errors;
    const campaign::Account after = campaign::read_journal(out);
    EXPECT_EQ(after.tally().cases, 3000U);
    ASSERT_EQ(after.findings().size(), 1U);
    EXPECT_EQ(after.findings()[0].finding, before.findings()[0].finding);
}

/// A subject in two lines of shell, which greets and ends as soon as it is asked.
constexpr const char* kLeavesAtOnce =
    R"(echo '{"gradproof": 1, "name": "sh", "primitives": ["tanh"], "nodes": 1}'; read question; exit 3)";

TEST(Fuzz, asks_programs_in_any_language) {
    const Folder folder;
    const CommandRun result =
        run_fuzz(folder.path() / "out",
                 {"--cases", "3", "--seed", "1", "--jobs", "1", "--", "sh", "-c", kLeavesAtOnce});
    EXPECT_EQ(result.code, kFindings);
    EXPECT_TRUE(result.output.starts_with("wrong: sh: 1 finding\n")) << result.output;
    EXPECT_TRUE(says(result.output, "exited without an answer")) << result.output;
    EXPECT_TRUE(says(result.output, ".json -- sh -c 'echo ")) << result.output;
}

/// One that is asked and never answers.
constexpr const char* kHangs =
    R"(echo '{"gradproof": 1, "name": "sh", "primitives": ["tanh"], "nodes": 1}'; exec sleep 1000)";

TEST(Fuzz, makes_a_hang_of_another_program_simple_without_waiting_for_it_in_full_each_time) {
    const Folder folder;
    const fs::path out = folder.path() / "out";
    const CommandRun result = run_fuzz(
        out, {"--cases", "1", "--seed", "5", "--time-limit", "0.5", "--", "sh", "-c", kHangs});
    EXPECT_EQ(result.code, kFindings);
    const campaign::Account account = campaign::read_journal(out);
    const campaign::ToldFinding& finding = account.findings().at(0).finding;
    EXPECT_EQ(finding.signature.kind, "hung") << finding.file;
    EXPECT_FALSE(finding.cut_short) << finding.file;
    EXPECT_GT(finding.shrinks, 0U) << finding.file;
    EXPECT_EQ(cases::flat_inputs(cases::read(finding.file, "file").drawn).size(), 1U)
        << finding.file;
}

TEST(Merge, joins_shards_and_ends_as_a_campaign_does) {
    const Folder folder;
    for (const char* shard : {"1/2", "2/2"}) {
        const fs::path out = folder.path() / std::string(1, *shard);
        EXPECT_EQ(run_fuzz(out, {"--subject", "throws", "--ops", kFew, "--cases", "100", "--seed",
                                 "1", "--jobs", "1", "--shard", shard})
                      .code,
                  kFindings);
    }
    const std::string one = (folder.path() / "1").string(), two = (folder.path() / "2").string(),
                      out = (folder.path() / "out").string();
    const CommandRun merged =
        run_command({"merge", one.c_str(), two.c_str(), "--out", out.c_str(), "--json"});
    EXPECT_EQ(merged.code, kFindings) << merged.errors;
    const auto json = nlohmann::json::parse(merged.output);
    EXPECT_EQ(json.at("cases"), 200);
    EXPECT_EQ(json.at("shard"), "1,2/2");
    EXPECT_EQ(json.at("findings").size(), 1U);
    EXPECT_EQ(run_fuzz(out, {"--resume"}).code, kBadUse);
    const CommandRun again = run_command({"merge", one.c_str(), one.c_str(), "--out", "elsewhere"});
    EXPECT_EQ(again.code, kBadUse);
    EXPECT_TRUE(says(again.errors, "given twice")) << again.errors;
    EXPECT_FALSE(fs::exists("elsewhere"));
}

TEST(ADuration, is_read_as_people_write_it) {
    using std::chrono::seconds;
    EXPECT_EQ(read_duration("--time", "90s"), seconds(90));
    EXPECT_EQ(read_duration("--time", "10m"), seconds(600));
    EXPECT_EQ(read_duration("--time", "1h30m"), seconds(5400));
    EXPECT_EQ(read_duration("--time", "1h0m1s"), seconds(3601));
    for (const auto* bad : {"", "5", "0s", "m", "1.5h", "-1s", "1m1h", "1h 30m", "10m ",
                            "9999h9999h", "400000h", "1d"})
        EXPECT_THROW(static_cast<void>(read_duration("--time", bad)), std::invalid_argument) << bad;
    EXPECT_EQ(clock_text(seconds(3)), "0:03");
    EXPECT_EQ(clock_text(seconds(3723)), "1:02:03");
}

}  // namespace
}  // namespace gradproof::cli
