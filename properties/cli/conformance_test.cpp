// `gradproof subject-test`: sound subjects conform, and of each planted fault its author is told what it is.
#include "command_run.hpp"

#include "../folder.hpp"

#include <gradproof/case/file.hpp>
#include <gradproof/cli/conformance.hpp>
#include <gradproof/cli/exit_code.hpp>
#include <gradproof/primitives/builders.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace gradproof::cli {
namespace {

using namespace std::chrono_literals;

const std::filesystem::path kSubjects = GRADPROOF_SUBJECTS;

[[nodiscard]] std::string joined(const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines) text += line + "\n";
    return text;
}

/// A subject that sources the sound one, and what it does otherwise.
[[nodiscard]] std::string shim(const std::filesystem::path& folder, const std::string& script) {
    const std::string file = (folder / "shim.sh").string();
    std::ofstream(file) << ". '" << (kSubjects / "faulty" / "negate.sh").string() << "'\n"
                        << script;
    return file;
}

struct Planted {
    std::string file;
    std::string point;               ///< that must be broken
    std::vector<std::string> words;  ///< that a fault of that point must say
};

/// Whether one fault of the point has all the words.
[[nodiscard]] bool tells(const Conformance& conformance, const Planted& planted) {
    for (const ProtocolPoint& point : conformance.points) {
        if (point.name != planted.point) continue;
        for (const std::string& fault : point.faults) {
            if (std::all_of(
                    planted.words.begin(), planted.words.end(),
                    [&](const std::string& word) { return fault.find(word) != std::string::npos; }))
                return true;
        }
    }
    return false;
}

void expect_told(const Planted& planted, std::chrono::milliseconds time = 5s) {
    const subject::Limits limits{
        .answer = time, .memory = 8 << 20, .output = 1 << 20, .greeting = time};
    const Conformance conformance =
        test_conformance({"sh", (kSubjects / "faulty" / planted.file).string()}, limits);
    EXPECT_EQ(conformance.exit_code(), kFindings);
    EXPECT_TRUE(tells(conformance, planted))
        << "wanted at " << planted.point << ": " << joined(planted.words) << "in\n"
        << joined(to_lines(conformance));
}

TEST(TheConformanceCommand, names_faults_of_the_greeting) {
    expect_told(
        {"greets_in_words.sh",
         "greeting",
         {"answered with garbage", "broken JSON", "its first line: negate in sh, version 1"}});
    expect_told({"greets_with_a_misspelt_field.sh",
                 "greeting",
                 {"unknown field \"primitive\"", "\"primitives\""}});
    expect_told({"waits_for_a_question.sh",
                 "greeting",
                 {"hung: no greeting within 300 ms; greet before reading"}},
                300ms);
}

TEST(TheConformanceCommand, names_faults_of_numbers) {
    const std::string point = "numbers come back as they are";
    expect_told(
        {"writes_bare_nan.sh", point, {"nan", "nan is no JSON; write \"nan\"", "the line:"}});
    expect_told({"writes_six_digits.sh",
                 point,
                 {"is -0.3, wanted -0.30000000000000004", "write 17 significant digits"}});
    expect_told({"forgets_the_sign_of_zero.sh", point, {"keep the sign of a zero"}});
    expect_told({"exits_on_infinities.sh",
                 point,
                 {"of inf", "exited with code 1", "standard error ends: inf: not a number"}});
}

TEST(TheConformanceCommand, names_faults_of_answers) {
    const std::string point = "each primitive";
    expect_told({"breaks_off.sh", point, {"gave half an answer", "breaks off after 60 bytes"}});
    expect_told({"answers_twice.sh", point, {"answered what nobody asked"}});
    expect_told({"forgets_numbers.sh",
                 "every shape",
                 {"of shape [3]", "given 1 numbers, wanted 3, since the output's shape is [3]"}});
    expect_told({"forgets_the_gradient.sh", point, {"no field \"gradient\""}});
    expect_told({"tells_what_it_does.sh", point, {"negating", "standard error"}});
    expect_told({"reports_errors.sh", point, {"reported an error: negate: not implemented"}});
    expect_told({"keeps_answers_back.sh",
                 "numbers come back as they are",
                 {"hung: no answer within 300 ms; is its output flushed?"}},
                300ms);
}

