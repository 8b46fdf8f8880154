// Walking directories, replaying file by file with progress, and telling it.
#include <gradproof/cli/file_check.hpp>

#include <gradproof/case/quotation.hpp>
#include <gradproof/case/whole_file.hpp>
#include <gradproof/cli/exit_code.hpp>
#include <gradproof/cli/interrupt.hpp>
#include <gradproof/cli/progress.hpp>
#include <gradproof/cli/report_json.hpp>
#include <gradproof/cli/version.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <exception>
#include <filesystem>
#include <map>
#include <stdexcept>
#include <system_error>
#include <utility>

namespace gradproof::cli {

namespace {

namespace fs = std::filesystem;

[[nodiscard]] CheckedFile refused(std::string file, int code, std::string why) {
    CheckedFile checked;
    checked.file = std::move(file);
    checked.exit_code = code;
    checked.refusal = std::move(why);
    return checked;
}

/// An argument's files, or the refusal of a directory that has none.
struct Given {
    std::vector<std::string> files;
    std::optional<CheckedFile> refusal;
};

[[nodiscard]] Given files_below(const std::string& directory) {
    Given given;
    std::error_code error;
    fs::recursive_directory_iterator entry(directory, error);
    for (; !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
        std::error_code dangling;  // a link to nowhere is told of when it is read
        if (entry->path().extension() == ".json" && !entry->is_directory(dangling))
            given.files.push_back(entry->path().string());
    }
    std::sort(given.files.begin(), given.files.end());
    if (error) {
        given.refusal = refused(directory, kInputOutput,
                                directory + ": could not be read: " + error.message() +
                                    "; change its permissions, or name the files one by one");
    } else if (given.files.empty()) {
        given.refusal = refused(directory, kBadUse,
                                directory +
                                    ": given a directory without any *.json in or below "
                                    "it, wanted case files; mend the path");
    }
    return given;
}

[[nodiscard]] Given files_of(const std::string& argument) {
    std::error_code missing;
    return fs::is_directory(argument, missing) ? files_below(argument) : Given{{argument}, {}};
}

[[nodiscard]] CheckedFile checked(const std::string& file, Progress& progress) {
    CheckedFile result;
    result.file = file;
    progress.begin(fs::path(file).filename().string());  // a line that wraps can't be renewed
    try {
        result.replay = replay(file, subject::Backprop(), [&](std::size_t done, std::size_t all) {
            progress.update(done, all, "laws");
            return !Interrupt::requested();
        });
        result.exit_code = result.replay->exit_code();
        return result;
    } catch (const cases::FileError& error) {
        return refused(file, kInputOutput, error.what());
    } catch (const std::invalid_argument& error) {
        return refused(file, kBadUse, error.what());
    } catch (const std::exception& error) {
        return refused(file, kInternalError, file + ": " + error.what());
    }
}

[[nodiscard]] std::string line_of(const CheckedFile& file) {
    if (!file.replay) return fmt::format("{:<12} {}", file.verdict(), file.refusal);
    std::string line = fmt::format("{:<12} {}", file.verdict(), file.file);
    const std::vector<std::string> laws = file.laws();
    if (laws.empty()) return line;
    return line + (file.exit_code == kFindings ? " breaks " : " could not be judged by ") +
           cases::quotations(laws);
}

/// "5 files: 3 hold, 1 wrong, 1 bad input".
[[nodiscard]] std::string counts_line(const FileCheck& check) {
    std::map<std::string, std::size_t> counts;
    for (const CheckedFile& file : check.files) ++counts[file.verdict()];
    const std::size_t hold = std::exchange(counts["holds"], 0);
    std::string line = fmt::format("{} {}: {} {}", check.given, check.given == 1 ? "file" : "files",
                                   hold, hold == 1 ? "holds" : "hold");
    for (const auto& [verdict, count] : counts) {
        if (count > 0) line += fmt::format(", {} {}", count, verdict);
    }
    if (check.interrupted)
        line = fmt::format("interrupted after {} of {}", check.files.size(), line);
    return line;
}

}  // namespace

std::string CheckedFile::verdict() const {
    if (!replay) {
        return exit_code == kBadUse        ? "bad input"
               : exit_code == kInputOutput ? "unreadable"
                                           : "failed";
    }
    if (exit_code != kFindings) return exit_code == kUndecided ? "undecided" : "holds";
    check::Verdict worst =
        check::Verdict::undecided;  // of digits that are lost, and nobody knows why
    for (const check::Report& report : replay->reports) {
        if (!report.holds()) worst = std::max(worst, report.verdict);
    }
    return worst == check::Verdict::undecided ? "lost digits" : std::string(to_words(worst));
}

std::vector<std::string> CheckedFile::laws() const {
    std::vector<std::string> laws;
    if (!replay) return laws;
    for (const check::Report& report : replay->reports) {
        const bool told =
            exit_code == kFindings ? !report.holds() : report.verdict == check::Verdict::undecided;
        if (told) laws.push_back(report.law);
    }
    return laws;
}

int FileCheck::exit_code() const {
    const auto any = [this](int code) {
        return std::ranges::any_of(
            files, [code](const CheckedFile& file) { return file.exit_code == code; });
    };
    for (const int code : {kInternalError, kBadUse, kInputOutput, kFindings}) {
        if (any(code)) return code;
    }
    if (interrupted) return kInterrupted;
    return any(kUndecided) ? kUndecided : kHolds;
}

FileCheck check_files(const std::vector<std::string>& arguments) {
    FileCheck check;
    const Interrupt interrupt;
    std::vector<Given> all;
    for (const std::string& argument : arguments) {
        const Given& given = all.emplace_back(files_of(argument));
        check.given += given.files.size() + (given.refusal ? 1 : 0);
    }
    Progress progress(check.given);
    for (const Given& given : all) {
        for (const std::string& file : given.files) {
            if (Interrupt::requested()) break;
            CheckedFile result = checked(file, progress);
            // What was stopped half-way says something only if it is a finding.
            const bool half = result.replay && result.replay->stopped;
            if (!half || result.exit_code == kFindings) check.files.push_back(std::move(result));
        }
        if (given.refusal) check.files.push_back(*given.refusal);
    }
    check.interrupted = Interrupt::requested() && check.files.size() < check.given;
    return check;
}

std::vector<std::string> to_lines(const FileCheck& check) {
    std::vector<std::string> lines;
    for (const CheckedFile& file : check.files) lines.push_back(line_of(file));
    for (const CheckedFile& file : check.files) {
        if (!file.replay || file.exit_code == kHolds) continue;
        lines.push_back("");
        for (const std::string& line : to_lines(*file.replay)) lines.push_back(line);
    }
    lines.push_back("");
    lines.push_back(counts_line(check));
    return lines;
}

std::string to_json(const FileCheck& check) {
    Json files = Json::array();
    for (const CheckedFile& file : check.files) {
        Json json{{"file", file.file}, {"verdict", file.verdict()}, {"exit_code", file.exit_code}};
        if (file.replay) {
            json["laws"] = file.laws();
            json.update(json_of(*file.replay));
        } else {
            json["refusal"] = file.refusal;
        }
        files.push_back(std::move(json));
    }
    return Json{{"format", "gradproof check"},
                {"version", 1},
                {"gradproof", version()},
                {"exit_code", check.exit_code()},
                {"interrupted", check.interrupted},
                {"given", check.given},
                {"files", files}}
        .dump(2, ' ', false, Json::error_handler_t::replace);
}

}  // namespace gradproof::cli
