// Telling findings.
#include <gradproof/campaign/told_finding.hpp>

#include <gradproof/campaign/checksum.hpp>
#include <gradproof/case/file.hpp>
#include <gradproof/laws/finding_file.hpp>

#include <algorithm>

namespace gradproof::campaign {

Place place_of(std::uint64_t block, std::uint64_t index, const cases::Case& drawn) {
    return {block, index, checksum(cases::write(drawn))};
}

ToldFinding told(const laws::Finding& finding, const Place& place, std::string_view version) {
    ToldFinding result;
    result.signature = signature_of(finding);
    result.fault = finding.report.fault.has_value();
    result.name = file_stem(result.signature);
    result.headline = check::to_lines(finding.report).front();
    if (finding.report.diagnosis && !finding.report.diagnosis->empty())
        result.diagnosis = finding.report.diagnosis->front().sentence;
    result.place = place;
    result.tries = finding.shrink_tries;
    result.shrinks = finding.shrinks;
    result.cut_short = finding.cut_short;
    result.file = laws::file_text(finding, version);
    return result;
}

bool is_looked_into(std::uint64_t again, std::uint64_t law_seed) {
    constexpr std::uint64_t rarest = 50;
    return law_seed % std::min(again + 1, rarest) == 0;
}

bool resembles(const ToldFinding& known, const laws::Law& law, const check::Report& report,
               const cases::Case& drawn) {
    if (known.signature.law != law.name || known.fault != report.fault.has_value()) return false;
    if (report.fault && known.signature.kind != to_words(*report.fault)) return false;
    return std::ranges::includes(primitives_of(drawn.graph), known.signature.primitives);
}

}  // namespace gradproof::campaign