TEST(TheConformanceCommand, names_faults_of_the_process) {
    expect_told({"crashes_on_empty_arrays.sh",
                 "every shape",
                 {"of shape [0]", "crashed", "SIGSEGV (Segmentation fault)"}});
    expect_told({"hangs_on_two_axes.sh", "every shape", {"of shape [2, 3]", "hung"}}, 500ms);
    expect_told({"leaks.sh", "numbers come back as they are", {"ran out of memory", "8 MiB"}});
    expect_told({"floods_standard_error.sh",
                 "every shape",
                 {"flooded its output", "1 MiB to standard error",
                  "standard error ends: ", "warning: this is deprecated"}});
}

TEST(TheConformanceCommand, names_what_is_kept_from_one_question_to_the_next) {
    expect_told({"keeps_state.sh",
                 "asked again, the same to the bit",
                 {"of the primal is", "before; keep no state"}});
    expect_told({"counts_by_itself.sh",
                 "started anew, the same to the bit",
                 {"answered what nobody asked", "given the number 1, wanted the question's id, "}});
}

TEST(TheConformanceCommand, names_faults_of_the_end) {
    expect_told({"stays.sh", "ends with its input", {"hung", "its input ended"}});
    expect_told({"ends_with_code_1.sh", "ends with its input", {"code 1, wanted exit code 0"}});
}

TEST(TheConformanceCommand, tries_every_planted_fault_that_there_is) {
    // A script that no test above names would show nothing.
    std::ifstream file(GRADPROOF_THIS_FILE);
    const std::string text((std::istreambuf_iterator<char>(file)), {});
    std::size_t scripts = 0;
    for (const auto& entry : std::filesystem::directory_iterator(kSubjects / "faulty")) {
        const std::string name = entry.path().filename().string();
        if (name == "negate.sh") continue;
        ++scripts;
        EXPECT_NE(text.find('"' + name + '"'), std::string::npos) << name << " is not tried";
    }
    EXPECT_GE(scripts, 11U);
}

TEST(TheConformanceCommand, finds_nothing_in_a_sound_subject) {
    const std::string sound = (kSubjects / "faulty" / "sound.sh").string();
    const CommandRun text = run_command({"subject-test", "--", "sh", sound.c_str()});
    EXPECT_EQ(text.code, kHolds) << text.output << text.errors;
    EXPECT_EQ(text.output.rfind("conforms: negate in sh\n", 0), 0U) << text.output;
    EXPECT_NE(text.output.find("not tried jvp: the greeting does not offer it"), std::string::npos)
        << text.output;
    EXPECT_EQ(text.output.find("remark"), std::string::npos) << text.output;
}

TEST(TheConformanceCommand, finds_nothing_in_the_served_library) {
    const CommandRun run = run_command({"subject-test", "--json", "--", GRADPROOF_SERVED_BACKPROP});
    EXPECT_EQ(run.code, kHolds) << run.output << run.errors;
    const auto json = nlohmann::json::parse(run.output);
    EXPECT_EQ(json.at("format"), "gradproof subject test");
    EXPECT_EQ(json.at("subject"), "gradproof backprop");
    EXPECT_GT(json.at("questions"), 300);
    for (const auto& point : json.at("points")) {
        EXPECT_EQ(point.at("outcome"), "ok") << point;
        EXPECT_TRUE(point.at("remarks").empty()) << point;
    }
}

TEST(TheConformanceCommand, finds_nothing_in_the_textbook_in_awk) {
    const std::string shim = (kSubjects / "awk" / "textbook.sh").string();
    const CommandRun run = run_command({"subject-test", "--", "sh", shim.c_str()});
    EXPECT_EQ(run.code, kHolds) << run.output << run.errors;
}

TEST(TheConformanceCommand, remarks_a_primal_that_is_of_another_function) {
    // It does not negate, and keeps to the protocol all the same.
    const testing::Folder folder;
    const std::string file =
        shim(folder.path(), "wrong() { primal=$values; answer; }\nserve wrong\n");
    const Conformance conformance = test_conformance({"sh", file}, {});
    const auto point = std::find_if(conformance.points.begin(), conformance.points.end(),
                                    [](const auto& p) { return p.name == "every shape"; });
    ASSERT_NE(point, conformance.points.end());
    EXPECT_EQ(point->outcome, Outcome::kept);
    ASSERT_FALSE(point->remarks.empty());
    EXPECT_NE(point->remarks[0].find("is 0.5, gradproof's is -0.5"), std::string::npos)
        << point->remarks[0];
}

