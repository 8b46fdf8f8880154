// Drawing, asking, and descent to a simple point.
#include <gradproof/testing/proof.hpp>

#include <gradproof/case/whole_file.hpp>
#include <gradproof/generate/domain.hpp>
#include <gradproof/testing/diagnosed.hpp>
#include <gradproof/testing/form_laws.hpp>
#include <gradproof/testing/saved_points.hpp>
#include <gradproof/testing/user_laws.hpp>

#include <algorithm>
#include <utility>

namespace gradproof::testing {

namespace {

/// A descent takes tens to hundreds of tries; one that goes on longer has long been readable.
constexpr std::size_t kMostTries = 2000;
/// Tries that may take their whole time limit.
constexpr std::size_t kMostHangs = 20;

struct Break {
    const UserLaw* law;
    check::Report report;
};

/// Whether any derivative would be 0: there is nothing to differentiate by, or nothing is asked of it.
[[nodiscard]] bool asks_nothing(const UserTrial& trial) {
    const auto zero = [](double u) { return u == 0; };
    if (trial.inputs().empty()) return true;
    return trial.claim().form == Form::jvp ? std::ranges::all_of(trial.point().tangent, zero)
                                           : std::ranges::all_of(trial.cotangent(), zero);
}

/// The first law that breaks at the point; what was held against differences is counted in `proof`.
[[nodiscard]] std::optional<Break> first_break(const HandWritten& claim, const Point& point,
                                               Proof& proof) {
    const auto trial = trial_at(claim, proof.test, point);
    bool undecided = false;
    for (const UserLaw& law : user_laws()) {
        if (!law.applies(claim)) continue;
        check::Report report = asked(law, *trial, point.law_seed);
        if (!report.holds()) return Break{&law, std::move(report)};
        undecided = undecided || report.verdict == check::Verdict::undecided;
        if (is_agreement(law.name) && !asks_nothing(*trial)) proof.counts += report.counts;
    }
    if (undecided) ++proof.undecided;
    return std::nullopt;
}

/// All laws that break at the point: the first in their order becomes the headline.
void name_broken_laws(Broken& found, const HandWritten& claim, const std::string& test) {
    const auto trial = trial_at(claim, test, found.point);
    std::vector<check::Report> reports;
    for (const UserLaw& law : user_laws()) {
        if (!law.applies(claim)) continue;
        check::Report report = asked(law, *trial, found.point.law_seed);
        const auto same = [&](const check::Report& other) { return other.law == report.law; };
        if (report.holds() || std::ranges::any_of(reports, same)) continue;
        reports.push_back(std::move(report));
        if (reports.back().fault) break;  // nor would it answer the next law
    }
    // A subject that keeps state may hold now what it broke before.
    if (reports.empty()) return;
    found.report = std::move(reports.front());
    if (is_agreement(found.report.law)) {
        found.report = with_cause(*trial, std::move(found.report));
    }
    for (std::size_t i = 1; i < reports.size(); ++i) found.also.push_back(reports[i].law);
}

/// Descends along ever simpler points that break the same law.
[[nodiscard]] Broken simplest(const HandWritten& claim, const std::string& test, Point point,
                              Break broken, bool shrink) {
    Broken found;
    found.point = std::move(point);
    found.report = std::move(broken.report);
    std::size_t hangs = 0;
    for (bool descended = shrink; descended && found.tries < kMostTries;) {
        descended = false;
        for (Point& simpler : simpler_points(found.point, claim)) {
            if (++found.tries > kMostTries || hangs > kMostHangs) break;
            if (use_of(simpler, claim) != Use::tests) continue;
            check::Report report =
                asked(*broken.law, *trial_at(claim, test, simpler), simpler.law_seed);
            hangs += report.fault == subject::FaultKind::hung ? 1 : 0;
            if (!check::same_kind(found.report, report) || report.law != found.report.law) continue;
            found.point = std::move(simpler);
            found.report = std::move(report);
            ++found.shrinks;
            descended = true;
            break;
        }
    }
    name_broken_laws(found, claim, test);
    found.report.diagnosis = diagnosed(found.report, found.point, claim, test);
    return found;
}

/// Counts a draw that is of no use. Throws where there are too many, or where a domain was declared.
void discard(Proof& proof, Use use, const Point& point, const HandWritten& claim) {
    if (use == Use::outside && claim.domains_declared) {
        throw BadUse("the function is not defined at " + on_one_line(point, claim) +
                     ", which the declared domain holds; declare a narrower one with .in(...)");
    }
    (use == Use::outside ? proof.outside : proof.overflowing) += 1;
    const std::size_t discarded = proof.outside + proof.overflowing;
    // More than half of as many draws as are wanted can only end above one half.
    if (discarded <= std::max<std::size_t>(proof.plan.cases, 20)) return;
    const bool domain = proof.outside > proof.overflowing;
    throw BadUse("more than half of the draws had to be discarded, " +
                 std::to_string(proof.outside) + " outside the function's domain and " +
                 std::to_string(proof.overflowing) + " where it overflows, the last at " +
                 on_one_line(point, claim) + "; declare where it is " +
                 (domain ? "defined, such as .in(gradproof::positive())"
                         : "finite, such as .in(gradproof::between(-10, 10))"));
}

/// Counts a case on which every law held by what its agreement is worth.
void count_worth(Proof& proof, const HandWritten& claim, const Point& point) {
    const auto trial = trial_at(claim, proof.test, point);
    if (asks_nothing(*trial)) {
        ++proof.unasked;
        return;
    }
    const auto zero = [](const scalar::Allowance& g) { return g.reference == 0 && g.bound == 0; };
    if (std::ranges::all_of(trial->budget(trial->cotangent()).gradient, zero)) {
        ++proof.vacuous;
    }
}

void keep(Broken& broken, const std::filesystem::path& path, std::vector<SavedPoint> saved,
          const std::string& test, const HandWritten& claim) {
    const SavedPoint point{broken.point, broken.report.law};
    try {
        keep_point(path, std::move(saved), point, test, claim);
        broken.kept = "kept in " + path.string() + "; every later run of this test begins with it";
    } catch (const cases::FileError& refusal) {
        broken.kept = std::string("not kept for later runs: ") + refusal.what() +
                      "\nwhat the file would hold:\n" + write_points({point}, test, claim);
    }
}

}  // namespace

Proof prove(const HandWritten& claim, const std::string& test, const Plan& plan) {
    require_domains(claim);
    Proof proof;
    proof.test = test;
    proof.plan = plan;
    const std::filesystem::path path = points_path(plan.directory, test);
    std::vector<SavedPoint> saved;
    if (plan.keep) saved = load_points(path, test, claim);
    for (const SavedPoint& old : saved) {
        if (use_of(old.point, claim) != Use::tests) {
            ++proof.of_no_use;
            continue;
        }
        ++proof.replayed;
        if (auto broken = first_break(claim, old.point, proof)) {
            proof.broken = simplest(claim, test, old.point, std::move(*broken), false);
            proof.broken->saved_before = true;
            proof.broken->kept = "kept in " + path.string() + " since an earlier run";
            return proof;
        }
    }

    rc::Random random(plan.seed);
    bool mild = false;
    while (proof.cases < plan.cases) {
        generate::Dice dice(random.split());
        Point point = draw_point(dice, claim, mild);
        const Use use = use_of(point, claim);
        mild = use == Use::overflows;  // the next draw is to be of use
        if (use != Use::tests) {
            discard(proof, use, point, claim);
            continue;
        }
        ++proof.cases;
        if (auto broken = first_break(claim, point, proof)) {
            proof.broken = simplest(claim, test, std::move(point), std::move(*broken), plan.shrink);
            if (plan.keep) keep(*proof.broken, path, saved, test, claim);
            return proof;
        }
        count_worth(proof, claim, point);
    }
    return proof;
}

}  // namespace gradproof::testing
