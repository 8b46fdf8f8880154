// The main job: what its report says of a library that holds, of one that does not, of errata.
#include "../says.hpp"
#include "command_run.hpp"

#include "embedded/exercise_3.hpp"
#include "exercise_3/exercise_3.hpp"

#include <gradproof/case/file.hpp>
#include <gradproof/cli/exit_code.hpp>
#include <gradproof/cli/verify.hpp>
#include <gradproof/generate/primitive_case.hpp>
#include <gradproof/primitives/catalogue.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <thread>

namespace gradproof::cli {
namespace {

[[nodiscard]] std::vector<Suite> exercise(std::string text = std::string(embedded::exercise_3)) {
    return {{"exercise-3",
             [text](std::uint64_t seed) { return fixtures::verify_exercise_3(text, seed); }}};
}

[[nodiscard]] std::string joined(const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines) text += line + "\n";
    return text;
}

TEST(Verify, holds_for_the_library_and_shows_the_sign_error_as_the_first_erratum) {
    const CommandRun result = run_command({"verify", "--seed", "3", "--cases", "8"}, exercise());
    EXPECT_EQ(result.code, kHolds) << result.output << result.errors;
    EXPECT_TRUE(result.output.starts_with("holds: the library; Exercise 3")) << result.output;
    EXPECT_LT(result.output.find("-0.42"), result.output.find("0.84 times"));
    for (const backprop::Primitive& primitive : primitives::catalogue()) {
        EXPECT_TRUE(says(result.output, "\n  " + std::string(primitive.name) + " "))
            << primitive.name;
    }
}

TEST(Verify, says_that_a_recorded_erratum_is_gone_and_fails_once_the_print_is_mended) {
    std::string mended(embedded::exercise_3);
    const auto at = mended.find("\"-0.42\"");
    ASSERT_NE(at, std::string::npos);
    mended.replace(at, 7, "\"0.42\"");
    const CommandRun result =
        run_command({"verify", "--seed", "3", "--cases", "1"}, exercise(mended));
    EXPECT_EQ(result.code, kFindings);
    EXPECT_TRUE(says(result.output, "NOT the recorded ones")) << result.output;
    EXPECT_TRUE(says(result.output, "gone")) << result.output;
}

TEST(Verify, writes_the_same_report_as_json) {
    const auto json = nlohmann::json::parse(
        run_command({"verify", "--seed", "3", "--cases", "5", "--json"}, exercise()).output);
    EXPECT_EQ(json.at("format"), "gradproof verification");
    EXPECT_EQ(json.at("version"), 1);
    EXPECT_EQ(json.at("verdict"), "holds");
    EXPECT_EQ(json.at("library").size(), primitives::catalogue().size() + 3);
    for (const auto& row : json.at("library")) {
        EXPECT_LE(row.at("sharp_gradient_entries"), row.at("gradient_entries")) << row;
        EXPECT_LE(row.at("gradient_entries"), row.at("numbers")) << row;
    }
    const auto& statements = json.at("derivations").at(0).at("statements");
    EXPECT_TRUE(std::any_of(statements.begin(), statements.end(), [](const auto& statement) {
        return statement.at("printed") == "-0.42" && statement.at("kind") == "erratum";
    }));
}

TEST(Verify, draws_the_same_cases_for_one_primitive_alone) {
    const Verification all = verify({11, 4}, "", {});
    const Verification one = verify({11, 4}, "tanh", {});
    const auto row = std::find_if(all.rows.begin(), all.rows.end(),
                                  [](const Row& r) { return r.name == "tanh"; });
    ASSERT_NE(row, all.rows.end());
    EXPECT_EQ(one.rows.at(0).counts.entries, row->counts.entries);
    EXPECT_EQ(one.rows.at(0).counts.largest_share, row->counts.largest_share);
    EXPECT_EQ(one.rows.at(0).gradient.sharp, row->gradient.sharp);
    EXPECT_GT(row->gradient.sharp, 0U);
}

/// A library whose negate forgets the sign.
[[nodiscard]] Row broken_row(const std::filesystem::path& folder) {
    static const backprop::Primitive wrong = [] {
        backprop::Primitive primitive = primitives::primitive("negate");
        std::get<backprop::Rule<double>>(primitive.rules).pullback =
            [](const backprop::Application&, std::span<const double> cotangent,
               std::span<const double>, backprop::Inputs<double>,
               backprop::Accumulators<double> accumulators) {
                for (std::size_t i = 0; i < cotangent.size(); ++i)
                    accumulators[0][i] += cotangent[i];
            };
        return primitive;
    }();
    const subject::Backprop subject("the broken library", {&wrong});
    laws::Outcome outcome =
        laws::search(subject, generate::primitive_case(primitives::primitive("negate")),
                     {5, 100, laws::all_laws()});
    Row row;
    row.name = "negate";
    row.cases = outcome.cases;
    for (const check::Counts& counts : outcome.counts) row.counts += counts;
    row.finding = std::move(outcome.finding);
    save(row, folder);
    return row;
}

TEST(Verify, reports_a_finding_with_its_minimal_case_and_the_line_that_replays_it) {
    const auto folder = std::filesystem::path(::testing::TempDir()) / "findings";
    std::filesystem::create_directories(folder);
    Verification verification;
    verification.rows.push_back(broken_row(folder));
    ASSERT_TRUE(verification.rows[0].finding.has_value());
    EXPECT_EQ(verification.exit_code(), kFindings);
    const std::string text = joined(to_lines(verification));
    EXPECT_TRUE(text.starts_with("wrong: the library breaks a law")) << text;
    EXPECT_TRUE(says(text,
                     "wrong: the broken library breaks \"vjp agrees with finite differences\" at "
                     "x: 1 where the oracle has -1"))
        << text;
    EXPECT_TRUE(says(text, "  diagnosis: minus the derivative (explains ")) << text;
    EXPECT_TRUE(says(text, "n1 = negate(x)\n")) << text;
    EXPECT_TRUE(says(text, "gradproof replay ")) << text;
    const std::string json = to_json(verification);
    EXPECT_TRUE(says(json, "\"sentence\": \"minus the derivative\"")) << json;
    const CommandRun replayed = run_command({"replay", verification.rows[0].saved_as.c_str()});
    EXPECT_EQ(replayed.code, kHolds);  // the library itself is right
    EXPECT_TRUE(says(replayed.output, "recorded: the broken library broke")) << replayed.output;
}

/// The verification of a broken library whose finding could not be saved, as it is printed.
[[nodiscard]] CommandRun printed_unsaved(bool json) {
    Verification verification;
    verification.rows.push_back(
        broken_row(std::filesystem::path(::testing::TempDir()) / "missing"));
    ::testing::internal::CaptureStdout();
    ::testing::internal::CaptureStderr();
    CommandRun run;
    run.code = print_report(verification, json);
    run.output = ::testing::internal::GetCapturedStdout();
    run.errors = ::testing::internal::GetCapturedStderr();
    return run;
}

TEST(Verify, prints_a_finding_that_could_not_be_saved_whole_to_standard_error_and_ends_with_5) {
    const CommandRun run = printed_unsaved(false);
    EXPECT_EQ(run.code, kInputOutput);
    EXPECT_TRUE(says(run.output, "wrong: the library breaks a law")) << run.output;
    EXPECT_TRUE(says(run.output, "not saved, its file is on standard error: ")) << run.output;
    EXPECT_TRUE(says(run.output, "No such file or directory")) << run.output;
    EXPECT_TRUE(run.errors.starts_with("gradproof: ")) << run.errors;
    const std::size_t file = run.errors.find("\n{");
    ASSERT_NE(file, std::string::npos) << run.errors;
    const cases::CaseFile saved = cases::read(run.errors.substr(file + 1), "standard error");
    EXPECT_EQ(cases::program_lines(saved.drawn.graph).at(0), "n1 = negate(x)");
    ASSERT_TRUE(saved.finding);
    EXPECT_EQ(saved.finding->subject, "the broken library");

    const CommandRun as_json = printed_unsaved(true);
    EXPECT_EQ(as_json.code, kInputOutput);
    EXPECT_EQ(as_json.errors, run.errors);
    const auto json = nlohmann::json::parse(as_json.output);
    EXPECT_EQ(json.at("exit_code"), kInputOutput);
    const std::string why = json.at("library").at(0).at("finding").at("not_saved");
    EXPECT_TRUE(says(why, "No such file"));
}

TEST(Verify, ends_with_code_4_and_what_it_has_when_interrupted) {
    std::thread interrupting([] {
        std::this_thread::sleep_for(std::chrono::milliseconds(300));
        std::raise(SIGINT);
    });
    const CommandRun result =
        run_command({"verify", "--seed", "1", "--cases", "1000000", "--only", "softmax"});
    interrupting.join();
    EXPECT_EQ(result.code, kInterrupted);
    EXPECT_TRUE(result.output.starts_with("interrupted: the library as far as it was tried"))
        << result.output;
}

[[nodiscard]] Verification with_undecided(std::size_t undecided, std::size_t cases) {
    Verification verification;
    Row row;
    row.name = "hypot";
    row.cases = cases;
    row.undecided_cases = undecided;
    verification.rows.push_back(row);
    return verification;
}

TEST(Verify, ends_with_code_3_where_too_much_stays_undecided) {
    const Verification verification = with_undecided(6, 100);
    EXPECT_EQ(verification.exit_code(), kUndecided);
    const std::vector<std::string> lines = to_lines(verification);
    EXPECT_TRUE(lines.front().starts_with("undecided: ")) << lines.front();
    EXPECT_EQ(lines.back(),
              "hypot: 6 of 100 cases could not be decided, more than the 1 % that may.");
}

TEST(Verify, takes_no_unlucky_draw_for_too_much) {
    EXPECT_EQ(with_undecided(1, 1).exit_code(), kHolds);
    EXPECT_EQ(with_undecided(2, 4).exit_code(), kUndecided);
    EXPECT_EQ(with_undecided(5, 100).exit_code(), kHolds);
    EXPECT_EQ(with_undecided(1090, 100'000).exit_code(), kHolds);
    EXPECT_EQ(with_undecided(1100, 100'000).exit_code(), kUndecided);
}

}  // namespace
}  // namespace gradproof::cli