TEST(TheConformanceCommand, refuses_bad_use_with_code_2) {
    EXPECT_EQ(run_command({"subject-test"}).code, kBadUse);
    EXPECT_EQ(run_command({"subject-test", "--"}).code, kBadUse);
    EXPECT_EQ(run_command({"subject-test", "sh"}).code, kBadUse);
    EXPECT_EQ(run_command({"subject-test", "--time-limit", "0", "--", "sh"}).code, kBadUse);
    EXPECT_EQ(run_command({"subject-test", "--frobnicate", "--", "sh"}).code, kBadUse);
    const CommandRun missing = run_command({"subject-test", "--", "no-such-program", "--help"});
    EXPECT_EQ(missing.code, kBadUse);
    EXPECT_NE(missing.errors.find("\"no-such-program\" could not be started"), std::string::npos)
        << missing.errors;
}

/// A saved case of a negation.
[[nodiscard]] std::string saved_case(const std::filesystem::path& folder) {
    cases::Case drawn;
    static_cast<void>(primitives::negate(backprop::input(drawn.graph, "x", {})));
    drawn.inputs = {{3}};
    drawn.cotangent = {1};
    cases::write_file(folder / "negate.json", drawn);
    return (folder / "negate.json").string();
}

TEST(ReplayOfASubject, asks_the_subject_after_the_dashes) {
    const testing::Folder folder;
    const std::string file = saved_case(folder.path());
    EXPECT_EQ(run_command({"replay", file.c_str()}).code, kHolds);
    const CommandRun served =
        run_command({"replay", file.c_str(), "--", GRADPROOF_SERVED_BACKPROP});
    EXPECT_EQ(served.code, kHolds) << served.output << served.errors;
    const std::string crashing = shim(folder.path(), "crash() { kill -SEGV $$; }\nserve crash\n");
    const CommandRun text = run_command({"replay", file.c_str(), "--", "sh", crashing.c_str()});
    EXPECT_EQ(text.code, kFindings) << text.output << text.errors;
    EXPECT_NE(
        text.output.find("negate in sh breaks \"vjp agrees with finite differences\": it crashed"),
        std::string::npos)
        << text.output;
    const CommandRun json =
        run_command({"replay", file.c_str(), "--json", "--", "sh", crashing.c_str()});
    EXPECT_EQ(nlohmann::json::parse(json.output).at("subject"), "negate in sh");
}

TEST(ReplayOfASubject, tells_that_it_hangs_and_asks_no_more) {
    const testing::Folder folder;
    const CommandRun run =
        run_command({"replay", saved_case(folder.path()).c_str(), "--time-limit", "0.2", "--", "sh",
                     "-c", R"(echo '{"gradproof":1,"name":"sleeper"}'; sleep 1000)"});
    EXPECT_EQ(run.code, kFindings);
    EXPECT_NE(run.output.find("sleeper breaks \"primal agrees with its wide value\": it hung"),
              std::string::npos)
        << run.output;
    EXPECT_NE(run.output.find("more laws were not asked"), std::string::npos) << run.output;
}

TEST(ReplayOfASubject, is_undecided_where_the_subject_does_not_take_the_case) {
    const testing::Folder folder;
    const CommandRun run = run_command({"replay", saved_case(folder.path()).c_str(), "--", "sh",
                                        (kSubjects / "awk" / "textbook.sh").c_str()});
    EXPECT_EQ(run.code, kUndecided);
    EXPECT_EQ(run.output.rfind("undecided: textbook in awk does not take the case", 0), 0U)
        << run.output;
}

TEST(ReplayOfASubject, refuses_one_that_does_not_greet_and_a_command_where_none_is_wanted) {
    const testing::Folder folder;
    const std::string file = saved_case(folder.path());
    const CommandRun run = run_command({"replay", file.c_str(), "--", "echo", "hello"});
    EXPECT_EQ(run.code, kBadUse);
    EXPECT_NE(run.errors.find("the subject does not greet"), std::string::npos) << run.errors;
    EXPECT_EQ(run_command({"replay", file.c_str(), "--time-limit", "3"}).code, kBadUse);
    const CommandRun check = run_command({"check", file.c_str(), "--", "sh"});
    EXPECT_EQ(check.code, kBadUse);
    EXPECT_NE(check.errors.find("wanted none for check"), std::string::npos) << check.errors;
}

}  // namespace
}  // namespace gradproof::cli
