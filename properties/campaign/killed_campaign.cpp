// Forking, killing, reading what is left.
#include "killed_campaign.hpp"

#include "../folder.hpp"
#include "killing_calls.hpp"
#include "some_campaign.hpp"

#include <gradproof/case/whole_file.hpp>
#include <gradproof/generate/dice.hpp>

#include <algorithm>
#include <array>
#include <csignal>
#include <filesystem>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string>

#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <gtest/gtest.h>

namespace gradproof::campaign {

namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kCases = 60;
constexpr std::size_t kMostKills = 5;

/// Crashes at a tanh, throws at a sum, loses a sign at an exp.
class Unreliable final : public subject::ProgramSubject {
public:
    [[nodiscard]] std::string name() const override { return "an unreliable subject"; }
    [[nodiscard]] subject::Answer answer(const cases::Case& drawn,
                                         std::span<const double> cotangent) const override {
        const auto holds = [&](std::string_view name) {
            return std::ranges::any_of(drawn.graph.nodes, [&](const backprop::Node& node) {
                return node.primitive != nullptr && node.primitive->name == name;
            });
        };
        subject::Answer answer = library_.answer(drawn, cotangent);
        if (holds("tanh")) {
            std::signal(SIGSEGV, SIG_DFL);
            std::raise(SIGSEGV);
        }
        if (holds("sum")) throw std::runtime_error("no sums");
        if (holds("exp"))
            for (double& g : answer.gradient) g = -g;
        return answer;
    }

private:
    subject::Backprop library_;
};

[[nodiscard]] Journal opened(const fs::path& folder, std::uint64_t seed) {
    if (!fs::exists(folder / "journal.jsonl")) return Journal::begin(folder, some_settings(seed));
    Journal journal = Journal::resume(folder);
    if (!journal.account().settings()) journal.add(some_settings(seed));
    return journal;
}

/// The campaign, in a process that prints its findings and then what it is doing to `output`.
void run_here(const fs::path& folder, std::uint64_t seed, int output, int kill_at) {
    Offer offer = some_offer([] { return std::make_unique<Unreliable>(); });
    std::erase_if(offer.laws, [](const laws::Law& law) {
        return law.name != "vjp agrees with finite differences" &&
               law.name != "a zero cotangent gives exactly zero";
    });
    const auto print = [&](const std::string& line) {
        if (::write(output, line.data(), line.size()) < 0) ::_exit(1);
    };
    if (kill_at > 0) gradproof::testing::kill_at_call(kill_at);
    Journal journal = opened(folder, seed);
    Plan plan;
    plan.jobs = 2;
    plan.cases = kCases;
    plan.found = [&](const ToldFinding& finding) { print("found " + finding.name + "\n"); };
    std::size_t before = 0;
    plan.progress = [&](const Sight& sight) {
        if (sight.findings_under_way != before)
            print(sight.findings_under_way > 0 ? "shrinking\n" : "drawing\n");
        before = sight.findings_under_way;
    };
    run(offer, journal, plan);
}

/// What a run printed, and how it ended.
struct Ran {
    std::vector<std::string> lines;
    bool killed = false;
};

[[nodiscard]] Ran run_in_process(const fs::path& folder, std::uint64_t seed, int kill_at,
                                 std::optional<int> milliseconds) {
    std::array<int, 2> ends{};
    if (::pipe(ends.data()) != 0) throw std::runtime_error("no pipe");
    const pid_t pid = ::fork();
    if (pid < 0) throw std::runtime_error("no process");  // a kill of -1 would be one of all
    if (pid == 0) {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        ::close(ends[0]);
        try {
            run_here(folder, seed, ends[1], kill_at);
        } catch (const std::exception& error) {
            std::fprintf(stderr, "%s\n", error.what());
            ::_exit(1);
        }
        ::_exit(0);
    }
    ::close(ends[1]);
    if (milliseconds) {
        ::poll(nullptr, 0, *milliseconds);
        ::kill(pid, SIGKILL);
    }
    std::string text;
    std::array<char, 4096> block{};
    for (ssize_t count = 0; (count = ::read(ends[0], block.data(), block.size())) > 0;)
        text.append(block.data(), static_cast<std::size_t>(count));
    ::close(ends[0]);
    int status = 0;
    ::waitpid(pid, &status, 0);
    EXPECT_TRUE(WIFSIGNALED(status) || WEXITSTATUS(status) == 0);
    Ran ran;
    ran.killed = WIFSIGNALED(status);
    std::istringstream lines(text.substr(0, text.rfind('\n') + 1));
    for (std::string line; std::getline(lines, line);) ran.lines.push_back(line);
    return ran;
}

/// Adds what was printed; fails where something is printed twice.
void note(const Ran& ran, std::set<std::string>& printed) {
    for (const std::string& line : ran.lines) {
        if (line.starts_with("found ")) {
            EXPECT_TRUE(printed.insert(line.substr(6)).second) << line << ", twice";
        }
    }
}

/// Reading fails where one is there twice.
[[nodiscard]] std::set<std::string> names_in_journal(const fs::path& folder) {
    std::set<std::string> names;
    if (!fs::exists(folder / "journal.jsonl") || fs::file_size(folder / "journal.jsonl") == 0)
        return names;
    Account account;
    try {
        account = read_journal(folder);
    } catch (const std::invalid_argument& refusal) {
        EXPECT_NE(std::string(refusal.what()).find("given no line"), std::string::npos)
            << refusal.what();
    }
    for (const Met& met : account.findings()) names.insert(met.finding.name);
    return names;
}

}  // namespace

void run_killed_campaign(std::uint64_t seed, Kills& kills) {
    const gradproof::testing::Folder folder;
    const fs::path out = folder.path() / "out";
    generate::Dice dice{rc::Random(seed)};
    std::set<std::string> printed;
    ++kills.campaigns;
    for (std::size_t k = 0; k < kMostKills; ++k) {
        const bool at_call = dice.chance(50);
        const int call = static_cast<int>(dice.between(1, 30));
        const int moment = static_cast<int>(dice.between(0, 400));
        const Ran ran = at_call ? run_in_process(out, seed, call, std::nullopt)
                                : run_in_process(out, seed, 0, moment);
        note(ran, printed);
        if (ran.killed) {
            ++(at_call ? kills.at_calls : kills.at_moments);
            kills.shrinking +=
                !at_call && !ran.lines.empty() && ran.lines.back() == "shrinking" ? 1 : 0;
        }
        const std::set<std::string> kept = names_in_journal(out);
        for (const std::string& name : printed)
            EXPECT_TRUE(kept.contains(name)) << "seed " << seed << ": " << name << " is lost";
        if (!ran.killed) break;
    }
    note(run_in_process(out, seed, 0, std::nullopt), printed);

    const Account account = read_journal(out);
    EXPECT_EQ(account.tally().cases, kCases) << "seed " << seed;
    EXPECT_GE(account.findings().size(), 3U) << "seed " << seed;
    std::set<std::string> names;
    for (const Met& met : account.findings()) {
        names.insert(met.finding.name);
        const fs::path file = out / "findings" / (met.finding.name + ".json");
        EXPECT_EQ(cases::read_whole(file, 1U << 20U), met.finding.file) << "seed " << seed;
    }
    EXPECT_TRUE(std::ranges::includes(names, printed)) << "seed " << seed;
    for (const fs::directory_entry& entry : fs::directory_iterator(out / "findings"))
        EXPECT_TRUE(names.contains(entry.path().stem().string())) << entry.path();
    kills.findings += names.size();
    kills.printed += printed.size();
}

}  // namespace gradproof::campaign
