// Merging, and the summary of the whole.
#include <gradproof/cli/merge.hpp>

#include <gradproof/campaign/merge.hpp>
#include <gradproof/campaign/summary.hpp>
#include <gradproof/cli/exit_code.hpp>
#include <gradproof/cli/option_checks.hpp>
#include <gradproof/cli/printing.hpp>

#include <CLI/CLI.hpp>

#include <filesystem>

namespace gradproof::cli {

void add_merge_options(CLI::App& command, MergeRequest& request) {
    command
        .add_option("DIR", request.folders,
                    "campaigns of shards, as `fuzz --shard I/N --out DIR` makes them")
        ->required();
    command.add_option("--out", request.out, "the folder of the whole")
        ->required()
        ->check(not_empty());
    command.add_flag("--json", request.json, "the summary as JSON");
    command.footer(
        "All must be of the same subject, seed, ops, numbers and limits; each shard may be there "
        "once. "
        "A finding that several have is there once, with the times that all met it.\n"
        "Exit codes: 1 with findings; else 3 if more than 1 % of the cases are undecided; else 0.");
}

int merge(const MergeRequest& request) {
    const campaign::Journal journal =
        campaign::merge({request.folders.begin(), request.folders.end()}, request.out);
    const campaign::Account& account = journal.account();
    campaign::Ending ending;
    ending.exit_code = !account.findings().empty()             ? kFindings
                       : campaign::too_much_undecided(account) ? kUndecided
                                                               : kHolds;
    ending.reason = "merged";
    campaign::write_summary(account, ending, request.out);
    request.json ? print(campaign::to_json(account, ending, request.out) + "\n")
                 : print(campaign::to_lines(account, ending, request.out));
    return ending.exit_code;
}

}  // namespace gradproof::cli
