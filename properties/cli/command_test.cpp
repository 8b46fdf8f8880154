// The command line: bad use is refused with the word that was wrong, and each error has its exit code.
#include "../says.hpp"
#include "command_run.hpp"

#include <gradproof/case/file.hpp>
#include <gradproof/cli/exit_code.hpp>
#include <gradproof/primitives/builders.hpp>
#include <gradproof/primitives/catalogue.hpp>

#include <nlohmann/json.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace gradproof::cli {
namespace {

/// RC_PARAMS for one test; what was there comes back.
class WithRcParams {
public:
    explicit WithRcParams(const char* value) {
        if (const char* given = std::getenv("RC_PARAMS")) before_ = given;
        setenv("RC_PARAMS", value, 1);
    }
    ~WithRcParams() {
        before_.empty() ? unsetenv("RC_PARAMS") : setenv("RC_PARAMS", before_.c_str(), 1);
    }

private:
    std::string before_;
};

[[nodiscard]] std::filesystem::path scratch(const std::string& name) {
    return std::filesystem::path(::testing::TempDir()) / name;
}

TEST(TheCommand, refuses_bad_use_with_code_2_and_names_what_was_given) {
    struct Use {
        std::vector<const char*> arguments;
        const char* words;
    };
    const std::vector<Use> uses{
        {{}, "wanted one of verify, power, list, replay, check"},
        {{"frobnicate"}, "frobnicate"},
        {{"verify", "--cases", "0"}, "--cases"},
        {{"verify", "--cases", "many"}, "many"},
        {{"verify", "--seed", "-1"}, "-1"},
        {{"verify", "--only", "sigmod"}, "the nearest is \"sigmoid\""},
        {{"verify", "--colour"}, "--colour"},
        {{"replay"}, "FILE"},
        {{"check"}, "FILE"},
        {{"show", "a.json", "b.json"}, "b.json"},
    };
    for (const Use& use : uses) {
        const CommandRun result = run_command(use.arguments);
        EXPECT_EQ(result.code, kBadUse) << use.words;
        EXPECT_TRUE(says(result.errors, use.words)) << result.errors;
    }
}

TEST(TheCommand, refuses_a_misspelt_RC_PARAMS) {
    const WithRcParams params("sede=1");
    const CommandRun result = run_command({"verify", "--only", "add", "--cases", "1"});
    EXPECT_EQ(result.code, kBadUse);
    EXPECT_TRUE(says(result.errors, "sede")) << result.errors;
}

TEST(TheCommand, takes_its_seed_from_the_command_line_before_RC_PARAMS) {
    const WithRcParams params("seed=7 max_success=3");
    EXPECT_TRUE(says(run_command({"verify", "--only", "add"}).output, "seed 7: 3 cases"));
    EXPECT_TRUE(
        says(run_command({"verify", "--only", "add", "--seed", "8"}).output, "seed 8: 3 cases"));
}

TEST(TheCommand, answers_to_help_and_version) {
    for (const char* subcommand : {"verify", "power", "list", "replay", "check", "show"}) {
        const CommandRun help = run_command({subcommand, "--help"});
        EXPECT_EQ(help.code, kHolds);
        EXPECT_TRUE(says(help.output, subcommand)) << help.output;
    }
    EXPECT_TRUE(says(run_command({"--version"}).output, "gradproof 0."));
}

TEST(TheCommand, lists_every_primitive_with_its_convention_as_text_and_as_json) {
    const CommandRun text = run_command({"list"});
    EXPECT_TRUE(says(text.output, "convention: relu'(0) = 0"));
    const auto json = nlohmann::json::parse(run_command({"list", "--json"}).output);
    EXPECT_EQ(json.at("format"), "gradproof catalogue");
    EXPECT_EQ(json.at("primitives").size(), primitives::catalogue().size());
    EXPECT_GE(json.at("primitives").size(), 80U);
}

TEST(Replay, holds_every_law_on_a_saved_case_and_shows_all_entries) {
    cases::Case drawn;
    const auto x = backprop::input(drawn.graph, "x", {2});
    (void)primitives::sigmoid(x);
    drawn.inputs = {{0, 37.5}};
    drawn.cotangent = {1, 1};
    const auto path = scratch("replayed.json");
    cases::write_file(path, drawn);
    const CommandRun text = run_command({"replay", path.c_str()});
    EXPECT_EQ(text.code, kHolds) << text.errors;
    EXPECT_TRUE(text.output.starts_with("holds:")) << text.output;
    EXPECT_TRUE(says(text.output, "n1 = sigmoid(x)"));
    EXPECT_TRUE(says(text.output, "x[1]"));
    const auto json = nlohmann::json::parse(run_command({"replay", path.c_str(), "--json"}).output);
    EXPECT_EQ(json.at("exit_code"), 0);
    // The same fields as the text has, for every entry of the gradient.
    bool seen = false;
    for (const auto& report : json.at("reports")) {
        EXPECT_EQ(report.at("holds"), true);
        if (report.at("law") != "vjp agrees with finite differences") continue;
        for (const auto& entry : report.at("entries")) {
            for (const char* field : {"entry", "primal", "subject", "oracle", "ulps", "allowed",
                                      "share_of_allowed", "verdict"}) {
                EXPECT_TRUE(entry.contains(field)) << field;
            }
            seen = true;
        }
    }
    EXPECT_TRUE(seen);
}

TEST(Replay, refuses_files_that_are_broken_or_not_there_or_hold_no_finite_point) {
    EXPECT_EQ(run_command({"replay", "no such file.json"}).code, kInputOutput);
    const auto path = scratch("broken.json");
    std::ofstream(path) << "{\"format\": \"gradproof case\"";
    EXPECT_EQ(run_command({"replay", path.c_str()}).code, kBadUse);

    cases::Case drawn;
    (void)primitives::relu(backprop::input(drawn.graph, "x", {1}));
    drawn.inputs = {{std::numeric_limits<double>::quiet_NaN()}};
    drawn.cotangent = {1};
    cases::write_file(path, drawn);
    const CommandRun result = run_command({"replay", path.c_str()});
    EXPECT_EQ(result.code, kBadUse);
    EXPECT_TRUE(says(result.errors, "input \"x\", number 0, is nan")) << result.errors;
}

}  // namespace
}  // namespace gradproof::cli
