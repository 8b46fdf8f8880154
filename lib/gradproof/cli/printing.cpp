// Writing by <cstdio>, which tells when a disk is full.
#include <gradproof/cli/printing.hpp>

#include <cstdio>

#include <fcntl.h>
#include <unistd.h>

namespace gradproof::cli {

void keep_standard_streams_apart() {
    for (int stream = STDIN_FILENO; stream <= STDERR_FILENO; ++stream) {
        // Opened the wrong way round: using it fails as before.
        if (::fcntl(stream, F_GETFD) < 0)
            static_cast<void>(::open("/dev/null", stream == STDIN_FILENO ? O_WRONLY : O_RDONLY));
    }
}

void print(const std::string& text) {
    const bool written =
        std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0;
    if (!written)
        throw OutputError("the report could not be written to standard output; is the disk full?");
}

void print(const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines) text += line + "\n";
    print(text);
}

void complain(const std::string& text) {
    static_cast<void>(std::fwrite(text.data(), 1, text.size(), stderr));
    static_cast<void>(std::fflush(stderr));
}

}  // namespace gradproof::cli
