// Conformance: whether a subject's shim keeps to the protocol, point by point.
#pragma once

#include <gradproof/subject/limits.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace gradproof::cli {

enum class Outcome { kept, broken, not_tried };

/// One point of the protocol, and what became of it.
struct ProtocolPoint {
    std::string name;
    Outcome outcome = Outcome::kept;
    std::string summary;               ///< what was tried, or why nothing was
    std::vector<std::string> faults;   ///< what is wrong, where, and what to do
    std::vector<std::string> remarks;  ///< what is odd, but no matter of the protocol
};

struct Conformance {
    std::vector<std::string> command;
    std::string subject;  ///< its name; empty where it has not told one
    std::vector<ProtocolPoint> points;
    std::size_t questions = 0;
    bool interrupted = false;

    [[nodiscard]] std::size_t broken() const;
    [[nodiscard]] int exit_code() const;
};

/// Starts the command and asks a fixed list of questions. Whether the numbers are right is for the laws
/// to say; a primal that is far off is remarked. Throws `std::invalid_argument` for a command that cannot
/// be started.
[[nodiscard]] Conformance test_conformance(const std::vector<std::string>& command,
                                           const subject::Limits& limits);

[[nodiscard]] std::vector<std::string> to_lines(const Conformance& conformance);
[[nodiscard]] std::string to_json(const Conformance& conformance);

}  // namespace gradproof::cli
