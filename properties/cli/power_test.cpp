// The proof of power as a command: its verdict, its JSON, its exit codes.
#include "../says.hpp"
#include "command_run.hpp"

#include <gradproof/cli/exit_code.hpp>
#include <gradproof/cli/power.hpp>
#include <gradproof/primitives/catalogue.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <string>
#include <thread>

namespace gradproof::cli {
namespace {

TEST(PowerCommand, holds_for_one_primitive_and_shows_the_table) {
    const CommandRun result =
        run_command({"power", "--only", "sigmoid", "--seed", "4", "--cases", "4"});
    EXPECT_EQ(result.code, kHolds) << result.output << result.errors;
    EXPECT_TRUE(result.output.starts_with("holds: all ")) << result.output;
    for (const char* words : {"seed 4: 5 rounds of 4 cases from each of 1 sources",
                              "\n  every sign turned ", "vjp agrees with finite differences *",
                              "Of 20 cases: ", "vacuous", "Discarded: 0 draws"}) {
        EXPECT_TRUE(says(result.output, words)) << words << "\n" << result.output;
    }
    EXPECT_FALSE(says(result.output, " survives")) << result.output;
}

TEST(PowerCommand, writes_the_same_report_as_json) {
    const CommandRun result =
        run_command({"power", "--only", "relu", "--seed", "4", "--cases", "2", "--json"});
    const auto json = nlohmann::json::parse(result.output);
    EXPECT_EQ(json.at("format"), "gradproof power");
    EXPECT_EQ(json.at("version"), 1);
    EXPECT_EQ(json.at("verdict"), result.code == kHolds ? "holds" : "does not hold");
    EXPECT_EQ(json.at("exit_code"), result.code);
    EXPECT_EQ(json.at("seed"), 4);
    EXPECT_EQ(json.at("shares").at("cases"), 10);
    const auto& errors = json.at("planted_errors");
    EXPECT_EQ(errors.size(), laws::all_program_errors(primitives::catalogue()).size());
    const auto nan = std::ranges::find_if(
        errors, [](const auto& error) { return error.at("name") == "NaN in one entry"; });
    ASSERT_NE(nan, errors.end());
    EXPECT_EQ(nan->at("laws").size(), laws::all_laws().size());
    EXPECT_TRUE(std::ranges::any_of(nan->at("laws"), [](const auto& law) {
        return law.at("seen") > 0 && law.at("claims_to_see_it") == true &&
               law.at("smallest_seen_in_budgets") == "inf";
    }));
}

TEST(PowerCommand, gives_the_same_counts_for_the_same_seed) {
    const auto counts = [] { return laws::to_lines(prove_power({9, 1}, "tanh").power); };
    EXPECT_EQ(counts(), counts());
}

TEST(PowerCommand, refuses_an_unknown_primitive) {
    const CommandRun result = run_command({"power", "--only", "sigmod"});
    EXPECT_EQ(result.code, kBadUse);
    EXPECT_TRUE(says(result.errors, "sigmod")) << result.errors;
}

TEST(PowerCommand, ends_with_what_it_has_when_interrupted) {
    std::thread later([] {
        std::this_thread::sleep_for(std::chrono::milliseconds(300));
        std::raise(SIGINT);
    });
    const CommandRun result = run_command({"power", "--cases", "1000000", "--seed", "1"});
    later.join();
    EXPECT_EQ(result.code, kInterrupted) << result.output;
    EXPECT_TRUE(result.output.starts_with("interrupted after ")) << result.output;
}

}  // namespace
}  // namespace gradproof::cli
