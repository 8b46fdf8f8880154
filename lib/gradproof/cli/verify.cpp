// Running the laws primitive by primitive, with progress, until done or interrupted.
#include <gradproof/cli/verify.hpp>

#include <gradproof/cli/exit_code.hpp>
#include <gradproof/cli/interrupt.hpp>
#include <gradproof/cli/printing.hpp>
#include <gradproof/cli/progress.hpp>
#include <gradproof/cli/version.hpp>
#include <gradproof/generate/kink_case.hpp>
#include <gradproof/generate/net_case.hpp>
#include <gradproof/generate/primitive_case.hpp>
#include <gradproof/generate/program_case.hpp>
#include <gradproof/laws/finding_file.hpp>
#include <gradproof/laws/undecided_share.hpp>
#include <gradproof/laws/vjp_agrees.hpp>
#include <gradproof/primitives/catalogue.hpp>

#include <algorithm>
#include <chrono>

namespace gradproof::cli {

namespace {

[[nodiscard]] Row row_of(std::string name, const rc::Gen<cases::Case>& generator,
                         const Settings& settings, std::size_t index, Progress& progress) {
    progress.begin(name);
    const subject::Backprop library;
    laws::Plan plan;
    // Each row draws from a seed of its own, so that `--only` draws the same as the whole run.
    plan.seed = settings.seed + index;
    plan.cases = settings.cases;
    plan.laws = laws::all_laws();
    plan.progress = [&](std::size_t done) {
        progress.update(done, settings.cases);
        return !Interrupt::requested();
    };
    plan.descent.progress = [&](std::size_t tries) {
        progress.update(tries, plan.descent.most_tries, "tries to make a finding simpler");
        return !Interrupt::requested();
    };
    laws::Outcome outcome = laws::search(library, generator, plan);
    Row row;
    row.name = std::move(name);
    row.cases = outcome.cases;
    row.undecided_cases = outcome.undecided_cases;
    for (std::size_t k = 0; k < plan.laws.size(); ++k) {
        row.counts += outcome.counts[k];
        if (plan.laws[k].name == laws::kVjpAgrees) row.gradient = outcome.counts[k];
    }
    row.finding = std::move(outcome.finding);
    save(row, ".");
    return row;
}

}  // namespace

void save(Row& row, const std::filesystem::path& folder) {
    if (!row.finding) return;
    laws::Kept kept = laws::keep(*row.finding, folder, version());
    row.saved_as = kept.path.lexically_normal().string();
    row.not_saved = std::move(kept.refusal);
    if (!row.not_saved.empty()) row.unsaved_file = std::move(kept.text);
}

check::Counts Verification::totals() const {
    check::Counts sum;
    for (const Row& row : rows) sum += row.counts;
    return sum;
}

bool Verification::library_holds() const {
    return std::none_of(rows.begin(), rows.end(),
                        [](const Row& row) { return row.finding.has_value(); });
}

bool Verification::derivations_hold() const {
    return std::all_of(derivations.begin(), derivations.end(),
                       [](const auto& derivation) { return derivation.holds(); });
}

bool Verification::too_much_undecided() const {
    return std::any_of(rows.begin(), rows.end(), [](const Row& row) {
        return laws::too_much_undecided(row.undecided_cases, row.cases);
    });
}

bool Verification::every_finding_is_saved() const {
    return std::all_of(rows.begin(), rows.end(),
                       [](const Row& row) { return row.not_saved.empty(); });
}

int Verification::exit_code() const {
    if (!every_finding_is_saved()) return kInputOutput;
    if (!library_holds() || !derivations_hold()) return kFindings;
    if (interrupted) return kInterrupted;
    return too_much_undecided() ? kUndecided : kHolds;
}

Verification verify(const Settings& settings, std::string_view only,
                    const std::vector<Suite>& suites) {
    const backprop::Primitive* chosen = only.empty() ? nullptr : &primitives::primitive(only);
    const auto start = std::chrono::steady_clock::now();
    Verification verification;
    verification.settings = settings;
    const Interrupt interrupt;
    {
        const std::vector<backprop::Primitive>& all = primitives::catalogue();
        struct Mixture {
            std::string_view name;
            rc::Gen<cases::Case> cases;
        };
        const Mixture mixtures[] = {{"random programs", generate::program_case()},
                                    {"small nets", generate::net_case()},
                                    {"at kinks", generate::kink_case()}};
        Progress progress(chosen != nullptr ? 1 : all.size() + std::size(mixtures));
        for (std::size_t i = 0; i < all.size() && !Interrupt::requested(); ++i) {
            if (chosen != nullptr && chosen != &all[i]) continue;
            verification.rows.push_back(row_of(
                std::string(all[i].name), generate::primitive_case(all[i]), settings, i, progress));
        }
        std::size_t index = all.size();
        for (const Mixture& mixture : mixtures) {
            if (chosen != nullptr || Interrupt::requested()) break;
            verification.rows.push_back(
                row_of(std::string(mixture.name), mixture.cases, settings, index++, progress));
        }
    }
    if (chosen == nullptr) {
        for (const Suite& suite : suites) {
            if (!Interrupt::requested())
                verification.derivations.push_back(suite.judge(settings.seed));
        }
    }
    verification.interrupted = Interrupt::requested();
    verification.seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return verification;
}

int print_report(const Verification& verification, bool json) {
    for (const Row& row : verification.rows) {
        if (!row.not_saved.empty())
            complain("gradproof: " + row.not_saved + "\n" + row.unsaved_file);
    }
    json ? print(to_json(verification) + "\n") : print(to_lines(verification));
    return verification.exit_code();
}

}  // namespace gradproof::cli
