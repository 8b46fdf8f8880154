// The search for wrong entries: groups are halved, what is dense is sampled, what cancelled is sought
// again with other weights.
#include <gradproof/check/localisation.hpp>

#include <gradproof/check/check.hpp>
#include <gradproof/check/group_test.hpp>
#include <gradproof/check/judgement.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace gradproof::check {

namespace {

using oracle::Real;
using scalar::Allowance;
using scalar::Budget;
using subject::Answer;
using subject::Trial;
using Outcome = Group::Outcome;

/// Up to so many entries all of them are judged: a search takes about log2(n) + 5 derivatives for one
/// wrong entry, and does not know whether it is one.
constexpr std::size_t kJudgedAtOnce = 32;
/// Up to so many, where the search finds a dense error or stays open.
constexpr std::size_t kJudgedAtLast = 256;
/// A group is halved four times before it is asked whether most of it differs.
constexpr std::size_t kBlocks = 16;
constexpr std::size_t kSampledInABlock = 2;
/// An open group of so many is not halved, and so many of it are judged for the others.
constexpr std::size_t kJudgedIfOpen = 32;
constexpr std::size_t kSampledIfOpen = 4;
/// A table of so many entries says enough.
constexpr std::size_t kMostNamed = 32;
/// Directions with fresh weights that have to agree once something was found: errors that one of them
/// happens not to see, all three miss only if they are below what directions see at all.
constexpr int kAgreeingAtLast = 3;
/// Searches that name no entry before it is given up.
constexpr int kMostFruitless = 3;

class Localisation {
public:
    Localisation(Report& report, const Trial& trial, const Answer& answer, const Budget& budget,
                 std::uint64_t seed, const JudgeEntry& judge_entry)
        : report_(report),
          trial_(trial),
          answer_(answer),
          budget_(budget),
          seed_(seed),
          judge_entry_(judge_entry),
          settled_(answer.gradient.size(), false),
          most_derivatives_(most_derivatives(answer.gradient.size())) {}

    void run() {
        std::vector<std::size_t> not_finite;
        for (std::size_t i = 0; i < count(); ++i) {
            if (!can_be_weighted(budget_.gradient[i])) continue;
            if (std::isfinite(answer_.gradient[i])) {
                seen_.push_back(i);
            } else {
                not_finite.push_back(i);
            }
        }
        const bool open_comparisons = !budget_.branches.empty();
        if (seen_.empty() || !not_finite.empty()) {
            const bool few = !seen_.empty() && !open_comparisons;
            everything_ = count() <= (few ? kJudgedAtOnce : kJudgedAtLast);
            if (!everything_) set_kinks_aside();
        } else {
            GroupTests tests = group_tests(seen_, 0);
            const Group all = tests.all();
            if (all.outcome == Outcome::agrees) return accept(all);
            const bool few = all.outcome == Outcome::differs && !open_comparisons;
            everything_ = count() <= (few ? kJudgedAtOnce : kJudgedAtLast);
            if (!everything_) set_kinks_aside();
            if (!everything_ && kinks_ == 0) search(tests, all);
        }
        if (!everything_) {
            judge_not_finite(not_finite);
            search_again();
            // A direction did not agree, and nothing says why.
            if (report_.verdict == Verdict::agrees && kinks_ == 0) leave_open(seen_);
            if (!complete_ && count() <= kJudgedAtLast) everything_ = true;
        }
        if (everything_) return judge_the_rest();
        count_what_is_unseen();
        if (derivatives() > 0) report_.remark = remark();
    }

private:
    Report& report_;
    const Trial& trial_;
    const Answer& answer_;
    const Budget& budget_;
    std::uint64_t seed_;
    const JudgeEntry& judge_entry_;
    std::vector<std::size_t> seen_;  ///< entries that directions see
    std::vector<bool> settled_;      ///< judged, or left open
    std::size_t most_derivatives_;
    std::size_t judged_ = 0, named_ = 0, not_finite_ = 0, kinks_ = 0, left_open_ = 0;
    bool everything_ = false;  ///< few entries: all of them are to be judged
    bool complete_ = false;    ///< directions over all that was not judged agree
    std::string dense_;

    /// No more than judging all of few entries takes, or 16 wrong ones far from each other in many.
    [[nodiscard]] static std::size_t most_derivatives(std::size_t entries) {
        if (entries <= kJudgedAtLast) return entries;
        return 16 * static_cast<std::size_t>(std::bit_width(entries) + 2);
    }
    [[nodiscard]] std::size_t count() const { return answer_.gradient.size(); }
    [[nodiscard]] std::size_t derivatives() const { return report_.counts.group_tests + judged_; }
    [[nodiscard]] bool exhausted() const {
        return everything_ || named_ >= kMostNamed || derivatives() >= most_derivatives_;
    }

    /// Each round has weights of its own; the golden ratio's bits part their seeds.
    [[nodiscard]] GroupTests group_tests(std::vector<std::size_t> entries, std::uint64_t round) {
        return {trial_,
                answer_,
                budget_,
                std::move(entries),
                seed_ + round * 0x9E3779B97F4A7C15u,
                report_.counts.group_tests};
    }

