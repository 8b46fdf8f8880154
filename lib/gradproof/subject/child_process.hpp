// A command that runs as a child process, with a pipe to each of its three streams.
#pragma once

#include <gradproof/case/descriptor.hpp>
#include <gradproof/subject/process_group.hpp>

#include <string>
#include <vector>

namespace gradproof::subject {

/// In a process group of its own. In a process that was forked since it started, its destructor only closes
/// the pipes.
class ChildProcess {
public:
    /// Throws `std::invalid_argument` for a command that cannot be run, and `std::system_error`.
    explicit ChildProcess(const std::vector<std::string>& command);

    // The ends of the pipes on this side, which do not block.
    [[nodiscard]] cases::Descriptor& input() { return input_; }
    [[nodiscard]] const cases::Descriptor& input() const { return input_; }
    [[nodiscard]] cases::Descriptor& output() { return output_; }
    [[nodiscard]] cases::Descriptor& errors() { return errors_; }

    [[nodiscard]] ProcessGroup& group() { return group_; }
    [[nodiscard]] const ProcessGroup& group() const { return group_; }

private:
    ProcessGroup group_;
    cases::Descriptor input_, output_, errors_;
};

}  // namespace gradproof::subject
