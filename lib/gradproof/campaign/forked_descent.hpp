// The descent from a case that ends the process that asks about it: each try in a process of its own.
#pragma once

#include <gradproof/campaign/told_finding.hpp>
#include <gradproof/campaign/worker.hpp>

#include <cstddef>
#include <optional>
#include <string>

namespace gradproof::campaign {

/// A case on which a worker ended.
struct Casualty {
    Span span;
    Place place;
    std::size_t law = 0;                     ///< by its place in the offer
    std::optional<subject::FaultKind> kind;  ///< what became of the worker while it asked
    std::string what;                        ///< the same in words
    /// The finding that the worker was making simpler when it ended; its case stands for the drawn one.
    std::optional<ToldFinding> failing;
};

/// The finding as it was met: nobody has made it simpler. Says `why`.
[[nodiscard]] ToldFinding as_it_was(const Assignment& assignment, const Casualty& casualty,
                                    const std::string& why);

/// Tells the minimal finding through the socket, as a worker would. A fault that is not there again when
/// the case is asked about alone is told with the case as it was drawn. A process that ends on the way to
/// something else is a second finding. `page` is its driver's, that stops it.
void descend_in_forks(const Assignment& assignment, const Casualty& casualty, SharedPage& page,
                      int socket);

}  // namespace gradproof::campaign
