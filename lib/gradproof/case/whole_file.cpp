// Files as a whole by POSIX calls: a temporary file beside the target, flushed, then renamed.
#include <gradproof/case/whole_file.hpp>

#include <gradproof/case/descriptor.hpp>

#include <array>
#include <atomic>
#include <cerrno>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace gradproof::cases {

namespace {

[[nodiscard]] std::string remedy(int error) {
    switch (error) {
        case ENOENT: return "mend the path, or make the directory";
        case ENOTDIR:
        case EISDIR:
        case ENAMETOOLONG:
        case ELOOP: return "mend the path";
        case EACCES:
        case EPERM:
        case EROFS: return "change its permissions, or choose another place";
        case ENOSPC:
        case EDQUOT:
        case EFBIG: return "make room, or choose another place";
        default: return "choose another place, or look at the disk";
    }
}

/// "FILE: could not be written: No space left on device; make room, or choose another place"
[[noreturn]] void refuse(const std::filesystem::path& path, const std::string& what, int error) {
    throw FileError(path.string() + ": could not be " + what + ": " +
                    std::generic_category().message(error) + "; " + remedy(error));
}

/// Writes the whole text and closes the file; the error, or 0.
[[nodiscard]] int write_and_close(Descriptor& file, std::string_view text, bool flush) {
    while (!text.empty()) {
        const ssize_t written = ::write(file.number(), text.data(), text.size());
        if (written >= 0) {
            text.remove_prefix(static_cast<std::size_t>(written));
        } else if (errno != EINTR) {
            return errno;
        }
    }
    if (flush && ::fsync(file.number()) != 0 && errno != EINVAL) return errno;
    return file.close() ? 0 : errno;
}

/// A file to read, opened without waiting: a pipe that nobody writes to would hold the reader for ever.
/// Whoever is about to write to one is waited for.
[[nodiscard]] int open_at_once(const std::filesystem::path& path) {
    const int number = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (number >= 0) static_cast<void>(::fcntl(number, F_SETFL, 0));  // read() waits again
    return number;
}

[[nodiscard]] bool is_pipe(const Descriptor& file) {
    struct stat status {};
    return ::fstat(file.number(), &status) == 0 && S_ISFIFO(status.st_mode);
}

/// A name in the same directory that no other call in any process takes at the same time.
[[nodiscard]] std::filesystem::path name_beside(const std::filesystem::path& path) {
    static std::atomic<unsigned> count{0};
    return path.parent_path() /
           (".gradproof-" + std::to_string(::getpid()) + "-" + std::to_string(count++) + ".tmp");
}

/// The permissions that the file has, or that a new one is made with.
[[nodiscard]] mode_t permissions_of(const std::filesystem::path& path) {
    struct stat status {};
    return ::stat(path.c_str(), &status) == 0 ? status.st_mode & 0777 : 0;
}

}  // namespace

std::string read_whole(const std::filesystem::path& path, std::size_t largest) {
    const Descriptor file(open_at_once(path));
    if (file.number() < 0) refuse(path, "read", errno);
    std::string text;
    std::array<char, 65536> block{};
    for (;;) {
        const ssize_t count = ::read(file.number(), block.data(), block.size());
        if (count == 0) {
            if (text.empty() && is_pipe(file)) {
                throw FileError(path.string() +
                                ": could not be read: given a pipe that nobody writes to, wanted "
                                "a text; start the writer first, or give a file");
            }
            return text;
        }
        if (count > 0) {
            text.append(block.data(), static_cast<std::size_t>(count));
        } else if (errno != EINTR) {
            refuse(path, "read", errno);
        }
        if (text.size() > largest) {
            throw FileError(path.string() + ": given more than " + std::to_string(largest) +
                            " bytes, wanted a file that a person could look at; mend the path");
        }
    }
}

bool claim(const std::filesystem::path& path) {
    const Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
    if (file.number() >= 0) return true;
    if (errno != EEXIST) refuse(path, "written", errno);
    return false;
}

void replace_whole(const std::filesystem::path& path, std::string_view text) {
    std::error_code ignored;
    const std::filesystem::file_status status = std::filesystem::status(path, ignored);
    if (std::filesystem::is_directory(status)) refuse(path, "written", EISDIR);
    if (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status)) {
        Descriptor device(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
        const int error = device.number() < 0 ? errno : write_and_close(device, text, false);
        if (error != 0) refuse(path, "written", error);
        return;
    }

    std::filesystem::path target = std::filesystem::weakly_canonical(path, ignored);
    if (target.empty()) target = path;
    const std::filesystem::path temporary = name_beside(target);
    Descriptor file(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
    if (file.number() < 0) refuse(path, "written", errno);
    const mode_t permissions = permissions_of(target);
    if (permissions != 0) static_cast<void>(::fchmod(file.number(), permissions));

    int error = write_and_close(file, text, true);
    if (error == 0 && ::rename(temporary.c_str(), target.c_str()) != 0) error = errno;
    if (error != 0) {
        ::unlink(temporary.c_str());
        refuse(path, "written", error);
    }
    // The name reaches the disk with its directory; where that can't be flushed, it does so later.
    const std::filesystem::path parent = target.has_parent_path() ? target.parent_path() : ".";
    const Descriptor directory(::open(parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (directory.number() >= 0) static_cast<void>(::fsync(directory.number()));
}

}  // namespace gradproof::cases
