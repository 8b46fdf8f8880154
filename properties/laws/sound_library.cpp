// Running a law over the catalogue and over nets, with our own backprop as the subject.
#include "sound_library.hpp"

#include "../drawn_cases.hpp"

#include <gradproof/case/file.hpp>
#include <gradproof/generate/net_case.hpp>
#include <gradproof/generate/primitive_case.hpp>
#include <gradproof/laws/search.hpp>
#include <gradproof/primitives/catalogue.hpp>

#include <cctype>
#include <cstdio>
#include <filesystem>
#include <string>

#include <gtest/gtest.h>

namespace gradproof::laws {

namespace {

[[nodiscard]] std::string joined(const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines) text += line + "\n";
    return text;
}

/// Saves the minimal case in the working directory, to be replayed with `gradproof replay`.
[[nodiscard]] std::string saved(const Finding& finding, std::string name) {
    name += "-" + std::string(finding.law->name);
    for (char& c : name) {
        if (std::isalnum(static_cast<unsigned char>(c)) == 0) c = '-';
    }
    const std::filesystem::path path = std::filesystem::current_path() / ("finding-" + name + ".json");
    cases::Finding told;
    told.law = finding.law->name;
    told.subject = finding.report.subject;
    told.seed = finding.law_seed;
    told.verdict = check::to_words(finding.report.verdict);
    told.report = check::to_lines(finding.report);
    cases::write_file(path, finding.minimal, told);
    return path.string();
}

void expect_kept(const std::string& name, const Law& law, const rc::Gen<cases::Case>& drawn, std::size_t cases,
                 check::Counts& counts) {
    const subject::Backprop library;
    const Outcome outcome = search(library, drawn, {gradproof::testing::wanted_seed(), cases, {&law, 1}});
    counts += outcome.counts[0];
    if (!outcome.finding) return;
    const Finding& finding = *outcome.finding;
    ADD_FAILURE() << joined(check::to_lines(finding.report)) << joined(cases::program_lines(finding.minimal.graph))
                  << cases::write(finding.minimal) << "case " << finding.cases << ", shrunk in "
                  << finding.shrink_tries << " tries, saved as " << saved(finding, name);
}

/// What was judged, and that little was left open.
void show(const Law& law, const char* over, scalar::Precision precision, const check::Counts& counts) {
    std::printf("  \"%s\" over %s in %s: %zu numbers and %zu directions; %zu powerless, %zu out of range, "
                "%zu nonsmooth, %zu undecided; largest share of the budget %.3f\n",
                std::string(law.name).c_str(), over, precision == scalar::Precision::binary64 ? "binary64" : "binary32",
                counts.entries, counts.directions, counts.powerless, counts.out_of_range, counts.nonsmooth,
                counts.undecided, counts.largest_share);
    EXPECT_LE(100 * counts.undecided, counts.entries + 100) << law.name;
}

[[nodiscard]] const Law& named(std::string_view law) {
    const Law* found = find_law(law);
    if (found == nullptr) throw std::invalid_argument("no law \"" + std::string(law) + "\"");
    return *found;
}

}  // namespace

void expect_every_primitive_keeps(std::string_view law, scalar::Precision precision) {
    check::Counts counts;
    for (const backprop::Primitive& primitive : primitives::catalogue()) {
        expect_kept(std::string(primitive.name), named(law), generate::primitive_case(primitive, precision),
                    gradproof::testing::wanted_cases(), counts);
    }
    show(named(law), "primitives", precision, counts);
}

void expect_nets_keep(std::string_view law, scalar::Precision precision) {
    check::Counts counts;
    expect_kept("net", named(law), generate::net_case({}, precision), gradproof::testing::wanted_cases(), counts);
    show(named(law), "nets", precision, counts);
}

}  // namespace gradproof::laws
