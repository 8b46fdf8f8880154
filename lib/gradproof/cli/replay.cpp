// Running and telling a replay.
#include <gradproof/cli/replay.hpp>

#include <gradproof/check/check.hpp>
#include <gradproof/cli/exit_code.hpp>
#include <gradproof/cli/report_json.hpp>
#include <gradproof/laws/diagnosis.hpp>
#include <gradproof/laws/law.hpp>
#include <gradproof/laws/vjp_agrees.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace gradproof::cli {

std::vector<std::string> recorded_lines(const cases::CaseFile& saved) {
    if (!saved.finding) return {};
    return {fmt::format("recorded: {} broke \"{}\" (gradproof {})", saved.finding->subject,
                        saved.finding->law, saved.finding->gradproof)};
}

Replay replay(const std::filesystem::path& file,
              const std::function<bool(std::size_t, std::size_t)>& progress) {
    const cases::CaseFile saved = cases::read_file(file);
    Replay result;
    result.file = file.string();
    result.program = cases::case_lines(saved.drawn);
    result.recorded = recorded_lines(saved);
    const std::uint64_t seed = saved.finding ? saved.finding->seed : 0;
    try {
        cases::require_checkable(saved.drawn);
    } catch (const std::invalid_argument& refusal) {
        throw std::invalid_argument(file.string() + ": " + refusal.what());
    }
    const subject::Backprop library;
    for (const laws::Law& law : laws::all_laws()) {
        if (progress && !progress(result.reports.size(), laws::all_laws().size())) {
            result.stopped = true;
            break;
        }
        const bool whole = law.name == laws::kVjpAgrees;
        result.reports.push_back(whole
                                     ? check::gradient(subject::ProgramTrial(library, saved.drawn),
                                                       check::Keep::everything)
                                     : law.holds(library, saved.drawn, seed));
        check::Report& report = result.reports.back();
        if (!report.holds())
            report.diagnosis = laws::diagnosis(library, law, saved.drawn, {}, seed);
    }
    return result;
}

int Replay::exit_code() const {
    const auto holds = [](const check::Report& report) { return report.holds(); };
    if (!std::all_of(reports.begin(), reports.end(), holds)) return kFindings;
    const auto open = [](const check::Report& report) {
        return report.verdict == check::Verdict::undecided;
    };
    return std::any_of(reports.begin(), reports.end(), open) ? kUndecided : kHolds;
}

std::vector<std::string> to_lines(const Replay& replay) {
    std::vector<std::string> lines{replay.exit_code() == kFindings ? "wrong: the case breaks a law"
                                   : replay.exit_code() == kUndecided
                                       ? "undecided: a law could not judge the case"
                                       : "holds: every law on this case"};
    lines.push_back(replay.file + ":");
    for (const std::string& line : replay.program) lines.push_back("  " + line);
    for (const std::string& line : replay.recorded) lines.push_back(line);
    for (const check::Report& report : replay.reports) {
        lines.push_back("");
        for (const std::string& line : check::to_lines(report)) lines.push_back(line);
    }
    return lines;
}

nlohmann::ordered_json json_of(const Replay& replay) {
    using Json = nlohmann::ordered_json;
    Json reports = Json::array();
    for (const check::Report& report : replay.reports) reports.push_back(json_of(report));
    return {{"file", replay.file},
            {"exit_code", replay.exit_code()},
            {"case", replay.program},
            {"reports", reports}};
}

std::string to_json(const Replay& replay) {
    using Json = nlohmann::ordered_json;
    Json json{{"format", "gradproof replay"}, {"version", 1}};
    json.update(json_of(replay));
    return json.dump(2, ' ', false, Json::error_handler_t::replace);
}

}  // namespace gradproof::cli
