// The power of a suite: which planted errors its laws see, after how many cases, and how small.
#pragma once

#include <gradproof/check/report.hpp>
#include <gradproof/laws/law.hpp>
#include <gradproof/laws/planted_subject.hpp>
#include <gradproof/laws/worth.hpp>

#include <rapidcheck/Gen.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gradproof::laws {

/// Of all cases, those that may be vacuous and those that may be discarded. More would say that the
/// generator draws what tries nothing.
inline constexpr double kMostVacuous = 0.01;
inline constexpr double kMostDiscarded = 0.05;

/// A source that gives an error this many cases to change must show it at least once: a law that sees
/// it in every second of them misses so many in a row once in 2^20.
inline constexpr std::size_t kEnoughPlanted = 20;

/// How often an error was planted, and how often that was seen.
struct Tally {
    std::size_t planted = 0;  ///< cases on which an answer changed
    std::size_t seen = 0;     ///< those of them on which the law did not hold
};

/// One law over one planted error.
struct Sight {
    std::string_view law;
    bool claimed = false;  ///< the error's claims name the law
    bool asked = false;    ///< the suite has it
    Tally all;
    std::vector<Tally> sources;                        ///< the same, one a source of cases
    std::vector<std::optional<std::size_t>> detected;  ///< cases drawn until seen, one a round
    double smallest = std::numeric_limits<double>::infinity();  ///< in budgets, of those seen

    /// Over the rounds; nothing where most of them did not see it.
    [[nodiscard]] std::optional<std::size_t> median_detection() const;
};

struct SightsOfError {
    std::string_view name;
    std::string_view does;
    std::vector<Sight> sights;  ///< one a law, those asked first
    bool anywhere = false;      ///< every function gives the error something to change
};

/// What the sound subject's cases were worth.
struct Shares {
    check::Counts counts;  ///< of numbers, over all laws
    std::size_t cases = 0;
    std::size_t undecided = 0;
    std::size_t zero_cotangents = 0;
    std::size_t zeros_on_purpose = 0;
    std::size_t vacuous = 0;
    std::size_t discarded = 0;  ///< draws beside the cases
    std::vector<std::size_t> vacuous_by_source;
};

/// A law that the sound subject breaks.
struct SoundBreaks {
    std::string source;
    check::Report report;
    std::vector<std::string> at;  ///< the case
};

struct Power {
    std::string subject;
    std::uint64_t seed = 0;
    std::size_t rounds = 0;
    std::vector<std::string> sources;  ///< of cases: primitives, nets, a function
    bool all_must_be_planted = true;   ///< else what is planted too seldom is named, and no failure
    std::vector<SightsOfError> errors;
    Shares shares;
    std::optional<SoundBreaks> broken;
    bool stopped = false;

    /// Whether so few cases say anything of an error that only some functions give a chance.
    [[nodiscard]] bool too_seldom(const SightsOfError& error, const Sight& sight) const;
    /// A sentence for each claim that is not met, and each share that is beyond its limit.
    [[nodiscard]] std::vector<std::string> shortcomings() const;
    [[nodiscard]] bool holds() const { return !broken && shortcomings().empty(); }
};

/// Counts one case of a source.
void count(Shares& shares, Worth worth, std::size_t source);

/// Files one question put to one law.
void file(Sight& sight, std::size_t source, std::size_t round, std::size_t cases_drawn,
          const Damage& damage, bool holds);

/// The sights of an error (`ProgramError` or one like it) before anything was asked: the laws of the
/// suite, then those that claim it and are not in the suite.
template <class Error>
[[nodiscard]] SightsOfError unseen(const Error& error, const std::vector<std::string_view>& laws,
                                   std::size_t sources, std::size_t rounds);

/// The verdict, what is not met, the table, the shares.
[[nodiscard]] std::vector<std::string> to_lines(const Power& power);

/// Where the cases of program subjects come from.
struct Source {
    std::string name;
    rc::Gen<cases::Case> drawn;
    std::uint64_t seed = 0;  ///< of its cases, and of what laws and errors draw for them
};

struct PowerPlan {
    std::uint64_t seed = 0;  ///< shown in the report; what is drawn comes of the sources' seeds
    std::size_t rounds = 5;  ///< over which cases to detection have a median
    std::size_t cases = 10;  ///< of each source in each round
    std::span<const Law> laws;
    std::vector<Source> sources;
    std::vector<ProgramError> errors;
    bool all_must_be_planted = true;
    /// Called after each case with the number of cases done; false stops the run.
    std::function<bool(std::size_t)> progress = {};
};

/// Plants each error on each case and asks every law. Same plan, same power.
[[nodiscard]] Power power(const subject::ProgramSubject& sound, const PowerPlan& plan);

namespace detail {
[[nodiscard]] std::vector<Sight> blank_sights(const std::vector<std::string_view>& claimed_by,
                                              const std::vector<std::string_view>& laws,
                                              std::size_t sources, std::size_t rounds);
}  // namespace detail

template <class Error>
SightsOfError unseen(const Error& error, const std::vector<std::string_view>& laws,
                     std::size_t sources, std::size_t rounds) {
    return {error.name, error.does, detail::blank_sights(error.claimed_by, laws, sources, rounds),
            error.anywhere};
}

}  // namespace gradproof::laws
