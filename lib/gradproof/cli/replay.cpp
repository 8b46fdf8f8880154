// Running and telling a replay.
#include <gradproof/cli/replay.hpp>

#include <gradproof/check/check.hpp>
#include <gradproof/cli/exit_code.hpp>
#include <gradproof/cli/report_json.hpp>
#include <gradproof/laws/ask.hpp>
#include <gradproof/laws/diagnosis.hpp>
#include <gradproof/laws/law.hpp>
#include <gradproof/laws/second_form_agrees.hpp>
#include <gradproof/laws/vjp_agrees.hpp>
#include <gradproof/subject/fault.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace gradproof::cli {

namespace {

[[nodiscard]] check::Report every_entry_agrees(const subject::ProgramSubject& subject,
                                               const cases::Case& drawn, std::uint64_t) {
    return check::gradient(subject::ProgramTrial(subject, drawn), check::Keep::everything);
}

/// All laws, that on the gradient with every entry in its report; without the one on the catalogue's own
/// primals for a subject that does not compute with them.
[[nodiscard]] std::vector<laws::Law> laws_for(const subject::ProgramSubject& subject) {
    std::vector<laws::Law> all;
    for (laws::Law law : laws::all_laws()) {
        if (law.name == laws::kSecondFormAgrees && subject.rules() == nullptr) continue;
        if (law.name == laws::kVjpAgrees) law.holds = every_entry_agrees;
        all.push_back(law);
    }
    return all;
}

}  // namespace

std::vector<std::string> recorded_lines(const cases::CaseFile& saved) {
    if (!saved.finding) return {};
    return {fmt::format("recorded: {} broke \"{}\" (gradproof {})", saved.finding->subject,
                        saved.finding->law, saved.finding->gradproof)};
}

Replay replay(const std::filesystem::path& file, const subject::ProgramSubject& subject,
              const std::function<bool(std::size_t, std::size_t)>& progress) {
    const cases::CaseFile saved = cases::read_file(file);
    Replay result;
    result.file = file.string();
    result.subject = subject.name();
    result.program = cases::case_lines(saved.drawn);
    result.recorded = recorded_lines(saved);
    const std::uint64_t seed = saved.finding ? saved.finding->seed : 0;
    try {
        cases::require_checkable(saved.drawn);
    } catch (const std::invalid_argument& refusal) {
        throw std::invalid_argument(file.string() + ": " + refusal.what());
    }
    const std::vector<laws::Law> laws = laws_for(subject);
    for (std::size_t k = 0; k < laws.size(); ++k) {
        if (progress && !progress(k, laws.size())) {
            result.stopped = true;
            break;
        }
        result.reports.push_back(laws::ask(laws[k], subject, saved.drawn, seed));
        check::Report& report = result.reports.back();
        if (report.fault == subject::FaultKind::hung) {
            result.unasked = laws.size() - k - 1;
            break;
        }
        if (!report.holds() && !report.fault)
            report.diagnosis = laws::diagnosis(subject, laws[k], saved.drawn, {}, seed);
    }
    return result;
}

bool Replay::not_taken() const {
    return std::any_of(reports.begin(), reports.end(), [](const check::Report& report) {
        return report.law == laws::kVjpAgrees && report.counts.not_offered > 0;
    });
}

int Replay::exit_code() const {
    const auto holds = [](const check::Report& report) { return report.holds(); };
    if (!std::all_of(reports.begin(), reports.end(), holds)) return kFindings;
    const auto open = [](const check::Report& report) {
        return report.verdict == check::Verdict::undecided;
    };
    return not_taken() || std::any_of(reports.begin(), reports.end(), open) ? kUndecided : kHolds;
}

std::vector<std::string> to_lines(const Replay& replay) {
    std::vector<std::string> lines{
        replay.exit_code() == kFindings ? "wrong: the case breaks a law"
        : replay.not_taken()            ? "undecided: " + replay.subject + " does not take the case"
        : replay.exit_code() == kUndecided ? "undecided: a law could not judge the case"
                                           : "holds: every law on this case"};
    lines.push_back(replay.file + ":");
    for (const std::string& line : replay.program) lines.push_back("  " + line);
    for (const std::string& line : replay.recorded) lines.push_back(line);
    for (const check::Report& report : replay.reports) {
        lines.push_back("");
        for (const std::string& line : check::to_lines(report)) lines.push_back(line);
    }
    if (replay.unasked > 0) {
        lines.push_back("");
        lines.push_back(fmt::format("{} more laws were not asked: {} would hang in each of them",
                                    replay.unasked, replay.subject));
    }
    return lines;
}

Json json_of(const Replay& replay) {
    Json reports = Json::array();
    for (const check::Report& report : replay.reports) reports.push_back(json_of(report));
    return {{"file", replay.file},
            {"subject", replay.subject},
            {"exit_code", replay.exit_code()},
            {"not_taken", replay.not_taken()},
            {"laws_not_asked", replay.unasked},
            {"case", replay.program},
            {"reports", reports}};
}

std::string to_json(const Replay& replay) {
    Json json{{"format", "gradproof replay"}, {"version", 1}};
    json.update(json_of(replay));
    return json.dump(2, ' ', false, Json::error_handler_t::replace);
}

}  // namespace gradproof::cli
