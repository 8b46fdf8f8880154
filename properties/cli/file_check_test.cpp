// Checking many files: a line a file, details of those that do not hold, and an exit code that tells the
// worst of them; a bad file stops none of the others.
#include "../folder.hpp"
#include "../says.hpp"
#include "command_run.hpp"

#include <gradproof/case/file.hpp>
#include <gradproof/cli/exit_code.hpp>
#include <gradproof/cli/file_check.hpp>
#include <gradproof/primitives/builders.hpp>

#include <nlohmann/json.hpp>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <limits>
#include <string>
#include <thread>

namespace gradproof::cli {
namespace {

namespace fs = std::filesystem;

[[nodiscard]] cases::Case sound_case(double x = 0.5) {
    cases::Case drawn;
    (void)primitives::sigmoid(backprop::input(drawn.graph, "x", {1}));
    drawn.inputs = {{x}};
    drawn.cotangent = {1};
    return drawn;
}

/// A kink behind a tie, which the oracle can't resolve: its slope is 0, and no bound is.
[[nodiscard]] cases::Case undecided_case() {
    cases::Case drawn;
    const auto x = backprop::input(drawn.graph, "x", {1});
    const auto c = backprop::input(drawn.graph, "c", {1});
    (void)primitives::norm(primitives::concatenate({primitives::relu(x), c}));
    drawn.inputs = {{0}, {1e-40}};
    drawn.cotangent = {1};
    return drawn;
}

/// Files of every kind in a folder; nothing but the undecided one for the library to be blamed for.
class FileCheckCommand : public ::testing::Test {
protected:
    FileCheckCommand() {
        cases::write_file(at("sound.json"), sound_case());
        cases::write_file(at("undecided.json"), undecided_case());
        cases::write_file(at("nan.json"), sound_case(std::numeric_limits<double>::quiet_NaN()));
        std::ofstream(at("broken.json")) << "{\"format\": \"gradproof case\", \"version\": 1,}";
    }

    [[nodiscard]] std::string at(const std::string& name) const {
        return (folder.path() / name).string();
    }
    [[nodiscard]] CommandRun checked(const std::vector<std::string>& files,
                                     const char* option = nullptr) const {
        std::vector<const char*> arguments{"check"};
        for (const std::string& file : files) arguments.push_back(file.c_str());
        if (option != nullptr) arguments.push_back(option);
        return run_command(arguments);
    }

