// What `gradproof fuzz` may be asked.
#include <gradproof/cli/fuzz.hpp>

#include <gradproof/cli/option_checks.hpp>

#include <CLI/CLI.hpp>

namespace gradproof::cli {

void add_fuzz_options(CLI::App& command, FuzzRequest& request) {
    command
        .add_option("--out", request.out, "the folder of the campaign: journal, findings, summary")
        ->check(not_empty())
        ->required();
    command.add_option(
        "--subject", request.subject,
        "a subject of this program by its name, default backprop: the built-in library");
    command.add_option("--time", request.time, "how long, such as 90s, 10m or 1h30m");
    command.add_option("--cases", request.cases, "how many cases, those of earlier runs included")
        ->check(CLI::Range(std::uint64_t{1}, std::uint64_t{1'000'000'000'000}));
    command.add_option("--jobs", request.jobs, "how many processes at once, default one a core")
        ->check(CLI::Range(std::size_t{1}, std::size_t{1024}));
    command.add_option(
        "--shard", request.shard,
        "I/N: of N runs with the same seed this is the I-th, and has cases of its own");
    command
        .add_option("--seed", request.seed,
                    "draw the cases of this seed; random where none is given")
        ->check(not_negative());
    command.add_option("--ops", request.ops,
                       "only programs of these primitives: NAME,NAME... (see `gradproof list`)");
    command.add_option("--numbers", request.numbers, "only in these numbers")
        ->check(CLI::IsMember({"binary64", "binary32"}));
    command.add_flag("--resume", request.resume,
                     "go on with the campaign in --out; subject, seed, ops and limits are as "
                     "before where they are not given");
    command.add_flag("--json", request.json, "the summary as JSON");
    add_subject_options(
        command, request.stranger,
        "Without it a subject of this program is asked.\n"
        "Runs until the time is up, the cases are done, or Ctrl-C ends it; a second Ctrl-C ends it "
        "at "
        "once. Either way, --resume goes on. Each finding is saved in OUT/findings before it is "
        "told.\n"
        "Exit codes: 1 with findings, in this run or an earlier one; else 4 if interrupted; else 3 "
        "if "
        "more than 1 % of the cases are undecided; else 0. 5 if something could not be written.");
    command.get_option("--time-limit")->each([&](const std::string&) {
        request.time_limit_given = true;
    });
    command.get_option("--memory-limit")->each([&](const std::string&) {
        request.memory_limit_given = true;
    });
}

}  // namespace gradproof::cli
