// Appending to the journal by POSIX calls, and reading it line by line.
#include <gradproof/campaign/journal.hpp>

#include <fmt/format.h>

#include <cerrno>
#include <fstream>
#include <stdexcept>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace gradproof::campaign {

namespace {

namespace fs = std::filesystem;
using cases::Descriptor;
using cases::FileError;

[[nodiscard]] fs::path journal_of(const fs::path& folder) { return folder / "journal.jsonl"; }

[[nodiscard]] FileError refusal(const fs::path& path, std::string_view what, int error) {
    const bool full = error == ENOSPC || error == EDQUOT || error == EFBIG;
    return FileError(fmt::format(
        "{}: could not be {}: {}; {}", path.string(), what, std::generic_category().message(error),
        full ? "make room, then go on with --resume" : "mend that, or choose another folder"));
}

/// How every line begins.
constexpr std::string_view kBeginning = "{\"line\":\"";

/// What of a journal is sound.
struct Sound {
    Account account;
    std::size_t bytes = 0;     ///< of whole lines
    std::size_t cut_off = 0;   ///< after them
    bool is_torn_line = true;  ///< what is after them may be the beginning of one
};

/// A last line without its end was not written whole, and is cut off; a whole one that does not read was
/// changed.
[[nodiscard]] Sound read_lines(const fs::path& path,
                               const std::function<void(const Line&)>& each = {}) {
    std::ifstream file(path, std::ios::binary);
    if (!file) throw refusal(path, "read", errno);
    Sound sound;
    std::string text;
    std::size_t number = 0;
    while (std::getline(file, text)) {
        ++number;
        const bool whole = !file.eof();
        std::optional<Line> line;
        try {
            if (whole) line = read_line(text);
            if (line) {
                sound.account.add(*line);
                if (each) each(*line);
            }
        } catch (const std::invalid_argument& error) {
            throw std::invalid_argument(
                fmt::format("{}:{}: {}; was it written by another version of "
                            "gradproof?",
                            path.string(), number, error.what()));
        }
        const std::size_t bytes = text.size() + (whole ? 1 : 0);
        if (line) {
            sound.bytes += bytes;
        } else if (whole) {
            throw std::invalid_argument(
                fmt::format("{}:{}: the line and its checksum do not fit; it was changed: put the "
                            "file back as it was, or begin anew in another folder",
                            path.string(), number));
        } else {
            sound.cut_off = bytes;
            sound.is_torn_line = kBeginning.starts_with(text.substr(0, kBeginning.size()));
        }
    }
    if (file.bad()) throw refusal(path, "read", errno);
    return sound;
}

[[nodiscard]] bool has_no_findings(const fs::path& folder) {
    std::error_code error;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder / "findings", error)) {
        if (entry.path().extension() == ".json") return false;
    }
    return true;
}

void flush_folder(const fs::path& folder) {
    const Descriptor file(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (file.number() >= 0) static_cast<void>(::fsync(file.number()));
}

/// Waits a moment for a campaign that was just killed.
[[nodiscard]] bool locked(const Descriptor& file) {
    for (int tries = 0; tries < 20; ++tries) {
        if (::flock(file.number(), LOCK_EX | LOCK_NB) == 0) return true;
        ::poll(nullptr, 0, 50);
    }
    return false;
}

void remove_temporaries(const fs::path& folder) {
    std::error_code ignored;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder, ignored)) {
        const std::string name = entry.path().filename().string();
        if (name.starts_with(".gradproof-") && name.ends_with(".tmp"))
            fs::remove(entry.path(), ignored);
    }
}

}  // namespace

Account read_journal(const fs::path& folder, const std::function<void(const Line&)>& each) {
    Account account = read_lines(journal_of(folder), each).account;
    if (!account.settings()) {
        throw std::invalid_argument(journal_of(folder).string() +
                                    ": given no line, wanted the journal of a campaign");
    }
    return account;
}

