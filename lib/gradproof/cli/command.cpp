// The command line: what may be asked, and which exit code each kind of error has.
#include <gradproof/cli/command.hpp>

#include <gradproof/case/file.hpp>
#include <gradproof/cli/catalogue_report.hpp>
#include <gradproof/cli/conformance.hpp>
#include <gradproof/cli/exit_code.hpp>
#include <gradproof/cli/file_check.hpp>
#include <gradproof/cli/fuzz.hpp>
#include <gradproof/cli/merge.hpp>
#include <gradproof/cli/option_checks.hpp>
#include <gradproof/cli/power.hpp>
#include <gradproof/cli/printing.hpp>
#include <gradproof/cli/replay.hpp>
#include <gradproof/cli/settings.hpp>
#include <gradproof/cli/shown_case.hpp>
#include <gradproof/cli/subject_options.hpp>
#include <gradproof/cli/verify.hpp>
#include <gradproof/cli/version.hpp>
#include <gradproof/subject/fault.hpp>
#include <gradproof/subject/pipe_subject.hpp>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <exception>
#include <optional>
#include <stdexcept>

namespace gradproof::cli {

namespace {

constexpr std::size_t kDefaultCases = 100;
constexpr std::size_t kDefaultPowerCases = 10;

struct Options {
    bool json = false;
    std::optional<std::uint64_t> seed;
    std::optional<std::size_t> cases;
    std::string only;
    std::string file;
    std::vector<std::string> files;
    SubjectOptions subject;
};

[[nodiscard]] int run_verify(const Options& options, const std::vector<Suite>& suites) {
    return print_report(
        verify(settled(options.seed, options.cases, kDefaultCases), options.only, suites),
        options.json);
}

[[nodiscard]] int run_power(const Options& options) {
    const PowerRun run =
        prove_power(settled(options.seed, options.cases, kDefaultPowerCases), options.only);
    options.json ? print(to_json(run) + "\n") : print(to_lines(run));
    return run.exit_code();
}

[[nodiscard]] int run_list(const Options& options) {
    options.json ? print(catalogue_json() + "\n") : print(catalogue_lines());
    return kHolds;
}

[[nodiscard]] int run_replay(const Options& options) {
    const SubjectOptions& given = options.subject;
    const Replay result =
        given.command.empty()
            ? replay(options.file, subject::Backprop())
            : replay(options.file, subject::PipeSubject(given.command, given.limits()));
    options.json ? print(to_json(result) + "\n") : print(to_lines(result));
    return result.exit_code();
}

[[nodiscard]] int run_subject_test(const Options& options) {
    const SubjectOptions& given = options.subject;
    if (given.command.empty()) {
        throw std::invalid_argument(
            "subject-test: given no command, wanted one that starts a subject; add it after --");
    }
    const Conformance result = test_conformance(given.command, given.limits());
    options.json ? print(to_json(result) + "\n") : print(to_lines(result));
    return result.exit_code();
}

[[nodiscard]] int run_check(const Options& options) {
    const FileCheck result = check_files(options.files);
    options.json ? print(to_json(result) + "\n") : print(to_lines(result));
    return result.exit_code();
}

[[nodiscard]] int run_show(const Options& options) {
    const ShownCase shown = show(options.file);
    options.json ? print(to_json(shown) + "\n") : print(to_lines(shown));
    return kHolds;
}

[[nodiscard]] int refused(int code, const std::exception& error) {
    complain(fmt::format("gradproof: {}\n", error.what()));
    return code;
}

}  // namespace

int run(int argc, const char* const* argv, const std::vector<Suite>& suites,
        const std::vector<NamedSubject>& subjects) {
    keep_standard_streams_apart();
    try {
        Options options;
        FuzzRequest fuzz_request;
        std::vector<const char*> arguments(argv, argv + argc);
        options.subject.command = take_subject_command(arguments);
        fuzz_request.stranger.command = options.subject.command;
        CLI::App app{
            "gradproof proves gradients: it draws cases, differentiates them in 50 to 1000 digits, "
            "and tells what disagrees.",
            "gradproof"};
        app.set_version_flag("--version", fmt::format("gradproof {}", version()));
        app.footer(
            "Exit codes: 0 holds, 1 findings, 2 bad use or bad input, 3 too much undecided, 4 "
            "interrupted, "
            "5 could not read or write, 70 internal error.");

        CLI::App* verify_command =
            app.add_subcommand("verify", "hold every law on the library, and judge Exercise 3");
        const auto add_run_options = [&](CLI::App* command, const std::string& cases) {
            command
                ->add_option("--seed", options.seed,
                             "draw the cases of this seed (goes before RC_PARAMS)")
                ->check(not_negative());
            command->add_option("--cases", options.cases, cases)
                ->check(CLI::Range(std::size_t{1}, std::size_t{1000000000}));
            command->add_option("--only", options.only,
                                "this primitive alone (see `gradproof list`)");
            command->add_flag("--json", options.json, "the report as JSON");
        };
        add_run_options(verify_command,
                        fmt::format("cases for each primitive, default {}", kDefaultCases));

        CLI::App* power_command = app.add_subcommand(
            "power", "plant errors in the library's gradients, and tell which law sees which");
        add_run_options(power_command, fmt::format("cases for each primitive in each of 5 rounds, "
                                                   "default {}",
                                                   kDefaultPowerCases));

        CLI::App* list_command = app.add_subcommand(
            "list", "show the catalogue: formulas, domains, conventions, sources");
        list_command->add_flag("--json", options.json, "the catalogue as JSON");

        CLI::App* replay_command = app.add_subcommand("replay", "hold every law on one saved case");
        CLI::App* show_command = app.add_subcommand(
            "show", "print a case's program with all values, cotangents and derivatives");
        for (CLI::App* command : {replay_command, show_command}) {
            command->add_option("FILE", options.file, "a case file, as findings are saved")
                ->required();
            command->add_flag("--json", options.json, "the report as JSON");
        }
        add_subject_options(*replay_command, options.subject,
                            "Without it the built-in library is asked.");
        show_command->footer(
            "The sweep forward and the sweep backward, number by number, as the built-in library "
            "computes them in the case's precision; then the gradient beside the oracle's. Long "
            "arrays are abbreviated, but not with --json. Exits with 0 whatever the gradient is: "
            "`gradproof check` judges it.");

        CLI::App* subject_test_command = app.add_subcommand(
            "subject-test", "tell what is wrong with a subject's shim, point by point");
        subject_test_command->add_flag("--json", options.json, "the report as JSON");
        add_subject_options(*subject_test_command, options.subject,
                            "Asks a fixed list of questions; whether the numbers are right is for "
                            "`gradproof fuzz` to say. Exits with 1 where it breaks a point of the "
                            "protocol.");

        CLI::App* check_command =
            app.add_subcommand("check", "hold every law on each of any number of saved cases");
        check_command
            ->add_option("FILE", options.files,
                         "case files; of a directory, every *.json in and below it")
            ->required();
        check_command->add_flag("--json", options.json, "the report as JSON");
        check_command->footer(
            "A file that is bad or cannot be read is reported, and the others are checked. The "
            "exit code is the first of these that applies: 70 gradproof itself failed, 2 a file is "
            "no sound case, 5 one could not be read, 1 a case breaks a law, 4 interrupted, 3 a law "
            "could not judge a case, 0 all laws hold on all cases.");

        CLI::App* fuzz_command = app.add_subcommand(
            "fuzz", "draw programs for a subject until it is stopped, and keep what breaks a law");
        add_fuzz_options(*fuzz_command, fuzz_request);
        MergeRequest merge_request;
        CLI::App* merge_command =
            app.add_subcommand("merge", "join the campaigns of several shards");
        add_merge_options(*merge_command, merge_request);

        try {
            app.parse(static_cast<int>(arguments.size()), arguments.data());
        } catch (const CLI::ParseError& error) {
            const int code = app.exit(error);
            return code == 0 ? kHolds : kBadUse;
        }
        if (app.get_subcommands().size() != 1) {
            throw std::invalid_argument(
                "wanted one of verify, power, list, replay, check, show, fuzz, merge and "
                "subject-test; `gradproof --help` explains them");
        }
        if (options.subject.command.empty() && replay_command->parsed() &&
            replay_command->count("--time-limit") + replay_command->count("--memory-limit") > 0) {
            throw std::invalid_argument(
                "given a limit for the built-in library, wanted one for a subject; add its command "
                "after --, or take the limit away");
        }
        if (!options.subject.command.empty() && !replay_command->parsed() &&
            !fuzz_command->parsed() && !subject_test_command->parsed()) {
            throw std::invalid_argument(
                fmt::format("given a command after --, wanted none for {}; take it away",
                            app.get_subcommands().front()->get_name()));
        }
        if (fuzz_command->parsed()) return fuzz(fuzz_request, subjects);
        if (merge_command->parsed()) return merge(merge_request);
        if (verify_command->parsed()) return run_verify(options, suites);
        if (power_command->parsed()) return run_power(options);
        if (list_command->parsed()) return run_list(options);
        if (check_command->parsed()) return run_check(options);
        if (subject_test_command->parsed()) return run_subject_test(options);
        if (show_command->parsed()) return run_show(options);
        return run_replay(options);
    } catch (const cases::FileError& error) {
        return refused(kInputOutput, error);
    } catch (const OutputError& error) {
        return refused(kInputOutput, error);
    } catch (const std::invalid_argument& error) {
        return refused(kBadUse, error);
    } catch (const subject::Fault& fault) {
        complain(
            fmt::format("gradproof: the subject does not greet: it {}: {}; `gradproof "
                        "subject-test` with its command tells more\n",
                        subject::to_words(fault.kind()), fault.what()));
        return kBadUse;
    } catch (const std::exception& error) {
        return refused(kInternalError, error);
    }
}

}  // namespace gradproof::cli
