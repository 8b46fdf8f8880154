// Writing the progress line.
#include <gradproof/cli/progress.hpp>

#include <gradproof/cli/printing.hpp>

#include <fmt/format.h>

#include <unistd.h>

namespace gradproof::cli {

namespace {

using namespace std::chrono_literals;
constexpr auto kOnTerminal = 100ms;
constexpr auto kElsewhere = 10s;

}  // namespace

Progress::Progress(std::size_t steps)
    : steps_(steps), terminal_(isatty(STDERR_FILENO) == 1), last_(Clock::now()) {}

Progress::~Progress() { finish(); }

void Progress::begin(const std::string& step) {
    ++step_;
    name_ = step;
}

void Progress::update(std::size_t done, std::size_t all, std::string_view of) {
    tell(fmt::format("[{}/{}] {}: {} of {} {}", step_, steps_, name_, done, all, of));
}

void Progress::tell(const std::string& line) {
    const auto now = Clock::now();
    if (now - last_ < (terminal_ ? kOnTerminal : kElsewhere)) return;
    last_ = now;
    show(line);
}

void Progress::finish() {
    if (terminal_ && shown_) complain("\r\033[K");
    shown_ = false;
}

void Progress::show(const std::string& line) {
    // Where standard error cannot be written, the work goes on.
    complain(terminal_ ? "\r\033[K" + line : line + "\n");
    shown_ = true;
}

}  // namespace gradproof::cli
