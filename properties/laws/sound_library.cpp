// Running a law over the catalogue and over nets, with our own backprop as the subject.
#include "sound_library.hpp"

#include "../drawn_cases.hpp"
#include "../kept_finding.hpp"

#include <gradproof/generate/net_case.hpp>
#include <gradproof/generate/primitive_case.hpp>
#include <gradproof/laws/search.hpp>
#include <gradproof/primitives/catalogue.hpp>

#include <cstdio>
#include <string>

#include <gtest/gtest.h>

namespace gradproof::laws {

namespace {

[[nodiscard]] std::string joined(const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines) text += line + "\n";
    return text;
}

/// What was drawn and judged for one law.
struct Tally {
    check::Counts counts;
    std::size_t cases = 0;
    std::size_t undecided_cases = 0;
};

void expect_kept(const Law& law, const rc::Gen<cases::Case>& drawn, Tally& tally) {
    const subject::Backprop library;
    const Outcome outcome =
        search(library, drawn,
               {gradproof::testing::wanted_seed(), gradproof::testing::wanted_cases(), {&law, 1}});
    tally.counts += outcome.counts[0];
    tally.cases += outcome.cases;
    tally.undecided_cases += outcome.undecided_cases;
    if (!outcome.finding) return;
    const Finding& finding = *outcome.finding;
    ADD_FAILURE() << joined(check::to_lines(finding.report))
                  << joined(cases::case_lines(finding.minimal)) << "case " << finding.cases
                  << ", shrunk in " << finding.shrink_tries << " tries, "
                  << gradproof::testing::kept(finding);
}

/// What was judged, and that little was left open: one case in a hundred, and one more in small runs.
void show(const Law& law, const char* over, scalar::Precision precision, const Tally& tally) {
    const check::Counts& counts = tally.counts;
    std::printf(
        "  \"%s\" over %zu cases of %s in %s: %zu numbers and %zu directions; %zu powerless, %zu "
        "out of range, "
        "%zu nonsmooth; %zu cases undecided; largest share of the budget %.3f\n",
        std::string(law.name).c_str(), tally.cases, over,
        precision == scalar::Precision::binary64 ? "binary64" : "binary32", counts.entries,
        counts.directions, counts.powerless, counts.out_of_range, counts.nonsmooth,
        tally.undecided_cases, counts.largest_share);
    EXPECT_LE(100 * tally.undecided_cases, tally.cases + 100) << law.name;
}

[[nodiscard]] const Law& named(std::string_view law) {
    const Law* found = find_law(law);
    if (found == nullptr) throw std::invalid_argument("no law \"" + std::string(law) + "\"");
    return *found;
}

}  // namespace

void expect_every_primitive_keeps(std::string_view law, scalar::Precision precision) {
    Tally tally;
    for (const backprop::Primitive& primitive : primitives::catalogue()) {
        expect_kept(named(law), generate::primitive_case(primitive, precision), tally);
    }
    show(named(law), "primitives", precision, tally);
}

void expect_nets_keep(std::string_view law, scalar::Precision precision) {
    Tally tally;
    expect_kept(named(law), generate::net_case({}, precision), tally);
    show(named(law), "nets", precision, tally);
}

}  // namespace gradproof::laws
