// Code under test in a process of its own: what it does instead of answering is a finding like any other.
#pragma once

#include <gradproof/testing/call.hpp>
#include <gradproof/testing/limits.hpp>

#include <cstdint>
#include <memory>

namespace gradproof::testing {

class ForkedWorker;

/// Holds one worker, forked from this process when it is first needed, and again after a fault.
class Isolation {
public:
    explicit Isolation(const Limits& limits);
    ~Isolation();

    /// `testing::called` in the worker. Calls of one session are put to one code, which is made anew for
    /// the next session. Throws `subject::Fault` where the code does not answer.
    [[nodiscard]] Reply called(const HandWritten& claim, const Call& call, std::uint64_t session);

private:
    Limits limits_;
    std::unique_ptr<ForkedWorker> worker_;
};

/// Lets the claim's code run in a process of its own.
void isolate(HandWritten& claim, const Limits& limits);

}  // namespace gradproof::testing
