// Drawing points, planting, asking.
#include <gradproof/testing/power_of.hpp>

#include <gradproof/laws/worth.hpp>
#include <gradproof/scalar/witness.hpp>
#include <gradproof/testing/user_trial.hpp>

#include <algorithm>

namespace gradproof::testing {

namespace {

/// Draws in a row that may be of no use.
constexpr std::size_t kMostInARow = 1000;

/// Whether the function compares numbers at the point: then it may be constant on the side taken, and
/// that side is half of what there is to try.
[[nodiscard]] bool compares(const callable::Callable& function, const std::vector<double>& flat) {
    scalar::open_exponent_range();
    scalar::Trace<50> trace;
    std::vector<scalar::Witness<50>> inputs;
    for (const double x : flat) inputs.emplace_back(scalar::Wide<50>(x), &trace, true);
    try {
        static_cast<void>(function.evaluate(std::span<const scalar::Witness<50>>(inputs)));
    } catch (const scalar::LeftDomain&) {
    } catch (const scalar::UndecidedComparison&) {
    } catch (const scalar::LeftRange&) {
    }
    return std::ranges::any_of(trace.events, [](const scalar::Event& event) {
        return event.kind == scalar::Event::Kind::comparison;
    });
}

[[nodiscard]] laws::Worth worth_of(const HandWritten& claim, const Point& point) {
    const auto trial = trial_at(claim, "worth", point);
    laws::Setting setting;
    setting.inputs = point.inputs;
    setting.domains = claim.domains;
    setting.cotangent = claim.form == Form::jvp ? point.tangent : trial->cotangent();
    setting.precision = claim.precision();
    setting.special = compares(*claim.function(claim, point.frame).callable, point.flat());
    return laws::worth(setting, trial->budget(trial->cotangent()).gradient);
}

class Run {
public:
    Run(const HandWritten& claim, const std::string& test, const PowerPlan& plan)
        : claim_(claim), plan_(plan), random_(plan.seed), errors_(gradient_errors(claim)) {
        power_.subject = test;
        power_.seed = plan.seed;
        power_.rounds = plan.rounds;
        power_.sources = {test};
        power_.shares.vacuous_by_source.resize(1);
        power_.all_must_be_planted = false;
        std::vector<std::string_view> names;
        for (const UserLaw& law : plan.laws) {
            if (!law.applies(claim)) continue;
            laws_.push_back(&law);
            names.push_back(law.name);
        }
        for (const GradientError& error : errors_) {
            power_.errors.push_back(laws::unseen(error, names, 1, plan.rounds));
        }
    }

    [[nodiscard]] laws::Power result() {
        for (std::size_t round = 0; round < plan_.rounds; ++round) {
            for (std::size_t drawn = 1; drawn <= plan_.cases; ++drawn) {
                const Point point = next_point();
                const std::uint64_t seed = random_.split().next();
                if (!sound_holds(point)) return std::move(power_);
                for (std::size_t e = 0; e < errors_.size(); ++e) {
                    plant(errors_[e], power_.errors[e], point, seed, round, drawn);
                }
            }
        }
        return std::move(power_);
    }

private:
    const HandWritten& claim_;
    const PowerPlan& plan_;
    rc::Random random_;
    std::vector<GradientError> errors_;
    std::vector<const UserLaw*> laws_;
    laws::Power power_;

    [[nodiscard]] Point next_point() {
        bool mild = false;
        for (std::size_t tries = 0; tries < kMostInARow; ++tries) {
            generate::Dice dice(random_.split());
            Point point = plan_.draw(dice, claim_, mild);
            const Use use = use_of(point, claim_);
            if (use == Use::tests) return point;
            mild = use == Use::overflows;
            ++power_.shares.discarded;
        }
        throw BadUse(
            "a thousand draws in a row had to be discarded: the function is not finite at "
            "them; declare with .in(...) where it is");
    }

    [[nodiscard]] bool sound_holds(const Point& point) {
        laws::Shares& shares = power_.shares;
        ++shares.cases;
        const auto trial = trial_at(claim_, power_.subject, point);
        bool undecided = false;
        for (const UserLaw* law : laws_) {
            check::Report report = asked(*law, *trial, point.law_seed);
            shares.counts += report.counts;
            undecided = undecided || report.verdict == check::Verdict::undecided;
            if (!report.holds()) {
                power_.broken = {power_.subject, std::move(report), to_lines(point, claim_)};
                return false;
            }
        }
        shares.undecided += undecided ? 1 : 0;
        laws::count(shares, worth_of(claim_, point), 0);
        return true;
    }

    void plant(const GradientError& error, laws::SightsOfError& sights, const Point& point,
               std::uint64_t seed, std::size_t round, std::size_t drawn) {
        const PlantedGradient once = error.plant(claim_, seed);
        const auto answering = trial_at(once.claim, power_.subject, point);
        static_cast<void>(answering->answer(answering->cotangent()));
        for (std::size_t l = 0; l < laws_.size(); ++l) {
            // Each law meets a gradient that has kept nothing.
            const PlantedGradient planted = error.plant(claim_, seed);
            const auto trial = trial_at(planted.claim, power_.subject, point);
            const bool holds = asked(*laws_[l], *trial, point.law_seed).holds();
            laws::Damage damage = *planted.damage;
            // A law that does not even ask misses what there was to see.
            if (sights.sights[l].claimed) damage |= *once.damage;
            laws::file(sights.sights[l], 0, round, drawn, damage, holds);
        }
    }
};

}  // namespace

laws::Power power_of(const HandWritten& claim, const std::string& test, const PowerPlan& plan) {
    require_domains(claim);
    // What is planted changes numbers and ends no process.
    HandWritten here = claim;
    here.isolation.reset();
    return Run(here, test, plan).result();
}

}  // namespace gradproof::testing
