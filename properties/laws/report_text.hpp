// What a test says of a drawn case that fails: the report, and where its file is, which can be replayed.
#pragma once

#include "../kept_finding.hpp"

#include <gradproof/case/file.hpp>
#include <gradproof/check/report.hpp>

#include <string>

namespace gradproof::laws {

[[nodiscard]] inline std::string text_of(const check::Report& report, const cases::Case& drawn) {
    std::string text;
    for (const std::string& line : check::to_lines(report)) text += line + "\n";
    Finding finding;
    finding.law = find_law(report.law);
    if (finding.law == nullptr) return text + cases::write(drawn);
    finding.minimal = drawn;
    finding.report = report;
    return text + gradproof::testing::kept(finding);
}

}  // namespace gradproof::laws