    /// The one direction agrees.
    void accept(const Group& all) {
        const bool powerless = all.budget > 0 && Real(all.budget) > abs(all.slope) / 8;
        const Real share = all.gap == 0 ? Real(0) : Real(abs(all.gap) / all.allowed());
        report_.counts.add_direction(powerless, share.convert_to<double>());
        count_what_is_unseen();
    }

    Verdict judge(std::size_t entry) {
        settled_[entry] = true;
        ++judged_;
        const Verdict verdict = judge_entry_(entry);
        named_ += verdict >= Verdict::undecided ? 1 : 0;
        return verdict;
    }
    void judge_the_rest() {
        for (std::size_t i = 0; i < count(); ++i) {
            if (!settled_[i]) judge(i);
        }
    }

    /// How entries ended that were judged for others like them.
    struct Sample {
        std::size_t judged = 0, wrong = 0, unclear = 0;
        [[nodiscard]] bool mostly_not_agreeing() const {
            return judged > 0 && 2 * (wrong + unclear) >= judged;
        }
    };
    /// Judges `some` of the entries, spread over them.
    void judge_some(std::span<const std::size_t> entries, std::size_t some, Sample& sample) {
        for (std::size_t k = 0; k < some; ++k) {
            const std::size_t i = entries[(2 * k + 1) * entries.size() / (2 * some)];
            if (settled_[i]) continue;
            const Verdict verdict = judge(i);
            sample.judged += 1;
            sample.wrong += verdict >= Verdict::inaccurate ? 1 : 0;
            sample.unclear +=
                verdict == Verdict::nonsmooth || verdict == Verdict::undecided ? 1 : 0;
        }
    }

    /// What stays unjudged is undecided, unless there are few enough to judge them all.
    void leave_open(std::span<const std::size_t> entries) {
        everything_ = everything_ || count() <= kJudgedAtLast;
        if (everything_) return;
        for (const std::size_t i : entries) {
            if (settled_[i]) continue;
            settled_[i] = true;
            ++left_open_;
            ++report_.counts.entries;
            ++report_.counts.undecided;
            report_.verdict = std::max(report_.verdict, Verdict::undecided);
        }
    }

    /// Whether the reference has another number there on another branch.
    [[nodiscard]] bool depends_on_branch(std::size_t entry) const {
        const Allowance& own = budget_.gradient[entry];
        return std::any_of(
            budget_.branches.begin(), budget_.branches.end(), [&](const auto& branch) {
                const Allowance& other = branch.gradient[entry];
                return !(std::abs(other.reference - own.reference) <= other.bound + own.bound);
            });
    }
    /// Entries that a sound subject may answer in several ways: no direction can hold them against one
    /// slope. Some are judged, the others left open.
    void set_kinks_aside() {
        if (budget_.branches.empty()) return;
        std::vector<std::size_t> kinks;
        std::erase_if(seen_, [&](std::size_t i) {
            const bool kink = depends_on_branch(i);
            if (kink) kinks.push_back(i);
            return kink;
        });
        kinks_ = kinks.size();
        Sample sample;
        judge_some(kinks, std::min(kinks.size(), kMostNamed), sample);
        leave_open(kinks);
        named_ = 0;
    }

    /// Finds what makes `whole` differ or stay open: first what is wrong, then the kinks.
    void search(GroupTests& tests, const Group& whole) {
        std::vector<Group> differing, open;
        const auto add = [&](const Group& group) {
            (group.outcome == Outcome::differs ? differing : open).push_back(group);
        };
        add(whole);
        while (!(differing.empty() && open.empty()) && !exhausted()) {
            std::vector<Group>& from = differing.empty() ? open : differing;
            const Group group = from.back();
            from.pop_back();
            if (judged_at_once(group)) continue;
            const std::vector<Group> blocks = differing_blocks(tests, group);
            if (!is_dense(group, blocks)) std::for_each(blocks.rbegin(), blocks.rend(), add);
        }
        for (const std::vector<Group>* left : {&differing, &open}) {
            for (const Group& group : *left) leave_open(group.entries);
        }
    }

    /// A single entry, and an open group of few, whose halves would take two derivatives at each level:
    /// where a sample says that a kink lies in most of its entries, the others are left open.
    [[nodiscard]] bool judged_at_once(const Group& group) {
        const std::size_t size = group.entries.size();
        if (size > 1 && (group.outcome != Outcome::open || size > kJudgedIfOpen)) return false;
        Sample sample;
        judge_some(group.entries, std::min(size, kSampledIfOpen), sample);
        if (size > kSampledIfOpen && sample.mostly_not_agreeing()) {
            leave_open(group.entries);
        } else {
            judge_some(group.entries, size, sample);
        }
        return true;
    }

