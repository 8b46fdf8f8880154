// The list of laws, and those about buffers and memory, which only code written by hand can break.
#include <gradproof/testing/user_laws.hpp>

#include <gradproof/laws/comparison.hpp>
#include <gradproof/laws/finite_in_range.hpp>
#include <gradproof/laws/jvp_agrees.hpp>
#include <gradproof/laws/primal_agrees.hpp>
#include <gradproof/laws/pullback_is_linear.hpp>
#include <gradproof/laws/repeated_sweeps_agree.hpp>
#include <gradproof/laws/vjp_agrees.hpp>
#include <gradproof/subject/fault.hpp>
#include <gradproof/subject/same.hpp>
#include <gradproof/testing/form_laws.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace gradproof::testing {

namespace {

constexpr double kPoison = std::numeric_limits<double>::quiet_NaN();

/// Points drawn until there is one at which the function is of use.
constexpr std::size_t kMostDraws = 8;

[[nodiscard]] check::Report writes_only_its_gradient(const UserTrial& trial, std::uint64_t) {
    check::Report report = laws::begin(kWritesOnlyItsGradient, trial);
    const std::string changed = trial.call(kPoison).changed;
    if (!changed.empty()) {
        report.verdict = check::Verdict::wrong;
        report.remark = "the " + std::string(noun(trial.claim().form)) + " changed " + changed;
    }
    return report;
}

void file_wrong(check::Report& report, std::string name, double subject,
                const std::optional<double>& wanted, std::string remark) {
    check::Entry entry;
    entry.name = std::move(name);
    entry.verdict = check::Verdict::wrong;
    entry.subject = subject;
    if (wanted) entry.truth = oracle::Estimate{oracle::Real(*wanted), 0};
    entry.ulps = entry.share = std::numeric_limits<double>::infinity();
    entry.remark = std::move(remark);
    report.entries.push_back(std::move(entry));
    report.verdict = check::Verdict::wrong;
    report.counts.wrong += 1;
}

/// What the buffer held shows nowhere: the same with NaN as with 1 in it.
[[nodiscard]] check::Report overwrites(const UserTrial& trial) {
    check::Report report = laws::begin(kOverwrites, trial);
    const Reply with_nan = trial.call(kPoison);
    const Reply with_one = trial.call(1);
    for (std::size_t i = 0; i < with_nan.derivative.size(); ++i) {
        const double a = with_nan.derivative[i], b = with_one.derivative[i];
        if (subject::same_bits_or_nan(a, b)) continue;
        file_wrong(report, trial.entry_name(i), a, b,
                   "the buffer held NaN; \"oracle\" is the answer where it held 1");
    }
    return report;
}

/// Whatever is added to NaN is NaN.
[[nodiscard]] check::Report accumulates(const UserTrial& trial) {
    check::Report report = laws::begin(kAccumulates, trial);
    const Reply with_nan = trial.call(kPoison);
    for (std::size_t i = 0; i < with_nan.derivative.size(); ++i) {
        if (std::isnan(with_nan.derivative[i])) continue;
        file_wrong(report, trial.entry_name(i), with_nan.derivative[i], std::nullopt,
                   "the buffer held NaN, to which nothing was added");
    }
    return report;
}

[[nodiscard]] check::Report used_as_declared(const UserTrial& trial, std::uint64_t) {
    return trial.claim().contract == Contract::overwrites ? overwrites(trial) : accumulates(trial);
}

/// Of other sizes, attributes and numbers, where the function is finite; nothing where none was drawn.
[[nodiscard]] std::unique_ptr<UserTrial> elsewhere(const UserTrial& trial, std::uint64_t seed) {
    generate::Dice dice{rc::Random(seed)};
    for (std::size_t draws = 0; draws < kMostDraws; ++draws) {
        Point point = draw_point(dice, trial.claim(), true);
        if (use_of(point, trial.claim()) != Use::tests) continue;
        return trial_at(trial.claim(), trial.subject_name(), std::move(point));
    }
    return nullptr;
}

[[nodiscard]] check::Report keeps_nothing(const UserTrial& trial, std::uint64_t seed) {
    check::Report report = laws::begin(kKeepsNothing, trial);
    const auto other = elsewhere(trial, seed);
    if (!other) return laws::not_offered(std::move(report), "other point in its domain");
    const subject::Answer first = trial.answer(trial.cotangent());
    try {
        static_cast<void>(other->answer(other->cotangent()));
    } catch (const subject::Fault&) {
        return laws::not_offered(std::move(report), "answer there, which is for another case");
    }
    const subject::Answer again = trial.answer(trial.cotangent());
    laws::compare_bits(report, trial, first, again, "after a call elsewhere");
    return report;
}

[[nodiscard]] bool always(const HandWritten&) { return true; }
[[nodiscard]] bool is_gradient(const HandWritten& claim) {
    return claim.form == Form::vjp || claim.form == Form::gradient;
}
[[nodiscard]] bool is_vjp(const HandWritten& claim) { return claim.form == Form::vjp; }
[[nodiscard]] bool is_jvp(const HandWritten& claim) { return claim.form == Form::jvp; }
[[nodiscard]] bool is_jacobian(const HandWritten& claim) { return claim.form == Form::jacobian; }
[[nodiscard]] bool has_optional_blocks(const HandWritten& claim) {
    return claim.blocks_are_optional;
}
[[nodiscard]] bool lives_on(const HandWritten& claim) { return !claim.fresh_for_each_case; }

/// A law of any trial as one of the user's.
template <auto law>
[[nodiscard]] check::Report of_trial(const UserTrial& trial, std::uint64_t seed) {
    if constexpr (std::invocable<decltype(law), const subject::Trial&, std::uint64_t>) {
        return law(trial, seed);
    } else {
        return law(trial);
    }
}

// clang-format off
constexpr std::array kLaws{
    UserLaw{kWritesOnlyItsGradient, writes_only_its_gradient, always},
    UserLaw{kUsedAsDeclared, used_as_declared, always},
    UserLaw{laws::kRepeatedSweepsAgree, of_trial<laws::repeated_sweeps_agree>, always},
    UserLaw{kKeepsNothing, keeps_nothing, lives_on},
    UserLaw{kBlocksAlone, blocks_alone, has_optional_blocks},
    UserLaw{laws::kPrimalAgrees, of_trial<laws::primal_agrees>, always},
    UserLaw{laws::kVjpAgrees, of_trial<laws::vjp_agrees>, is_gradient},
    UserLaw{laws::kJvpAgrees, jvp_agrees, is_jvp},
    UserLaw{kJacobianAgrees, jacobian_agrees, is_jacobian},
    UserLaw{laws::kPullbackIsLinear, of_trial<laws::pullback_is_linear>, is_vjp},
    UserLaw{laws::kZeroCotangentGivesZero, of_trial<laws::zero_cotangent_gives_zero>, is_vjp},
    UserLaw{laws::kFiniteInRange, of_trial<laws::finite_as_asked>, is_vjp},
    UserLaw{kJvpIsLinear, jvp_is_linear, is_jvp},
};
// clang-format on

/// The entry's place in the gradient; nothing where it is about something else.
[[nodiscard]] std::optional<std::size_t> place_of(const check::Entry& entry,
                                                  const UserTrial& trial) {
    for (std::size_t i = 0; i < trial.inputs().size(); ++i) {
        const std::string name = trial.entry_name(i);
        if (entry.name == name || entry.name.starts_with(name + " ")) return i;
    }
    return std::nullopt;
}

/// Whether all that is wrong is not finite, and is out of range as soon as no entry of the cotangent is below
/// 1: a formula that multiplies a slope which has overflowed by 0, or by a number that would bring it back. Where the slope itself is infinite, as that of a root
/// at 0, a formula has to select the 0.
[[nodiscard]] bool is_overflow_of_the_slope(const UserTrial& trial, const check::Report& report) {
    if (report.fault || report.lost || report.no_side || !is_gradient(trial.claim())) return false;
    const auto fails = [](const check::Entry& entry) {
        return entry.verdict >= check::Verdict::inaccurate;
    };
    if (std::ranges::none_of(report.entries, fails)) return false;
    std::vector<double> cotangent(trial.cotangent().begin(), trial.cotangent().end());
    for (double& u : cotangent) u = std::copysign(std::max(std::abs(u), 1.0), u);
    const scalar::Budget budget = trial.budget(cotangent);
    return std::ranges::all_of(report.entries, [&](const check::Entry& entry) {
        if (!fails(entry)) return true;
        const std::optional<std::size_t> place = place_of(entry, trial);
        if (std::isfinite(entry.subject) || !place || laws::in_range(budget, *place)) return false;
        return std::holds_alternative<oracle::Smooth>(
            oracle::derivative({trial.function(), trial.inputs(), cotangent}, *place, 0));
    });
}

}  // namespace

std::span<const UserLaw> user_laws() { return kLaws; }

check::Report asked(const UserLaw& law, const UserTrial& trial, std::uint64_t seed) {
    try {
        check::Report report = law.holds(trial, seed);
        if (report.holds() || !is_overflow_of_the_slope(trial, report)) return report;
        check::Report excused = laws::begin(law.name, trial);
        excused.counts.entries = excused.counts.out_of_range = report.entries.size();
        return excused;
    } catch (const subject::Fault& fault) {
        check::Report report = laws::begin(kReturns, trial);
        report.verdict = check::Verdict::wrong;
        report.fault = fault.kind();
        report.remark = fault.what();
        return report;
    }
}

}  // namespace gradproof::testing
