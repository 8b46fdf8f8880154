// What a soak test says of a case that fails: the report, and the case as a file that can be replayed.
#pragma once

#include <gradproof/case/file.hpp>
#include <gradproof/check/report.hpp>

#include <string>

namespace gradproof::laws {

[[nodiscard]] inline std::string text_of(const check::Report& report, const cases::Case& drawn) {
    std::string text;
    for (const std::string& line : check::to_lines(report)) text += line + "\n";
    return text + cases::write(drawn);
}

}  // namespace gradproof::laws
