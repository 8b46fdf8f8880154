// A worker: the process that draws cases, holds laws on its subject, and makes simpler what breaks them.
#pragma once

#include <gradproof/campaign/schedule.hpp>
#include <gradproof/campaign/shared_page.hpp>
#include <gradproof/laws/search.hpp>

#include <cstddef>
#include <string>

namespace gradproof::campaign {

/// What processes of a campaign know of it.
struct Assignment {
    const Settings& settings;
    const Offer& offer;
    const Schedule& schedule;
    laws::Descent descent;  ///< without its `progress`
};

/// Works off the spans that come through the socket, until it is closed. A fault that ends the process
/// ends the worker: its driver sees to it.
void work(const Assignment& assignment, SharedPage& page, int socket);

/// A hang is waited for only a part of the limit while it is made simpler, and in full at the end.
[[nodiscard]] subject::Limits impatient_limits(subject::Limits limits);

/// The same subject as workers have it.
[[nodiscard]] std::unique_ptr<subject::ProgramSubject> made(const Offer& offer,
                                                            const subject::Limits& limits,
                                                            SharedPage& page);

}  // namespace gradproof::campaign
