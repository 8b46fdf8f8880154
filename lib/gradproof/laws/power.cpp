// The counting, what a claim wants, and the run over program subjects.
#include <gradproof/laws/power.hpp>

#include <fmt/format.h>
#include <rapidcheck/GenerationFailure.h>
#include <rapidcheck/Random.h>
#include <rapidcheck/Shrinkable.h>

#include <algorithm>
#include <stdexcept>

namespace gradproof::laws {

namespace {

/// Draws in a row that a generator may throw away; more is no generator.
constexpr std::size_t kMostDiscardedInARow = 1000;

[[nodiscard]] std::string names_of(const Power& power, const Sight& sight) {
    std::string names;
    for (std::size_t s = 0; s < sight.sources.size(); ++s) {
        const Tally& tally = sight.sources[s];
        if (tally.planted < kEnoughPlanted || tally.seen > 0) continue;
        names += fmt::format("{}{} ({} cases)", names.empty() ? "" : ", ", power.sources[s],
                             tally.planted);
    }
    return names;
}

/// Why the claim is not met; empty where it is, or could not be put to the test and need not.
[[nodiscard]] std::string unmet(const Power& power, const SightsOfError& error,
                                const Sight& sight) {
    const auto survives = [&](const std::string& how) {
        return fmt::format("\"{}\" survives: \"{}\" claims to see it, {}", error.name, sight.law,
                           how);
    };
    if (!sight.asked) return survives("but is not among the laws");
    if (power.too_seldom(error, sight)) return {};
    if (sight.all.planted == 0) {
        return survives(fmt::format(
            "but in {} cases there was nothing that it changes: the generator does not reach it",
            power.shares.cases));
    }
    if (sight.all.seen == 0) {
        return survives(
            fmt::format("and does not in the {} cases that it changes", sight.all.planted));
    }
    const std::string where = names_of(power, sight);
    return where.empty() ? "" : survives("and never does in " + where);
}

/// A single one is no share.
[[nodiscard]] bool more_than(double share, std::size_t part, std::size_t whole) {
    return static_cast<double>(part) > 1 + share * static_cast<double>(whole);
}

[[nodiscard]] std::vector<std::string_view> names_of(std::span<const Law> laws) {
    std::vector<std::string_view> names;
    for (const Law& law : laws) names.push_back(law.name);
    return names;
}

/// The cases of one source, one after the other.
class Stream {
public:
    explicit Stream(const Source& source) : source_(source), random_(source.seed) {}

