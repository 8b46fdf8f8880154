// Looking at clocks, at memory, and at how processes end.
#include <gradproof/campaign/watch.hpp>

#include <fmt/format.h>

#include <csignal>

namespace gradproof::campaign {

namespace {

using subject::Fault;
using subject::FaultKind;

constexpr std::int64_t kBetweenLooksAtMemory = 20'000'000;  ///< nanoseconds

[[nodiscard]] double mebibytes(std::uint64_t bytes) {
    return static_cast<double>(bytes) / (1 << 20);
}

[[nodiscard]] std::string printed(const subject::Forked& process) {
    const std::string words = process.last_words();
    return words.empty() ? "" : "; it printed at last: " + words;
}

}  // namespace

std::optional<Fault> Watch::breach(subject::Forked& process, const SharedPage& page) {
    const std::int64_t inside = page.inside_since, time = now();
    const std::chrono::nanoseconds since(inside == 0 ? 0 : time - inside);
    if (since > limits_.answer) {
        process.group().kill();
        return Fault(
            FaultKind::hung,
            fmt::format("no answer within {:.3g} s{}",
                        std::chrono::duration<double>(limits_.answer).count(), printed(process)));
    }
    if (time - memory_looked_at_ < kBetweenLooksAtMemory) return std::nullopt;
    memory_looked_at_ = time;
    const std::uint64_t memory = process.group().resident_memory(), before = page.memory_before;
    if (memory <= before + limits_.memory) return std::nullopt;
    process.group().kill();
    return Fault(
        FaultKind::out_of_memory,
        fmt::format("it took {:.0f} MiB more than before it was asked; the limit is {:.0f} "
                    "MiB{}",
                    mebibytes(memory - before), mebibytes(limits_.memory), printed(process)));
}

Fault fault_of(const subject::End& end, const subject::Forked& process, const SharedPage& page,
               const subject::Limits& limits) {
    if (end.by_signal && end.number == SIGXFSZ) {
        return {FaultKind::flooded, fmt::format("it printed more than {:.3g} MiB{}",
                                                mebibytes(limits.output), printed(process))};
    }
    const std::string_view where =
        page.inside_since == 0
            ? ", outside of any call of the subject: what it did to memory or to "
              "the process before, or a mistake in gradproof"
            : "";
    return {end.by_signal ? FaultKind::crashed : FaultKind::exited,
            fmt::format("the process {}{}{}", to_words(end), where, printed(process))};
}

}  // namespace gradproof::campaign