    /// Those of the group's blocks that do not agree.
    [[nodiscard]] static std::vector<Group> differing_blocks(GroupTests& tests,
                                                             const Group& group) {
        std::vector<Group> blocks{group};
        for (std::size_t parts = 1; parts < kBlocks; parts *= 2) {
            std::vector<Group> halves;
            for (const Group& block : blocks) {
                if (block.entries.size() == 1) {
                    halves.push_back(block);
                    continue;
                }
                const auto [left, right] = tests.halves(block);
                if (left.outcome != Outcome::agrees) halves.push_back(left);
                if (right.outcome != Outcome::agrees) halves.push_back(right);
            }
            blocks = std::move(halves);
        }
        return blocks;
    }

    /// Whether most blocks do not agree, and most entries of a sample from them; these are then judged
    /// and the others left open.
    [[nodiscard]] bool is_dense(const Group& group, const std::vector<Group>& blocks) {
        // Of many entries a few far from each other easily lie in half of the blocks; of a part that
        // differs they do not, but the row of a matrix does, wherever it begins.
        const std::size_t most =
            group.entries.size() == seen_.size() ? 3 * kBlocks / 4 : kBlocks / 2;
        if (group.entries.size() <= 2 * kBlocks || blocks.size() < most) return false;
        if (count() <= kJudgedAtLast) {
            everything_ = true;
            return true;
        }
        Sample sample;
        for (const Group& block : blocks) judge_some(block.entries, kSampledInABlock, sample);
        if (!sample.mostly_not_agreeing()) return false;
        dense_ += fmt::format(
            "; dense: of the entries {} to {} {} of {} blocks do not agree, and of {} entries "
            "spread over these {} are wrong",
            trial_.entry_name(group.entries.front()), trial_.entry_name(group.entries.back()),
            blocks.size(), kBlocks, sample.judged, sample.wrong);
        if (sample.unclear > 0)
            dense_ += fmt::format(", {} nonsmooth or undecided", sample.unclear);
        for (const Group& block : blocks) leave_open(block.entries);
        return true;
    }

    /// Fresh weights over all that was not judged, until they agree: what cancelled before shows now.
    void search_again() {
        int agreeing = 0, fruitless = 0;
        for (std::uint64_t round = 1; !exhausted(); ++round) {
            std::vector<std::size_t> entries;
            for (const std::size_t i : seen_) {
                if (!settled_[i]) entries.push_back(i);
            }
            complete_ = agreeing == kAgreeingAtLast || entries.empty();
            if (complete_) return;
            GroupTests tests = group_tests(std::move(entries), round);
            const Group all = tests.all();
            if (all.outcome == Outcome::agrees) {
                ++agreeing;
                continue;
            }
            agreeing = 0;
            const std::size_t before = judged_ + left_open_;
            search(tests, all);
            if (judged_ + left_open_ == before && ++fruitless == kMostFruitless)
                leave_open(all.entries);
        }
    }

    /// Answers that no projection can hold: some are judged; the others are wrong too where the point
    /// is smooth along all of them, as then each has a finite slope.
    void judge_not_finite(const std::vector<std::size_t>& entries) {
        not_finite_ = entries.size();
        const std::size_t most = count() <= kJudgedAtLast ? kJudgedAtLast : kMostNamed;
        const std::size_t judged = std::min(entries.size(), most);
        for (std::size_t k = 0; k < judged; ++k) judge(entries[k * entries.size() / judged]);
        named_ = 0;
        std::vector<std::size_t> others;
        for (const std::size_t i : entries) {
            if (!settled_[i]) others.push_back(i);
        }
        if (others.empty()) return;
        if (!group_tests(others, 0).all().additive || budget_.open()) return leave_open(others);
        for (const std::size_t i : others) settled_[i] = true;
        report_.counts.entries += others.size();
        report_.counts.wrong += others.size();
        report_.verdict = Verdict::wrong;
    }

    void count_what_is_unseen() {
        count_unseen(report_, budget_.gradient, unit_roundoff(trial_.precision()));
    }

    [[nodiscard]] std::string remark() const {
        const std::size_t wrong = report_.counts.wrong + report_.counts.inaccurate;
        std::string line = wrong == 0 ? fmt::format("none of {} entries was found wrong", count())
                                      : fmt::format("{}{} of {} entries {} wrong, found",
                                                    complete_ && left_open_ == 0 ? "" : "at least ",
                                                    wrong, count(), wrong == 1 ? "is" : "are");
        line += fmt::format(" with {} directional derivatives", derivatives());
        if (kinks_ > 0)
            line += fmt::format("; {} depend on a tie or a comparison within rounding", kinks_);
        if (not_finite_ > 0) line += fmt::format("; {} answers are not finite", not_finite_);
        line += dense_;
        if (left_open_ > 0) line += fmt::format("; {} entries were not judged", left_open_);
        return line;
    }
};

}  // namespace

void localise(Report& report, const Trial& trial, const Answer& answer, const Budget& budget,
              std::uint64_t seed, const JudgeEntry& judge_entry) {
    Localisation(report, trial, answer, budget, seed, judge_entry).run();
}

}  // namespace gradproof::check
