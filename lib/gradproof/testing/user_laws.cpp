// The list of laws, and those about buffers, which only code written by hand can break.
#include <gradproof/testing/user_laws.hpp>

#include <gradproof/laws/comparison.hpp>
#include <gradproof/laws/finite_in_range.hpp>
#include <gradproof/laws/primal_agrees.hpp>
#include <gradproof/laws/pullback_is_linear.hpp>
#include <gradproof/laws/repeated_sweeps_agree.hpp>
#include <gradproof/laws/vjp_agrees.hpp>

#include <array>
#include <bit>
#include <cmath>
#include <limits>

namespace gradproof::testing {

namespace {

constexpr double kPoison = std::numeric_limits<double>::quiet_NaN();

[[nodiscard]] check::Report writes_only_its_gradient(const UserTrial& trial) {
    check::Report report = laws::begin(kWritesOnlyItsGradient, trial);
    if (const auto changed = trial.call(trial.cotangent(), kPoison).changed) {
        report.verdict = check::Verdict::wrong;
        report.remark = "the vjp changed " + *changed;
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
    const Call with_nan = trial.call(trial.cotangent(), kPoison);
    const Call with_one = trial.call(trial.cotangent(), 1);
    for (std::size_t i = 0; i < with_nan.gradient.size(); ++i) {
        const double a = with_nan.gradient[i], b = with_one.gradient[i];
        const bool same = std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b);
        if (same || (std::isnan(a) && std::isnan(b))) continue;
        file_wrong(report, trial.entry_name(i), a, b,
                   "the buffer held NaN; \"oracle\" is the answer where it held 1");
    }
    return report;
}

/// Whatever is added to NaN is NaN.
[[nodiscard]] check::Report accumulates(const UserTrial& trial) {
    check::Report report = laws::begin(kAccumulates, trial);
    const Call with_nan = trial.call(trial.cotangent(), kPoison);
    for (std::size_t i = 0; i < with_nan.gradient.size(); ++i) {
        if (std::isnan(with_nan.gradient[i])) continue;
        file_wrong(report, trial.entry_name(i), with_nan.gradient[i], std::nullopt,
                   "the buffer held NaN, to which nothing was added");
    }
    return report;
}

// clang-format off
constexpr std::array kLaws{
    UserLaw{kWritesOnlyItsGradient, [](const UserTrial& t, std::uint64_t) { return writes_only_its_gradient(t); }, true},
    UserLaw{kUsedAsDeclared, [](const UserTrial& t, std::uint64_t) { return t.claim().contract == Contract::overwrites ? overwrites(t) : accumulates(t); }, true},
    UserLaw{laws::kRepeatedSweepsAgree, [](const UserTrial& t, std::uint64_t) { return laws::repeated_sweeps_agree(t); }, true},
    UserLaw{laws::kPrimalAgrees, [](const UserTrial& t, std::uint64_t) { return laws::primal_agrees(t); }, true},
    UserLaw{laws::kVjpAgrees, [](const UserTrial& t, std::uint64_t seed) { return laws::vjp_agrees(t, seed); }, true},
    UserLaw{laws::kPullbackIsLinear, [](const UserTrial& t, std::uint64_t seed) { return laws::pullback_is_linear(t, seed); }, false},
    UserLaw{laws::kZeroCotangentGivesZero, [](const UserTrial& t, std::uint64_t) { return laws::zero_cotangent_gives_zero(t); }, false},
    UserLaw{laws::kFiniteInRange, [](const UserTrial& t, std::uint64_t seed) { return laws::finite_in_range(t, seed); }, false},
};
// clang-format on

}  // namespace

std::span<const UserLaw> user_laws() { return kLaws; }

bool applies(const UserLaw& law, const HandWritten& claim) {
    return claim.takes_cotangent || law.applies_without_cotangent;
}

check::Report asked(const UserLaw& law, const UserTrial& trial, std::uint64_t seed) {
    try {
        return law.holds(trial, seed);
    } catch (const SubjectThrew& thrown) {
        check::Report report = laws::begin(kReturns, trial);
        report.verdict = check::Verdict::wrong;
        report.remark = thrown.what();
        return report;
    }
}

}  // namespace gradproof::testing
