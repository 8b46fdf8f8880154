// The words of a proof: its verdict, the point, what could not be judged, how to see it again.
#include <gradproof/testing/proof.hpp>

#include <fmt/format.h>

namespace gradproof::testing {

namespace {

/// More than this share of undecided cases is no proof.
constexpr double kMostUndecided = 0.05;

[[nodiscard]] std::string counted(std::size_t count, std::string_view one, std::string_view many) {
    return fmt::format("{} {}", count, count == 1 ? one : many);
}

/// What the first `cases` cases were worth.
[[nodiscard]] std::string judged_line(const Proof& proof, std::size_t cases) {
    const check::Counts& n = proof.counts;
    std::string line = fmt::format("{} of {} judged in {}", proof.counts.judged,
                                   counted(n.entries + n.directions, "number", "numbers"),
                                   counted(cases, "case", "cases"));
    line += fmt::format("; not judged: {} powerless, {} out of range, {} undecided", n.powerless,
                        n.out_of_range, n.undecided);
    if (n.nonsmooth > 0) line += fmt::format("; {} at nonsmooth points", n.nonsmooth);
    if (proof.outside + proof.overflowing > 0) {
        line += fmt::format("; discarded: {} outside the domain, {} overflowing", proof.outside,
                            proof.overflowing);
    }
    if (proof.vacuous > 0) line += fmt::format("; {} with a zero gradient", proof.vacuous);
    if (proof.of_no_use > 0) {
        line += fmt::format(
            "; {} kept from earlier runs cannot be asked: the function overflows or is not defined "
            "there",
            counted(proof.of_no_use, "point", "points"));
    }
    return line;
}

[[nodiscard]] std::string replay_line(const Proof& proof) {
    // A saved point comes first whatever the seed.
    const bool saved = proof.broken && proof.broken->saved_before;
    const std::string draws = saved ? ""
                                    : fmt::format("RC_PARAMS=\"seed={} max_success={}\" ",
                                                  proof.plan.seed, proof.plan.cases);
    return draws + proof.plan.again;
}

}  // namespace

std::string Proof::shortcoming() const {
    const std::size_t numbers = counts.entries + counts.directions;
    if (counts.judged == 0 && vacuous == 0) {
        return fmt::format(
            "nothing could be judged: of {}, {} powerless (rounding may cost more than an eighth "
            "of "
            "them), {} out of range, {} undecided; write the function in a form that does not "
            "cancel, "
            "or declare with .in(...) where it is well conditioned",
            counted(numbers, "number", "numbers"), counts.powerless, counts.out_of_range,
            counts.undecided);
    }
    const std::size_t all = cases + replayed;
    if (static_cast<double>(undecided) > kMostUndecided * static_cast<double>(all)) {
        return fmt::format(
            "{} of {} could not be decided, at most 5 % may; declare with .in(...) a domain "
            "without "
            "jumps, or compare in the function what rounding cannot turn around",
            undecided, counted(all, "case", "cases"));
    }
    if (vacuous > 0 && vacuous + unasked == cases) {
        return "the function does not depend on its inputs: its gradient was 0 in every case; "
               "return "
               "a value that is computed from them";
    }
    return {};
}

std::vector<std::string> to_lines(const Proof& proof, const HandWritten& claim) {
    if (!proof.broken) {
        const std::string shortcoming = proof.shortcoming();
        std::vector<std::string> lines;
        if (shortcoming.empty()) {
            lines.push_back(fmt::format("agrees: {} holds every law", proof.test));
        } else {
            lines.push_back(
                fmt::format("undecided: {} is not proven: {}", proof.test, shortcoming));
        }
        lines.push_back("  " + judged_line(proof, proof.cases + proof.replayed));
        lines.push_back(fmt::format("  the largest error took {:.2g} of what rounding may cost",
                                    proof.counts.largest_share));
        lines.push_back("  again: " + replay_line(proof));
        return lines;
    }
    const Broken& broken = *proof.broken;
    std::vector<std::string> lines = check::to_lines(broken.report);
    lines.push_back("at");
    for (const std::string& line : to_lines(broken.point, claim)) lines.push_back("  " + line);
    for (const std::string& law : broken.also)
        lines.push_back("there it also breaks \"" + law + "\"");
    if (!broken.saved_before) {
        lines.push_back(fmt::format("found in case {} of {}, made simpler {} in {}", proof.cases,
                                    proof.plan.cases, counted(broken.shrinks, "time", "times"),
                                    counted(broken.tries, "try", "tries")));
    }
    const std::size_t before = proof.cases + proof.replayed - 1;
    if (before > 0) lines.push_back("before it: " + judged_line(proof, before));
    if (proof.plan.keep) {
        lines.push_back("again: " + replay_line(proof));
        lines.push_back(broken.kept);
    }
    return lines;
}

}  // namespace gradproof::testing
