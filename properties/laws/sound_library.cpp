// Running a law over the catalogue and over nets, with our own backprop as the subject.
#include "sound_library.hpp"

#include "../drawn_cases.hpp"
#include "../kept_finding.hpp"

#include <gradproof/generate/net_case.hpp>
#include <gradproof/generate/primitive_case.hpp>
#include <gradproof/laws/search.hpp>
#include <gradproof/laws/vjp_agrees.hpp>
#include <gradproof/primitives/catalogue.hpp>

#include <algorithm>
#include <cmath>
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

    Tally& operator+=(const Tally& other) {
        counts += other.counts;
        cases += other.cases;
        undecided_cases += other.undecided_cases;
        return *this;
    }
};

void expect_kept(const Law& law, const rc::Gen<cases::Case>& drawn, Tally& tally) {
    const subject::Backprop library;
    const Outcome outcome =
        search(library, drawn,
               {gradproof::testing::wanted_seed(), gradproof::testing::wanted_costly_cases(), {&law, 1}});
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

/// What the primitive promises of the sharp entries of its gradient.
void expect_sharp(const backprop::Primitive& primitive, const Tally& tally) {
    const check::Counts& counts = tally.counts;
    const double share = static_cast<double>(counts.sharp) /
                         static_cast<double>(std::max<std::size_t>(counts.weighed, 1));
    std::printf("  %-22s %5.1f %% of %zu entries are sharp, their largest error is %.2f ulps\n",
                std::string(primitive.name).c_str(), 100 * share, counts.weighed,
                counts.largest_ulps);
    // Three deviations of a share that is counted in so many entries, which come by up to four a case.
    const double by_chance = 3 / std::sqrt(static_cast<double>(counts.weighed));
    EXPECT_GE(share + by_chance, primitive.sharpness.share) << primitive.name;
    EXPECT_LE(counts.largest_ulps, primitive.sharpness.ulps) << primitive.name;
}

[[nodiscard]] const Law& named(std::string_view law) {
    const Law* found = find_law(law);
    if (found == nullptr) throw std::invalid_argument("no law \"" + std::string(law) + "\"");
    return *found;
}

}  // namespace

void expect_every_primitive_keeps(std::string_view law, scalar::Precision precision) {
    Tally all;
    for (const backprop::Primitive& primitive : primitives::catalogue()) {
        Tally tally;
        expect_kept(named(law), generate::primitive_case(primitive, precision), tally);
        if (law == kVjpAgrees) expect_sharp(primitive, tally);
        all += tally;
    }
    show(named(law), "primitives", precision, all);
}

void expect_nets_keep(std::string_view law, scalar::Precision precision) {
    Tally tally;
    expect_kept(named(law), generate::net_case({}, precision), tally);
    show(named(law), "nets", precision, tally);
}

}  // namespace gradproof::laws