    const gradproof::testing::Folder folder;
};

TEST_F(FileCheckCommand, holds_on_a_sound_case) {
    const CommandRun run = checked({at("sound.json")});
    EXPECT_EQ(run.code, kHolds);
    EXPECT_EQ(run.output, "holds        " + at("sound.json") + "\n\n1 file: 1 holds\n");
    EXPECT_EQ(run.errors, "");
}

TEST_F(FileCheckCommand, tells_of_every_file_though_others_are_bad) {
    const std::vector<std::string> files{at("broken.json"), at("missing.json"), at("nan.json"),
                                         at("undecided.json"), at("sound.json")};
    const CommandRun run = checked(files);
    EXPECT_EQ(run.code, kBadUse);
    const std::string lines =
        "bad input    " + at("broken.json") +
        ":1:41: given broken JSON (syntax error while parsing object key - unexpected '}'; "
        "expected "
        "string literal, near \"1,}\"), wanted JSON; mend it at this place\n" +
        "unreadable   " + at("missing.json") +
        ": could not be read: No such file or directory; mend the path, or make the directory\n" +
        "bad input    " + at("nan.json") +
        ": case: input \"x\", number 0, is nan, wanted a finite number: a derivative exists only "
        "at finite points\n" +
        "undecided    " + at("undecided.json") +
        " could not be judged by \"vjp agrees with finite differences\"\n" + "holds        " +
        at("sound.json") + "\n\nundecided: a law could not judge the case\n" +
        at("undecided.json") + ":\n  x = [0]\n";
    EXPECT_TRUE(run.output.starts_with(lines)) << run.output << "\nwanted\n" << lines;
    EXPECT_TRUE(
        run.output.ends_with("\n\n5 files: 1 holds, 2 bad input, 1 undecided, 1 unreadable\n"))
        << run.output;
}

TEST_F(FileCheckCommand, ends_with_the_code_of_what_is_worst) {
    EXPECT_EQ(checked({at("undecided.json"), at("sound.json")}).code, kUndecided);
    EXPECT_EQ(checked({at("undecided.json"), at("missing.json")}).code, kInputOutput);
    EXPECT_EQ(checked({at("missing.json"), at("broken.json")}).code, kBadUse);
    const auto code = [](std::vector<int> of_files, bool interrupted) {
        FileCheck check;
        check.interrupted = interrupted;
        for (const int one : of_files) check.files.emplace_back().exit_code = one;
        return check.exit_code();
    };
    EXPECT_EQ(code({kHolds, kUndecided, kFindings}, true), kFindings);
    EXPECT_EQ(code({kFindings, kInputOutput}, false), kInputOutput);
    EXPECT_EQ(code({kUndecided}, true), kInterrupted);
    EXPECT_EQ(code({kBadUse, kInternalError}, false), kInternalError);
    EXPECT_EQ(code({}, false), kHolds);
}

TEST_F(FileCheckCommand, walks_a_directory_for_json_in_and_below_it_by_name) {
    fs::create_directories(folder.path() / "below" / "deep.json");
    cases::write_file(folder.path() / "below" / "deep.json" / "b.json", sound_case());
    cases::write_file(folder.path() / "below" / "a.json", sound_case());
    std::ofstream(folder.path() / "below" / "notes.txt") << "no case";
    const CommandRun run = checked({at("below")});
    EXPECT_EQ(run.output, "holds        " + at("below/a.json") + "\nholds        " +
                              at("below/deep.json/b.json") + "\n\n2 files: 2 hold\n");
    fs::create_directories(folder.path() / "empty");
    const CommandRun empty = checked({at("empty"), at("sound.json")});
    EXPECT_EQ(empty.code, kBadUse);
    EXPECT_TRUE(empty.output.starts_with(
        "bad input    " + at("empty") +
        ": given a directory without any *.json in or below it, wanted case files; mend the path\n"
        "holds        "))
        << empty.output;
}

TEST_F(FileCheckCommand, writes_the_same_report_as_json) {
    const CommandRun run = checked({at("undecided.json"), at("broken.json")}, "--json");
    const auto json = nlohmann::json::parse(run.output);
    EXPECT_EQ(json.at("format"), "gradproof check");
    EXPECT_EQ(json.at("version"), 1);
    EXPECT_EQ(json.at("exit_code"), run.code);
    EXPECT_EQ(json.at("given"), 2);
    const auto& undecided = json.at("files").at(0);
    EXPECT_EQ(undecided.at("verdict"), "undecided");
    EXPECT_EQ(undecided.at("exit_code"), kUndecided);
    EXPECT_EQ(undecided.at("laws").at(0), "vjp agrees with finite differences");
    EXPECT_GE(undecided.at("reports").size(), 7U);
    const auto& broken = json.at("files").at(1);
    EXPECT_EQ(broken.at("verdict"), "bad input");
    EXPECT_TRUE(says(broken.at("refusal").get<std::string>(), "broken.json:1:41: ")) << broken;
}

TEST_F(FileCheckCommand, names_the_broken_laws_and_tells_what_replay_tells) {
    // The library breaks none, so the report of a replay is made up.
    check::Report wrong, lost;
    wrong.law = "a law";
    wrong.subject = "a subject";
    wrong.verdict = check::Verdict::wrong;
    lost.law = "another law";
    lost.verdict = check::Verdict::undecided;
    lost.lost = true;
    FileCheck check;
    CheckedFile& file = check.files.emplace_back();
    file.file = "f.json";
    file.replay = Replay{"f.json", {"x = 1"}, {}, {wrong, lost}, false};
    file.exit_code = file.replay->exit_code();
    check.given = 1;
    const std::vector<std::string> lines = to_lines(check);
    EXPECT_EQ(lines.at(0), "wrong        f.json breaks \"a law\", \"another law\"");
    const std::vector<std::string> replayed = to_lines(*file.replay);
    for (std::size_t i = 0; i < replayed.size(); ++i) EXPECT_EQ(lines.at(2 + i), replayed[i]);
    EXPECT_EQ(lines.back(), "1 file: 0 hold, 1 wrong");
    file.replay->reports.erase(file.replay->reports.begin());
    EXPECT_EQ(file.verdict(), "lost digits");
}

TEST_F(FileCheckCommand, ends_with_code_4_and_what_it_has_when_interrupted) {
    // Two hundred gradients of 72 entries take many seconds.
    cases::Case large;
    const auto W = backprop::input(large.graph, "W", {8, 8});
    const auto x = backprop::input(large.graph, "x", {8});
    (void)primitives::softmax(primitives::matvec(W, x));
    large.inputs = {std::vector<double>(64, 0.25), std::vector<double>(8, -1.5)};
    large.cotangent = std::vector<double>(8, 0.5);
    cases::write_file(at("large.json"), large);
    std::thread later([] {
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
        std::raise(SIGINT);
    });
    std::vector<std::string> files{at("sound.json")};
    files.resize(200, at("large.json"));
    const CommandRun run = checked(files);
    later.join();
    EXPECT_EQ(run.code, kInterrupted);
    EXPECT_TRUE(says(run.output, "\n\ninterrupted after ")) << run.output;
    EXPECT_TRUE(says(run.output, " of 200 files: ")) << run.output;
    EXPECT_TRUE(run.output.starts_with("holds        " + at("sound.json"))) << run.output;
}

}  // namespace
}  // namespace gradproof::cli
