// What a subject may do instead of answering: its own kind of finding each.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

namespace gradproof::subject {

/// How a subject failed to answer.
enum class FaultKind {
    crashed,        ///< ended by a signal: a segmentation fault, an abort
    exited,         ///< ended itself before it had answered
    hung,           ///< no answer within the time limit
    out_of_memory,  ///< took more memory than the limit
    flooded,        ///< wrote more than the limit
    garbage,        ///< an answer that is not of the protocol
    incomplete,     ///< the answer breaks off, or a part that was asked for is missing
    unasked,        ///< an answer to no question, or a second one to the same
    wrong_count,    ///< another number of numbers than the shapes have
    threw,          ///< an exception, or an error that it reports itself
};

/// "crashed", "answered with garbage": what the subject did, for a sentence.
[[nodiscard]] constexpr std::string_view to_words(FaultKind kind) {
    switch (kind) {
        case FaultKind::crashed: return "crashed";
        case FaultKind::exited: return "exited without an answer";
        case FaultKind::hung: return "hung";
        case FaultKind::out_of_memory: return "ran out of memory";
        case FaultKind::flooded: return "flooded its output";
        case FaultKind::garbage: return "answered with garbage";
        case FaultKind::incomplete: return "gave half an answer";
        case FaultKind::unasked: return "answered what nobody asked";
        case FaultKind::wrong_count: return "gave the wrong number of numbers";
        case FaultKind::threw: return "reported an error";
    }
    return "";
}

/// Thrown where a subject was asked and did not answer; `what()` tells what it did, with figures.
class Fault : public std::runtime_error {
public:
    Fault(FaultKind kind, const std::string& what) : std::runtime_error(what), kind_(kind) {}
    [[nodiscard]] FaultKind kind() const { return kind_; }

private:
    FaultKind kind_;
};

/// Thrown where a subject says that it does not take a case: no failure, but counted.
class Unsupported : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

}  // namespace gradproof::subject