    [[nodiscard]] cases::Case next(std::size_t& discarded) {
        for (std::size_t tries = 0; tries < kMostDiscardedInARow; ++tries) {
            try {
                return source_.drawn(random_.split(), rc::kNominalSize).value();
            } catch (const rc::GenerationFailure&) {
                ++discarded;
            }
        }
        throw std::logic_error("the generator of " + source_.name +
                               " threw away a thousand draws in a row; make it draw what fits");
    }
    [[nodiscard]] std::uint64_t seed_of_laws() { return random_.split().next(); }

private:
    const Source& source_;
    rc::Random random_;
};

/// One case: the sound subject under every law, and what it was worth.
[[nodiscard]] bool sound_holds(Power& power, const subject::ProgramSubject& sound,
                               std::span<const Law> laws, std::size_t source,
                               const cases::Case& drawn, std::uint64_t law_seed) {
    Shares& shares = power.shares;
    ++shares.cases;
    bool undecided = false;
    for (const Law& law : laws) {
        check::Report report = law.holds(sound, drawn, law_seed);
        shares.counts += report.counts;
        undecided = undecided || report.verdict == check::Verdict::undecided;
        if (!report.holds()) {
            power.broken = {power.sources[source], std::move(report), cases::case_lines(drawn)};
            return false;
        }
    }
    shares.undecided += undecided ? 1 : 0;
    count(shares, worth(drawn, cases::budget(drawn, drawn.cotangent, sound.ties()).gradient),
          source);
    return true;
}

/// What the error does to the answer to the case as it was drawn.
[[nodiscard]] Damage damage_to_plain_answer(const subject::ProgramSubject& sound,
                                            const ProgramError& error, const cases::Case& drawn,
                                            std::uint64_t error_seed) {
    const auto planted = error.plant(sound, error_seed);
    static_cast<void>(planted->answer(drawn, drawn.cotangent));
    return planted->damage_done();
}

}  // namespace

std::optional<std::size_t> Sight::median_detection() const {
    std::vector<std::size_t> found;
    for (const auto& cases : detected)
        found.push_back(cases.value_or(std::numeric_limits<std::size_t>::max()));
    if (found.empty()) return std::nullopt;
    std::sort(found.begin(), found.end());
    const std::size_t median = found[found.size() / 2];
    if (median == std::numeric_limits<std::size_t>::max()) return std::nullopt;
    return median;
}

bool Power::too_seldom(const SightsOfError& error, const Sight& sight) const {
    return !all_must_be_planted && !error.anywhere && sight.all.seen == 0 &&
           sight.all.planted < kEnoughPlanted;
}

std::vector<std::string> Power::shortcomings() const {
    std::vector<std::string> found;
    for (const SightsOfError& error : errors) {
        for (const Sight& sight : error.sights) {
            if (!sight.claimed) continue;
            if (std::string why = unmet(*this, error, sight); !why.empty()) {
                found.push_back(std::move(why));
            }
        }
    }
    if (more_than(kMostVacuous, shares.vacuous, shares.cases)) {
        std::string where;
        for (std::size_t s = 0; s < sources.size(); ++s) {
            const std::size_t count = shares.vacuous_by_source[s];
            if (count > 0) where += fmt::format(", {} of {}", count, sources[s]);
        }
        found.push_back(
            fmt::format("{} of {} cases are vacuous (a zero gradient that nobody wanted), at most "
                        "{} % may be{}",
                        shares.vacuous, shares.cases, 100 * kMostVacuous, where));
    }
    const std::size_t draws = shares.cases + shares.discarded;
    if (more_than(kMostDiscarded, shares.discarded, draws)) {
        found.push_back(fmt::format("{} of {} draws were discarded, at most {} % may be",
                                    shares.discarded, draws, 100 * kMostDiscarded));
    }
    return found;
}

void count(Shares& shares, Worth worth, std::size_t source) {
    switch (worth) {
        case Worth::asks: break;
        case Worth::zero_cotangent: ++shares.zero_cotangents; break;
        case Worth::zero_on_purpose: ++shares.zeros_on_purpose; break;
        case Worth::vacuous:
            ++shares.vacuous;
            ++shares.vacuous_by_source[source];
            break;
    }
}

void file(Sight& sight, std::size_t source, std::size_t round, std::size_t cases_drawn,
          const Damage& damage, bool holds) {
    if (!damage.changed) return;
    Tally& of_source = sight.sources[source];
    ++sight.all.planted;
    ++of_source.planted;
    if (holds) return;
    ++sight.all.seen;
    ++of_source.seen;
    sight.smallest = std::min(sight.smallest, damage.budgets);
    if (!sight.detected[round]) sight.detected[round] = cases_drawn;
}

std::vector<Sight> detail::blank_sights(const std::vector<std::string_view>& claimed_by,
                                        const std::vector<std::string_view>& laws,
                                        std::size_t sources, std::size_t rounds) {
    std::vector<Sight> sights;
    const auto add = [&](std::string_view law, bool claimed, bool asked) {
        Sight& sight = sights.emplace_back();
        sight.law = law;
        sight.claimed = claimed;
        sight.asked = asked;
        sight.sources.resize(sources);
        sight.detected.resize(rounds);
    };
    const auto has = [](const std::vector<std::string_view>& names, std::string_view law) {
        return std::find(names.begin(), names.end(), law) != names.end();
    };
    for (const std::string_view law : laws) add(law, has(claimed_by, law), true);
    for (const std::string_view law : claimed_by) {
        if (!has(laws, law)) add(law, true, false);
    }
    return sights;
}

Power power(const subject::ProgramSubject& sound, const PowerPlan& plan) {
    Power found;
    found.subject = sound.name();
    found.seed = plan.seed;
    found.rounds = plan.rounds;
    found.all_must_be_planted = plan.all_must_be_planted;
    std::vector<Stream> streams;
    for (const Source& source : plan.sources) {
        found.sources.push_back(source.name);
        streams.emplace_back(source);
    }
    found.shares.vacuous_by_source.resize(streams.size());
    const std::vector<std::string_view> laws = names_of(plan.laws);
    for (const ProgramError& error : plan.errors) {
        found.errors.push_back(unseen(error, laws, plan.sources.size(), plan.rounds));
    }
    for (std::size_t round = 0; round < plan.rounds; ++round) {
        std::size_t drawn_in_round = 0;
        for (std::size_t k = 0; k < plan.cases * streams.size(); ++k) {
            const std::size_t source = k % streams.size();
            const cases::Case drawn = streams[source].next(found.shares.discarded);
            const std::uint64_t law_seed = streams[source].seed_of_laws();
            const std::uint64_t error_seed = streams[source].seed_of_laws();
            ++drawn_in_round;
            if (!sound_holds(found, sound, plan.laws, source, drawn, law_seed)) {
                return found;
            }
            for (std::size_t e = 0; e < plan.errors.size(); ++e) {
                const Damage plain =
                    damage_to_plain_answer(sound, plan.errors[e], drawn, error_seed);
                for (std::size_t l = 0; l < plan.laws.size(); ++l) {
                    Sight& sight = found.errors[e].sights[l];
                    // Each law meets a subject that has kept nothing.
                    const auto planted = plan.errors[e].plant(sound, error_seed);
                    const cases::Case shown = planted->shown(drawn);
                    const bool holds = plan.laws[l].holds(*planted, shown, law_seed).holds();
                    Damage damage = planted->damage_done();
                    // A law that does not even ask misses what there was to see.
                    if (sight.claimed) damage |= plain;
                    file(sight, source, round, drawn_in_round, damage, holds);
                }
            }
            if (plan.progress && !plan.progress(found.shares.cases)) {
                found.stopped = true;
                return found;
            }
        }
    }
    return found;
}

}  // namespace gradproof::laws