Journal::Journal(const fs::path& folder, bool anew) : folder_(folder), path_(journal_of(folder)) {
    const int flags = O_RDWR | O_APPEND | O_CLOEXEC | (anew ? O_CREAT : 0);
    file_ = Descriptor(::open(path_.c_str(), flags, 0666));
    if (file_.number() < 0 && errno == ENOENT && !anew) {
        throw std::invalid_argument(fmt::format(
            "--resume: {} holds no campaign; leave --resume out to begin one, or mend --out",
            folder.string()));
    }
    if (file_.number() < 0) throw refusal(path_, "opened", errno);
    if (!locked(file_)) {
        throw std::invalid_argument(fmt::format(
            "--out: another campaign is at work in {}; wait for it, or choose another folder",
            folder.string()));
    }
    Sound sound = read_lines(path_);
    if (anew && sound.account.settings()) {
        throw std::invalid_argument(
            fmt::format("--out: {} holds a campaign already; go on with it by --resume, or choose "
                        "another folder",
                        folder.string()));
    }
    if (!sound.account.settings() && !(sound.is_torn_line && has_no_findings(folder))) {
        throw std::invalid_argument(fmt::format(
            "{}: given no whole line, and what is there is no journal's beginning, or has "
            "findings beside it; put the file back as it was, or begin anew in another "
            "folder",
            path_.string()));
    }
    account_ = std::move(sound.account);
    cut_off_ = sound.cut_off;
    if (cut_off_ > 0 && ::ftruncate(file_.number(), static_cast<off_t>(sound.bytes)) != 0)
        throw refusal(path_, "cut to its last whole line", errno);
}

Journal Journal::begin(const fs::path& folder, const Settings& settings) {
    std::error_code error;
    fs::create_directories(folder / "findings", error);
    if (error) throw refusal(folder / "findings", "made", error.value());
    Journal journal(folder, true);
    journal.add(settings);
    journal.flush();
    flush_folder(folder);
    return journal;
}

Journal Journal::resume(const fs::path& folder) {
    Journal journal(folder, false);
    remove_temporaries(folder);
    remove_temporaries(folder / "findings");
    journal.write_missing_files();
    return journal;
}

void Journal::append(const std::string& line) {
    struct stat before {};
    if (::fstat(file_.number(), &before) != 0) throw refusal(path_, "written", errno);
    std::string_view left = line;
    while (!left.empty()) {
        const ssize_t written = ::write(file_.number(), left.data(), left.size());
        if (written >= 0) {
            left.remove_prefix(static_cast<std::size_t>(written));
        } else if (errno != EINTR) {
            const int error = errno;
            static_cast<void>(!::ftruncate(file_.number(), before.st_size));
            throw refusal(path_, "written", error);
        }
    }
}

void Journal::flush() const {
    while (::fsync(file_.number()) != 0) {
        if (errno == EINVAL) return;  // a file that has no disk
        if (errno != EINTR) throw refusal(path_, "written", errno);
    }
}

void Journal::add(const Line& line) {
    const auto* finding = std::get_if<ToldFinding>(&line);
    try {
        append(to_text(line) + "\n");
        account_.add(line);
        if (finding == nullptr) return;
        flush();
        cases::replace_whole(file_of(*finding), finding->file);
    } catch (const FileError& error) {
        if (finding != nullptr) throw UnsavedFinding(error.what(), {finding->file});
        throw;
    }
}

fs::path Journal::file_of(const ToldFinding& finding) const {
    return folder_ / "findings" / (finding.name + ".json");
}

void Journal::write_missing_files() const {
    std::error_code error;
    fs::create_directories(folder_ / "findings", error);
    if (error) throw refusal(folder_ / "findings", "made", error.value());
    for (const Met& met : account_.findings()) {
        const fs::path path = file_of(met.finding);
        if (!fs::exists(path, error)) cases::replace_whole(path, met.finding.file);
    }
}

}  // namespace gradproof::campaign
