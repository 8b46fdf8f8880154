// Progress on standard error: one line that renews itself on a terminal, plain lines elsewhere.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

namespace gradproof::cli {

class Progress {
public:
    /// `steps` in all, each named as it begins.
    explicit Progress(std::size_t steps);
    ~Progress();
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

    void begin(const std::string& step);
    /// `done` of `all` cases (or laws, or files) of the step.
    void update(std::size_t done, std::size_t all, std::string_view of = "cases");
    /// A line of one's own, as often as lines are shown.
    void tell(const std::string& line);
    /// Takes the line away, so that a report starts on a clean one.
    void finish();

private:
    using Clock = std::chrono::steady_clock;

    std::size_t steps_ = 0, step_ = 0;
    std::string name_;
    bool terminal_ = false, shown_ = false;
    Clock::time_point last_{};

    void show(const std::string& line);
};

}  // namespace gradproof::cli
